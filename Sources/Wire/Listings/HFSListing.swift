/// HTTP File Server 2 (seen: 2.3): a table `#files`, icons of its own, and its name on the page.
package struct HFSListing: ListingFormat {
    package let name = "hfs"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.divisions.contains("#files"),
            page.links.contains(where: { page.text(of: $0).starts(with: "HttpFileServer".utf8) }),
            page.haveNames(in: .table)
        else { return nil }
        return page.entries(in: .table).without { $0.contains(UInt8(ascii: "?")) }
    }
}
