/// The part of h5ai for browsers without scripts (seen: 0.29): `div#fallback` with a table.
package struct H5aiListing: ListingFormat {
    package let name = "h5ai"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.divisions.contains("#fallback"),
            String(decoding: page.title, as: UTF8.self).contains("h5ai"), page.haveNames(in: .table)
        else { return nil }
        return page.entries(in: .table)
    }
}
