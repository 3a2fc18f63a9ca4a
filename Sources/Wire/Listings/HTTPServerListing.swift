/// The npm package http-server (seen: 14.1): `Index of /path/`, a table, and what serves it below.
package struct HTTPServerListing: ListingFormat {
    package let name = "http-server"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.saysIndexOf, page.names("http-server"), page.haveNames(in: .table) else {
            return nil
        }
        return page.entries(in: .table).without { $0.lastSegment.elementsEqual("..".utf8) }
    }
}
