/// mod_autoindex of Apache with `HTMLTable` (seen: 2.4.71): a table whose columns can be sorted.
package struct ApacheTableListing: ListingFormat {
    package let name = "apache table"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline else { return nil }
        let columns = String(decoding: page.columns, as: UTF8.self)
        let hasColumns = columns.contains("name") && columns.contains("last modified") && columns.contains("size")
        guard page.hasSortingLinks(in: .table) || (page.saysIndexOf && hasColumns),
            page.links.contains(where: { page.container(of: $0) == .table }), page.haveNames(in: .table)
        else { return nil }
        return page.entries(in: .table)
    }
}
