/// The autoindex module of nginx (seen: 1.22): a `pre` that begins with `../`, and a time beside every name.
package struct NginxListing: ListingFormat {
    package let name = "nginx"
    package let container = ListingOutline.Container.preformatted

    package init() {}

    package func recognises(_ page: ListingOutline) -> Bool {
        guard page.saysIndexOf, let first = page.links.first, first.container == .preformatted else { return false }
        return first.reference == Array("../".utf8) && first.text == Array("../".utf8)
            && page.haveTimes(in: .preformatted)
    }
}
