/// What a page has to offer to the listing formats: its headings, its links with what stands beside them, its frame.
///
/// Filled token by token, so that a listing of a million rows needs memory for its links alone.
package struct ListingOutline: Sendable {
    /// The kind of element that a link stands in; the innermost counts.
    package enum Container: Hashable, Sendable {
        case preformatted
        case table
        case list
        case elsewhere
    }

    /// A link, its text, and the text after it up to the next link or row.
    package struct Link: Hashable, Sendable {
        /// As written, character references decoded.
        package var reference: [UInt8]
        /// At most 512 bytes.
        package var text: [UInt8]
        /// At most 256 bytes; a tab stands where a table's cell begins.
        package var after: [UInt8]
        package var container: Container
    }

    /// Links beyond this are dropped and ``isCut`` is set.
    package static let maximumLinks = 2_000_000
    private static let maximumText = 512
    private static let maximumAfter = 256
    private static let maximumHeading = 4 * 1024

    /// The text of `title`.
    package private(set) var title: [UInt8] = []
    /// The text of the first `h1`, `h2` or `h3`.
    package private(set) var heading: [UInt8] = []
    /// The text of all `th` cells, lower-case, a tab between them.
    package private(set) var columns: [UInt8] = []
    package private(set) var links: [Link] = []
    /// The lower-case `class` values of `div` elements, the first 64.
    package private(set) var divisions: Set<String> = []
    package private(set) var hasPasswordField = false
    /// Whether an element that holds links was closed after the last of them: nothing was cut off on the way.
    package private(set) var isClosed = false
    /// Whether there were more links than the limit, or a tag too long to keep.
    package private(set) var isCut = false

    private enum Place {
        case nowhere
        case title
        case heading
        case column
        case link
        case after
    }

    private var tokenizer = HTMLTokenizer()
    private var place = Place.nowhere
    private var hasHeading = false
    private var open: [Container] = []

    package init() {}

    package mutating func feed(_ bytes: some Sequence<UInt8>) {
        for token in tokenizer.feed(bytes) { take(token) }
    }

    package mutating func finish() {
        for token in tokenizer.finish() { take(token) }
        isCut = isCut || tokenizer.cutTags > 0
    }

    private mutating func take(_ token: HTMLToken) {
        switch token {
        case .start(let tag): begin(tag)
        case .end(let name): end(name)
        case .text(let text): add(text)
        case .script: break
        }
    }

    private mutating func begin(_ tag: HTMLTag) {
        switch tag.name {
        case "a": if let reference = tag["href"] { beginLink(reference) }
        case "title": place = .title
        case "h1", "h2", "h3": if !hasHeading { place = .heading }
        case "th":
            place = .column
            addColumn([UInt8(ascii: "\t")])
        case "td": if place == .after { add([UInt8(ascii: "\t")]) }
        case "tr", "li": if place != .nowhere { place = .nowhere }
        case "pre": enter(.preformatted)
        case "table": enter(.table)
        case "ul": enter(.list)
        case "div":
            if divisions.count < 64, let name = tag.keyword("class") { divisions.insert(name) }
        case "input": if tag.keyword("type") == "password" { hasPasswordField = true }
        default: break
        }
    }

    private mutating func end(_ name: String) {
        switch name {
        case "a": if place == .link { place = .after }
        case "title", "th": place = .nowhere
        case "h1", "h2", "h3":
            hasHeading = hasHeading || place == .heading
            place = .nowhere
        case "tr", "li": place = .nowhere
        case "pre", "table", "ul":
            if open.popLast() != nil { isClosed = true }
            place = .nowhere
        default: break
        }
    }

    private mutating func enter(_ container: Container) {
        place = .nowhere
        if open.count < 16 { open.append(container) }
    }

    private mutating func beginLink(_ reference: [UInt8]) {
        guard links.count < Self.maximumLinks else {
            isCut = true
            return
        }
        let container = open.last ?? .elsewhere
        if container != .elsewhere { isClosed = false }
        links.append(Link(reference: reference, text: [], after: [], container: container))
        place = .link
    }

    private mutating func add(_ text: [UInt8]) {
        switch place {
        case .nowhere: break
        case .title: title += text.prefix(Self.maximumHeading - title.count)
        case .heading: heading += text.prefix(Self.maximumHeading - heading.count)
        case .column: addColumn(text)
        case .link: links[links.count - 1].text += text.prefix(Self.maximumText - (links.last?.text.count ?? 0))
        case .after: links[links.count - 1].after += text.prefix(Self.maximumAfter - (links.last?.after.count ?? 0))
        }
    }

    private mutating func addColumn(_ text: [UInt8]) {
        columns += text.prefix(Self.maximumHeading - columns.count).map(\.lowercased)
    }
}
