/// mod_autoindex of Apache without `FancyIndexing` (seen: 2.4.71): a list of bare names.
package struct ApachePlainListing: ListingFormat {
    package let name = "apache plain"
    package let container = ListingOutline.Container.list

    package init() {}

    package func recognises(_ page: ListingOutline) -> Bool {
        page.saysIndexOf && page.links.contains { $0.container == .list } && page.haveNames(in: .list)
            && page.links.allSatisfy { $0.container == .list || $0.isUpward }
    }
}
