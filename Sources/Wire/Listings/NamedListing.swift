/// The fall-back for other servers: a page that calls itself a listing in title or heading, holds hardly anything but
/// links that show the names they lead to, and asks for nothing.
package struct NamedListing: ListingFormat {
    package let name = "named"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, !page.links.isEmpty else { return nil }
        let starts: [StaticString] = ["index of ", "directory listing for ", "directory listing of ", "listing of "]
        let says = starts.contains { start in
            [page.title, page.heading].contains { ListingOutline.begins($0, with: start) }
        }
        let containers = Set(page.places.map(\.container))
        guard says, containers.count == 1, let container = containers.first, page.places.count == 1 else { return nil }
        let rows = page.rowLinks(in: container)
        let named = rows.count { page.showsItsName(page.links[$0]) }
        let hasParent = page.links.contains { page.isUpward($0) }
        guard named * 10 >= rows.count * 9, named > 0 || hasParent else { return nil }
        return page.entries(in: container)
    }
}
