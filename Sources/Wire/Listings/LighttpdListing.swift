/// The dirlisting module of lighttpd (seen: 1.4.69): a table in `div.list`, and `div.foot` below it.
package struct LighttpdListing: ListingFormat {
    package let name = "lighttpd"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.saysIndexOf, page.divisions.isSuperset(of: ["list", "foot"]),
            ListingOutline.begins(page.columns, with: "name\tlast modified\tsize\ttype"), page.haveNames(in: .table)
        else { return nil }
        return page.entries(in: .table)
    }
}
