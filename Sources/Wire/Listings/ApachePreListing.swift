/// mod_autoindex of Apache with `FancyIndexing` alone (seen: 2.4.71): preformatted, with columns that can be sorted.
package struct ApachePreListing: ListingFormat {
    package let name = "apache pre"
    package let container = ListingOutline.Container.preformatted

    package init() {}

    package func recognises(_ page: ListingOutline) -> Bool {
        guard page.links.contains(where: { $0.container == .preformatted }) else { return false }
        let hasParent = page.links(in: .preformatted).prefix(8).contains(where: \.isUpward)
        return (page.hasSortingLinks || (page.saysIndexOf && hasParent)) && page.haveTimes(in: .preformatted)
    }
}
