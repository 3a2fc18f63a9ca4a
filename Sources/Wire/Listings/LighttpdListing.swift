/// The dirlisting module of lighttpd (seen: 1.4.69): a table in `div.list`, and `div.foot` below it.
package struct LighttpdListing: ListingFormat {
    package let name = "lighttpd"
    package let container = ListingOutline.Container.table

    package init() {}

    package func recognises(_ page: ListingOutline) -> Bool {
        page.saysIndexOf && page.divisions.isSuperset(of: ["list", "foot"])
            && ListingOutline.begins(page.columns, with: "name\tlast modified\tsize\ttype")
            && page.haveNames(in: .table)
    }
}
