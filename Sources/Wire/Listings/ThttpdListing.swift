/// thttpd and mini_httpd (seen: mini_httpd 1.30): `Index of path`, preformatted lines, and its name below.
package struct ThttpdListing: ListingFormat {
    package let name = "thttpd"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.saysIndexOf, page.names("thttpd") || page.names("mini_httpd"),
            page.haveNames(in: .preformatted)
        else { return nil }
        return page.entries(in: .preformatted).without { $0.allSatisfy { "./".utf8.contains($0) } }
    }
}
