/// What a page has to offer to the listing formats: its headings, its rows, and the links that stand in them.
///
/// Filled token by token (`ListingOutline+tokens.swift`); texts are packed, so that a listing of a million rows needs
/// memory for its links alone.
package struct ListingOutline: Sendable {
    /// The kind of element that a link stands in; the innermost counts.
    package enum Container: Hashable, Sendable {
        case preformatted
        case table
        case list
        case elsewhere
    }

    /// A link and where it stands.
    package struct Link: Hashable, Sendable {
        /// As written, character references decoded.
        package var reference: PackedText.Run
        /// At most 512 bytes, runs of blanks made one; a tab stands where an element within the link begins or ends.
        package var text: PackedText.Run
        package var row: UInt32
        /// How much of the row's text stands before the link's end.
        var textBefore: UInt16
        var place: UInt16
        var signs: LinkSigns
    }

    /// What stands around links: a table's row, an item, a line of preformatted text, or what follows one link elsewhere.
    package struct Row: Hashable, Sendable {
        /// The text outside the links, at most 512 bytes, runs of blanks made one; a tab stands where an element begins.
        package var text: PackedText.Run
        var signs: LinkSigns
    }

    /// A spot in the page's frame: links in the same kind of element below the same kinds of elements share one.
    struct Place: Hashable, Sendable {
        var container: Container
        /// Hash of the names and first classes of the elements around it.
        var frame: UInt64
    }

    /// Links beyond this are dropped and ``isCut`` is set.
    package static let maximumLinks = 2_000_000
    static let maximumText = 512
    static let maximumHeading = 4 * 1024
    static let maximumPlaces = 4_096
    /// Bytes of scripts that are kept: some pages hold their listing there.
    package static let maximumScript = 4 << 20

    /// The text of `title`.
    package internal(set) var title: [UInt8] = []
    /// The text of the first heading, `h1` to `h4`.
    package internal(set) var heading: [UInt8] = []
    /// The text of all `th` cells, lower-case, a tab between them.
    package internal(set) var columns: [UInt8] = []
    package internal(set) var links: [Link] = []
    package internal(set) var rows: [Row] = []
    /// The lower-case `class` and `id` values of elements that frame a page, the first 64.
    package internal(set) var divisions: Set<String> = []
    /// What the page names as the program that made it: `meta name=generator`, and the text of `address`.
    package internal(set) var generator: [UInt8] = []
    package internal(set) var script: [UInt8] = []
    package internal(set) var hasPasswordField = false
    /// Whether an element that holds links was closed after the last of them: nothing was cut off on the way.
    package internal(set) var isClosed = false
    /// Whether there were more links than the limit, or a tag too long to keep.
    package internal(set) var isCut = false

    var packed = PackedText()
    var places: [Place] = []
    var placeNumbers: [Place: UInt16] = [:]

    enum Spot {
        case nowhere
        case title
        case heading
        case column
        case generator
    }

    var spot = Spot.nowhere
    var hasHeading = false
    var frame = ListingFrame()
    /// The row that is being read: its text, its signs, and where its links begin in ``links``.
    var rowText: [UInt8] = []
    var rowSigns: LinkSigns = []
    var rowLinks = 0
    var isInLink = false
    /// The text of the link that is open.
    var linkText: [UInt8] = []

    package init() {}

    package func reference(of link: Link) -> ArraySlice<UInt8> { packed[link.reference] }

    package func text(of link: Link) -> ArraySlice<UInt8> { packed[link.text] }

    /// What stands in the link's row.
    package func surroundings(of link: Link) -> ArraySlice<UInt8> { packed[rows[Int(link.row)].text] }

    func container(of link: Link) -> Container { places[Int(link.place)].container }
}
