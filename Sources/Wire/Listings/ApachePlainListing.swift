/// mod_autoindex of Apache without `FancyIndexing` (seen: 2.4.71): a list of bare names.
package struct ApachePlainListing: ListingFormat {
    package let name = "apache plain"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.saysIndexOf,
            page.links.contains(where: { page.container(of: $0) == .list }), page.haveNames(in: .list),
            page.links.allSatisfy({ page.container(of: $0) == .list || page.isUpward($0) })
        else { return nil }
        return page.entries(in: .list)
    }
}
