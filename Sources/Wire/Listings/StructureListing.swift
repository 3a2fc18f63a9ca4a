/// The fall-back for pages of any other make: rows of the same kind that show the names they lead to, with times or sizes
/// beside them, or a page that calls itself a listing.
///
/// It reads by structure and may pass over a row, so it never shows an absence.
package struct StructureListing: ListingFormat {
    package let name = "structure"
    package let isExhaustive = false

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let outline = page.outline else { return nil }
        let candidates = LinkGroup.groups(of: outline)
        guard let best = candidates.best, best.isSure(in: outline, among: candidates.all) else { return nil }
        return best.entries(of: outline)
    }
}
