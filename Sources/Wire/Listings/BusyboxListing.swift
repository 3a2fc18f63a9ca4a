/// The index program that comes with BusyBox httpd: `Index of /path`, a table of name, last modified and size.
package struct BusyboxListing: ListingFormat {
    package let name = "busybox"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.saysIndexOf, page.divisions.isEmpty, !page.hasQuery("?"),
            ListingOutline.begins(page.columns, with: "name\tlast modified\tsize"),
            !page.links.isEmpty, page.links.allSatisfy({ page.container(of: $0) == .table }),
            page.haveNames(in: .table), page.haveTimes(in: .table)
        else { return nil }
        return page.entries(in: .table)
    }
}
