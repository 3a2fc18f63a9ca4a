/// mod_autoindex of Apache with `HTMLTable` (seen: 2.4.71): a table whose columns can be sorted.
package struct ApacheTableListing: ListingFormat {
    package let name = "apache table"
    package let container = ListingOutline.Container.table

    package init() {}

    package func recognises(_ page: ListingOutline) -> Bool {
        let columns = String(decoding: page.columns, as: UTF8.self)
        let hasColumns = columns.contains("name") && columns.contains("last modified") && columns.contains("size")
        guard page.hasSortingLinks || (page.saysIndexOf && hasColumns) else { return false }
        return page.links.contains { $0.container == .table } && page.haveNames(in: .table)
    }
}
