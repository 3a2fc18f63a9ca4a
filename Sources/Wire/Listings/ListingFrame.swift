/// The elements that are open around a spot of a page, as far as they tell one list of links from another.
///
/// Pages leave out end tags: a row ends where the next begins, and an end tag that fits nothing is passed over.
struct ListingFrame: Sendable {
    private struct Element {
        var name: String
        /// Of the name alone, and of name and first class.
        var plain: UInt64
        var classed: UInt64
        var isNavigation: Bool
        var isHead: Bool
    }

    /// Elements below one another that are looked at.
    static let maximumDepth = 64

    private var open: [Element] = []

    private static let empty: Set<String> = [
        "img", "br", "hr", "input", "meta", "link", "col", "area", "base", "wbr", "source", "param",
    ]
    private static let lists: Set<String> = ["table", "ul", "ol", "pre", "dl"]
    private static let passing: Set<String> = ["tbody", "thead", "center", "font", "b", "p", "form"]

    mutating func begin(_ tag: HTMLTag) {
        switch tag.name {
        case "td", "th": close(["td", "th"], upTo: ["table"])
        case "tr":
            close(["td", "th"], upTo: ["table"])
            close(["tr"], upTo: ["table"])
        case "li": close(["li"], upTo: ["ul", "ol"])
        default: break
        }
        guard !Self.empty.contains(tag.name), open.count < Self.maximumDepth else { return }
        let first = tag["class"]?.split(whereSeparator: \.isSpace).first ?? []
        let isBar = ["nav", "footer", "header"].contains(tag.name) || Self.isNavigation(first)
        let plain = Self.hash(tag.name.utf8)
        open.append(
            Element(
                name: tag.name,
                plain: plain,
                classed: Self.hash(first, plain &+ 1),
                isNavigation: isBar || open.last?.isNavigation == true,
                isHead: tag.name == "th" || tag.name == "thead" || open.last?.isHead == true
            )
        )
    }

    mutating func end(_ name: String) {
        close([name], upTo: ["p", "span", "div"].contains(name) ? ["table"] : [])
    }

    func holds(_ name: String) -> Bool { open.contains { $0.name == name } }

    private mutating func close(_ names: Set<String>, upTo stops: Set<String>) {
        for index in open.indices.reversed() {
            if names.contains(open[index].name) { return open.removeSubrange(index...) }
            if stops.contains(open[index].name) { return }
        }
    }

    /// What ends a row of links here.
    enum RowKind {
        /// The next row or item.
        case element
        /// The next line.
        case line
        /// The next link.
        case link
    }

    var rowKind: RowKind {
        for element in open.reversed() {
            switch element.name {
            case "tr", "li", "dd", "dt": return .element
            case "pre": return .line
            case "table", "ul", "ol", "dl": return .link
            default: break
            }
        }
        return .link
    }

    /// Whether lines count: the innermost element of a list's kind is preformatted text.
    var isPreformatted: Bool { open.last { Self.lists.contains($0.name) || $0.name == "tr" }?.name == "pre" }

    var signs: LinkSigns {
        var signs: LinkSigns = []
        if open.last?.isNavigation == true { signs.insert(.navigation) }
        if open.last?.isHead == true { signs.insert(.heading) }
        return signs
    }

    /// The place that a link begun here has.
    var place: ListingOutline.Place {
        guard let last = open.lastIndex(where: { Self.lists.contains($0.name) }) else {
            let parts = open.indices.suffix(4).map { $0 < open.count - 2 ? open[$0].classed : open[$0].plain }
            return ListingOutline.Place(container: .elsewhere, frame: Self.joined(parts))
        }
        let framed: Set<String> = ["table", "ul", "div", "pre"]
        let around = open[...last].filter { !Self.passing.contains($0.name) }
        let parts = around.suffix(5).map { framed.contains($0.name) ? $0.classed : $0.plain }
        let container: ListingOutline.Container =
            switch open[last].name {
            case "pre": .preformatted
            case "table": .table
            default: .list
            }
        return ListingOutline.Place(container: container, frame: Self.joined(parts))
    }

    private static func isNavigation(_ name: ArraySlice<UInt8>) -> Bool {
        // Most elements have no class, and looking for words takes longer than all else of a row.
        guard !name.isEmpty else { return false }
        let text = String(decoding: name.prefix(64), as: UTF8.self).lowercased()
        return text.hasPrefix("nav") || ["breadcrumb", "footer", "menu", "navbar"].contains { text.contains($0) }
    }

    /// FNV-1a: the numbers need to be the same within one page only.
    private static func hash(_ bytes: some Sequence<UInt8>, _ start: UInt64 = 0xcbf2_9ce4_8422_2325) -> UInt64 {
        bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }

    private static func joined(_ parts: some Sequence<UInt64>) -> UInt64 {
        parts.reduce(17) { ($0 ^ $1) &* 0x0000_0100_0000_01b3 }
    }
}
