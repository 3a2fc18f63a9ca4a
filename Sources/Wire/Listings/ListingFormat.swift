/// One server's way of showing a folder as a page.
///
/// A format must be sure: an error page, a login page or a parked page with status 200 is never a listing, and calling
/// one empty would make every entry look removed. In doubt it says no; the page is then unknown, and nothing is lost.
package protocol ListingFormat: Sendable {
    /// The name in outcomes and in the docs. It never changes.
    var name: String { get }
    /// Where on the page the rows stand; links elsewhere (a banner, a footer) are none.
    var container: ListingOutline.Container { get }
    /// Whether the page is, beyond doubt, a listing of this kind.
    func recognises(_ page: ListingOutline) -> Bool
}

/// Every format that is known, surest first.
///
/// To add one: a file in this folder, a line here, a captured page in `Tests/WireTests/Golden/Listings`, a line in
/// `docs/collect.md`. See `docs/adding-a-listing.md`.
package let listingFormats: [any ListingFormat] = [
    NginxListing(), LighttpdListing(), ApacheTableListing(), ApachePreListing(), ApachePlainListing(), NamedListing(),
]
