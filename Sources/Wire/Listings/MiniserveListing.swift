/// miniserve: links of the classes `directory` and `file` in a table, the way up with the class `root`.
package struct MiniserveListing: ListingFormat {
    package let name = "miniserve"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.divisions.contains("#drop-container"),
            page.hasQuery("?sort=name&order="),
            page.rowLinks(in: .table).allSatisfy({ !page.links[$0].signs.isDisjoint(with: [.folder, .file]) }),
            page.haveNames(in: .table)
        else { return nil }
        return page.entries(in: .table)
    }
}
