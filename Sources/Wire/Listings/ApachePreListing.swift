/// mod_autoindex of Apache with `FancyIndexing` alone (seen: 2.4.71): preformatted, with columns that can be sorted.
package struct ApachePreListing: ListingFormat {
    package let name = "apache pre"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, let place = page.listingPlace(in: .preformatted) else { return nil }
        let hasParent = page.links.lazy.filter { $0.place == place }.prefix(8).contains { page.isUpward($0) }
        guard page.hasSortingLinks(in: .preformatted) || (page.saysIndexOf && hasParent),
            page.haveTimes(in: .preformatted)
        else {
            return nil
        }
        return page.entries(in: .preformatted)
    }
}
