/// One server's way of showing a folder, as a page or as data.
///
/// A format must be sure: an error page, a login page or a parked page with status 200 is never a listing, and calling
/// one empty would make every entry look removed. In doubt it says no; the page is then unknown, and nothing is lost.
package protocol ListingFormat: Sendable {
    /// The name in outcomes and in the docs. It never changes.
    var name: String { get }
    /// Whether a whole page of this kind shows all that the folder holds and nothing else, so that what it does not show
    /// may be asked for as gone. A reading by structure alone may pass over rows: it never shows an absence.
    var isExhaustive: Bool { get }
    /// What the page lists; nil unless it is, beyond doubt, a listing of this kind.
    func entries(of page: ListingPage) -> ListedEntries?
}

extension ListingFormat {
    package var isExhaustive: Bool { true }
}

/// A page as it was read, for the formats to judge.
package enum ListingPage: Sendable {
    case outline(ListingOutline)
    case document(ListingDocument)

    var outline: ListingOutline? {
        if case .outline(let outline) = self { outline } else { nil }
    }

    var document: ListingDocument? {
        if case .document(let document) = self { document } else { nil }
    }
}

/// Every format that is known, surest first.
///
/// To add one: a file in this folder, a line here, a captured page in `Tests/WireTests/Golden/Listings`, a line in
/// `docs/collect.md`. See `docs/adding-a-listing.md`.
package let listingFormats: [any ListingFormat] = [
    NginxListing(), FancyIndexListing(), LighttpdListing(), HTTPServerListing(), MiniserveListing(), BusyboxListing(),
    CaddyListing(), TomcatListing(), JettyListing(), H5aiListing(), HFSListing(), CopypartyListing(),
    PythonListing(), ServeListing(), WebfsListing(), ThttpdListing(), DarkhttpdListing(), IISListing(),
    ApacheTableListing(), ApachePreListing(), ApachePlainListing(),
    NginxJSONListing(), CaddyJSONListing(), DufsListing(), CopypartyJSONListing(), AListListing(),
    KodExplorerListing(), NginxXMLListing(), WebDAVListing(), S3Listing(),
    NamedListing(), RecordsListing(), EmbeddedListing(), ScriptListing(), StructureListing(),
]
