/// The autoindex module of nginx (seen: 1.22): a `pre` that begins with `../`, and a time beside every name.
package struct NginxListing: ListingFormat {
    package let name = "nginx"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.saysIndexOf, let first = page.links.first,
            page.container(of: first) == .preformatted, page.reference(of: first).elementsEqual("../".utf8),
            page.text(of: first).elementsEqual("../".utf8), page.haveTimes(in: .preformatted)
        else { return nil }
        return page.entries(in: .preformatted)
    }
}
