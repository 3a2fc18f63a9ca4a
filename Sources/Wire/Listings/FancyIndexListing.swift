/// The fancyindex module of nginx (seen: 0.5.2): `table#list`, columns that are sorted by `?C=N&O=A`.
package struct FancyIndexListing: ListingFormat {
    package let name = "nginx fancyindex"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.divisions.contains("#list"),
            page.hasSortingLinks(in: .table, separator: "&"), page.haveNames(in: .table)
        else { return nil }
        return page.entries(in: .table)
    }
}
