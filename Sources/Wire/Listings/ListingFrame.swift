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
        var rowKind: RowKind
        var isPreformatted: Bool
        /// Of the innermost list that is open here, which may be this.
        var place: ListingOutline.Place?
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
        case "td", "th": close(upTo: Self.isTable, where: Self.isCell)
        case "tr":
            close(upTo: Self.isTable, where: Self.isCell)
            close(upTo: Self.isTable) { $0 == "tr" }
        case "li": close(upTo: { $0 == "ul" || $0 == "ol" }, where: { $0 == "li" })
        default: break
        }
        guard !Self.empty.contains(tag.name), open.count < Self.maximumDepth else { return }
        let first = tag["class"]?.split(whereSeparator: \.isSpace).first ?? []
        let isBar = tag.name == "nav" || tag.name == "footer" || tag.name == "header" || Self.isNavigation(first)
        let plain = Self.hash(tag.name.utf8)
        let around = open.last
        open.append(
            Element(
                name: tag.name,
                plain: plain,
                classed: Self.hash(first, plain &+ 1),
                isNavigation: isBar || around?.isNavigation == true,
                isHead: tag.name == "th" || tag.name == "thead" || around?.isHead == true,
                rowKind: RowKind(tag.name) ?? around?.rowKind ?? .link,
                isPreformatted: around?.isPreformatted ?? false,
                place: around?.place
            )
        )
        let isList = Self.lists.contains(tag.name)
        if isList || tag.name == "tr" { open[open.count - 1].isPreformatted = tag.name == "pre" }
        if isList { open[open.count - 1].place = listPlace }
    }

    mutating func end(_ name: String) {
        // The innermost is what most end tags close.
        if open.last?.name == name {
            open.removeLast()
            return
        }
        let isPassing = name == "p" || name == "span" || name == "div"
        close(upTo: { isPassing && $0 == "table" }, where: { $0 == name })
    }

    private static func isTable(_ name: String) -> Bool { name == "table" }

    private static func isCell(_ name: String) -> Bool { name == "td" || name == "th" }

    func holds(_ name: String) -> Bool { open.contains { $0.name == name } }

    /// Closes the innermost element that `isMeant`, with all in it, if none that stops it stands between.
    private mutating func close(upTo stops: (String) -> Bool, where isMeant: (String) -> Bool) {
        for index in open.indices.reversed() {
            if isMeant(open[index].name) { return open.removeSubrange(index...) }
            if stops(open[index].name) { return }
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

        /// Nil where what stands around the element decides.
        init?(_ name: String) {
            switch name {
            case "tr", "li", "dd", "dt": self = .element
            case "pre": self = .line
            case "table", "ul", "ol", "dl": self = .link
            default: return nil
            }
        }
    }

    var rowKind: RowKind { open.last?.rowKind ?? .link }

    /// Whether lines count: the innermost element of a list's kind is preformatted text.
    var isPreformatted: Bool { open.last?.isPreformatted ?? false }

    var signs: LinkSigns {
        var signs: LinkSigns = []
        if open.last?.isNavigation == true { signs.insert(.navigation) }
        if open.last?.isHead == true { signs.insert(.heading) }
        return signs
    }

    /// The place that a link begun here has.
    var place: ListingOutline.Place {
        if let place = open.last?.place { return place }
        let parts = open.indices.suffix(4).map { $0 < open.count - 2 ? open[$0].classed : open[$0].plain }
        return ListingOutline.Place(container: .elsewhere, frame: Self.joined(parts))
    }

    /// That of links in the list that was opened last.
    private var listPlace: ListingOutline.Place {
        let framed: Set<String> = ["table", "ul", "div", "pre"]
        let around = open.filter { !Self.passing.contains($0.name) }
        let parts = around.suffix(5).map { framed.contains($0.name) ? $0.classed : $0.plain }
        let container: ListingOutline.Container =
            switch open.last?.name {
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
