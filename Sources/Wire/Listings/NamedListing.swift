/// The fall-back for other servers: a page that calls itself a listing in title or heading, holds hardly anything but
/// links that show the names they lead to, and asks for nothing.
package struct NamedListing: ListingFormat {
    package let name = "named"
    package let container = ListingOutline.Container.elsewhere

    package init() {}

    package func recognises(_ page: ListingOutline) -> Bool {
        let starts: [StaticString] = ["index of ", "directory listing for ", "directory listing of ", "listing of "]
        guard starts.contains(where: { page.says($0) }), !page.links.isEmpty else { return false }
        let rows = page.links.filter { !$0.isUpward && $0.reference.first != UInt8(ascii: "?") }
        let named = rows.count { $0.showsItsName }
        return named * 10 >= rows.count * 9 && (named > 0 || page.links.contains(where: \.isUpward))
    }
}

extension ListingOutline {
    fileprivate func says(_ start: StaticString) -> Bool {
        Self.begins(title, with: start) || Self.begins(heading, with: start)
    }
}
