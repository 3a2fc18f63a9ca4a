/// What one link of a page seems to be: read for the fall-back, which knows no server's marks.
struct LinkReading {
    enum Role {
        case entry
        /// It sorts the columns, or shows the same folder in another way.
        case sorting
        /// It leads up.
        case upward
        case other
    }

    let index: Int
    let reference: ArraySlice<UInt8>
    let place: UInt16
    let row: UInt32
    let signs: LinkSigns
    /// The link's text, cut where elements begin.
    var texts: [ArraySlice<UInt8>]
    var role: Role
    /// Names that the link may stand for.
    let names: [[UInt8]]
    var isNamed = false
    var isStem = false
    var columns = ListedColumns.none
    /// What columns were read from.
    var beside: [ArraySlice<UInt8>] = []
    var isMarkedFolder = false

    init(_ index: Int, of outline: ListingOutline) {
        let link = outline.links[index]
        self.index = index
        reference = outline.reference(of: link)
        place = link.place
        row = link.row
        signs = link.signs
        texts = Self.cells(outline.text(of: link))
        names = LinkNames(reference).all
        role = .entry
        let shown = ShownName(outline.text(of: link))
        isNamed =
            texts.contains { ShownName($0).isOne(of: names) } || shown.isOne(of: names)
            || shown.begins(withOneOf: names)
        role = self.roleFound
    }

    static func cells(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        text.split(separator: UInt8(ascii: "\t")).filter { !$0.allSatisfy(\.isSpace) }
    }

    private var roleFound: Role {
        let query = LinkNames.keys(reference)
        if reference.isEmpty || reference.first == UInt8(ascii: "#") { return .other }
        if Self.isScript(reference), !isNamed { return .other }
        if signs.contains(.heading) || (!query.isDisjoint(with: Self.sortingKeys) && !Self.isFolderQuery(query)) {
            return .sorting
        }
        return isUpward ? .upward : .entry
    }

    /// Links that sort may name the folder as well.
    private static func isFolderQuery(_ keys: Set<String>) -> Bool {
        !keys.isDisjoint(with: ["dir", "path", "directory", "folder"])
            && keys.isDisjoint(with: ["sort", "order", "sortby", "sortkey", "by", "sortmode"])
    }

    private static let sortingKeys: Set<String> = [
        "c", "o", "sort", "order", "sortby", "sortmode", "sortkey", "sortorder", "s", "n", "m", "by", "theme", "nd",
        "na",
        "ma", "md", "sa", "sd", "da", "dd", "tpl",
    ]

    private static func isScript(_ reference: ArraySlice<UInt8>) -> Bool {
        let start = String(decoding: reference.prefix(11).map(\.lowercased), as: UTF8.self)
        return ["javascript:", "mailto:", "data:"].contains { start.hasPrefix($0) }
    }

    private var isUpward: Bool {
        let bare = reference.filter { $0 != UInt8(ascii: "/") }
        if !bare.isEmpty, bare.allSatisfy({ $0 == UInt8(ascii: ".") }) { return true }
        if signs.contains(.up) && !isNamed { return true }
        return texts.contains { Self.saysUp(String(decoding: $0.prefix(64), as: UTF8.self)) }
            || Self.saysUp(texts.map { String(decoding: $0.prefix(64), as: UTF8.self) }.joined(separator: " "))
    }

    private static func saysUp(_ text: String) -> Bool {
        let text = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let whole: Set<String> = [
            "..", "../", ".", "./", "up", "[up]", "back", "back/", "[ back ]", "[back]", "root", "[root]", "go up",
            "arrow_upward ..", "one level up", "..\\",
        ]
        return whole.contains(text) || text.hasPrefix("up to ") || text.hasPrefix(".. (")
            || text.hasPrefix("arrow_upward")
            || ["parent dir", "parent fold", "up one level", "to parent"].contains { text.contains($0) }
    }
}

/// The names that a link may stand for, and the keys of its query.
struct LinkNames {
    var all: [[UInt8]] = []

    /// Of a query, values beyond this are not looked at.
    private static let maximumValues = 16

    init(_ reference: ArraySlice<UInt8>) {
        let link = reference.prefix { $0 != UInt8(ascii: "#") }
        let path = link.prefix { $0 != UInt8(ascii: "?") }
        if path.count < link.count {
            for value in Self.pairs(link.dropFirst(path.count + 1)).map(\.value) where !value.isEmpty {
                let plain = [UInt8](percentEncoded: value)
                all.append(Self.last(plain))
                all.append(Self.last([UInt8](percentEncoded: value.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 })))
                if let decoded = Self.base64(plain) { all.append(Self.last(decoded)) }
            }
        }
        let segments = path.split(separator: UInt8(ascii: "/"))
        guard let last = segments.last else {
            all.removeAll(where: \.isEmpty)
            return
        }
        if Self.isIndex(last), segments.count > 1 { all.append([UInt8](percentEncoded: segments[segments.count - 2])) }
        all.append([UInt8](percentEncoded: last))
        all.append(Array(last))
        all.removeAll(where: \.isEmpty)
    }

    static func pairs(_ query: ArraySlice<UInt8>) -> [(key: String, value: ArraySlice<UInt8>)] {
        query.split(separator: UInt8(ascii: "&")).prefix(maximumValues).map { pair in
            let key = pair.prefix { $0 != UInt8(ascii: "=") }
            let value = key.count < pair.count ? pair.dropFirst(key.count + 1) : pair
            return (String(decoding: key.prefix(32), as: UTF8.self).lowercased(), value)
        }
    }

    static func keys(_ reference: ArraySlice<UInt8>) -> Set<String> {
        guard let mark = reference.firstIndex(of: UInt8(ascii: "?")) else { return [] }
        return Set(pairs(reference[(mark + 1)...]).map(\.key))
    }

    /// `index.html` and its kind.
    static func isIndex(_ segment: ArraySlice<UInt8>) -> Bool {
        let name = String(decoding: segment.prefix(12), as: UTF8.self).lowercased()
        return ["index.html", "index.htm", "index.shtml", "index.php"].contains(name)
    }

    private static func last(_ path: [UInt8]) -> [UInt8] {
        path.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
    }

    /// What a value stands for that some scripts write in base 64.
    private static func base64(_ value: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (bits, width) = (UInt32(0), 0)
        guard value.count >= 4, value.count <= 1_024 else { return nil }
        for byte in value {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"), UInt8(ascii: "-"): digit = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): digit = 63
            case UInt8(ascii: "="): continue
            default: return nil
            }
            bits = (bits << 6 | UInt32(digit)) & 0xffffff
            width += 6
            if width >= 8 {
                width -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(width)))
            }
        }
        return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes
    }
}
