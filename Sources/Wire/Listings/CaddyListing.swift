/// The browse page of Caddy's file server (seen: 2.6): a table that can be sorted with folders first.
package struct CaddyListing: ListingFormat {
    package let name = "caddy"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline,
            page.hasQuery("?sort=namedirfirst"), page.hasQuery("?sort=time"),
            let place = page.listingPlace(in: .table)
        else { return nil }
        let isPlain = page.links.allSatisfy { link in
            let reference = page.reference(of: link)
            return link.place != place || reference.starts(with: "./".utf8) || reference.starts(with: "..".utf8)
                || reference.first == UInt8(ascii: "?")
        }
        return isPlain ? page.entries(in: .table) : nil
    }
}
