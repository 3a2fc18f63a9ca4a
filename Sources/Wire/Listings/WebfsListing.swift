/// webfsd (seen: 1.21): `listing: /path/`, lines of mode, owner, time and size, and its name below.
package struct WebfsListing: ListingFormat {
    package let name = "webfs"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, ListingOutline.begins(page.heading, with: "listing:"),
            page.links.contains(where: { page.text(of: $0).starts(with: "webfs/".utf8) }),
            page.haveNames(in: .preformatted), page.haveTimes(in: .preformatted)
        else { return nil }
        return page.entries(in: .preformatted)
    }
}
