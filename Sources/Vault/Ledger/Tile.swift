/// The name of one file of the tree (C2SP tlog-tiles): 256 hashes of one level, or 256 entries.
struct Tile: Hashable {
    enum Content: Hashable {
        case hashes(Int)
        case entries
    }

    static let full = 256

    var content: Content
    var number: UInt64
    /// How many hashes or entries it holds: 1 to 256.
    var width: Int

    init(_ content: Content, _ number: UInt64, width: Int = Tile.full) {
        self.content = content
        self.number = number
        self.width = width
    }

    /// The path below the ledger, such as `tile/0/x001/x234/067` or `tile/entries/000.p/12`.
    var path: String {
        width == Self.full ? fullPath : "\(partialFolder)/\(width)"
    }

    /// The folder that holds the partial forms of this tile.
    var partialFolder: String { fullPath + ".p" }

    var fullPath: String {
        var parts = [Self.digits(number % 1_000)]
        var rest = number / 1_000
        while rest > 0 {
            parts.insert("x" + Self.digits(rest % 1_000), at: 0)
            rest /= 1_000
        }
        let level =
            switch content {
            case .hashes(let level): String(level)
            case .entries: "entries"
            }
        return "tile/\(level)/" + parts.joined(separator: "/")
    }

    private static func digits(_ number: UInt64) -> String {
        let text = String(number)
        return String(repeating: "0", count: 3 - text.count) + text
    }

    /// The tiles of entries that hold `leaves`.
    static func entries(of size: UInt64) -> [Tile] {
        let whole = size / UInt64(full)
        let rest = Int(size % UInt64(full))
        return (0..<whole).map { Tile(.entries, $0) } + (rest == 0 ? [] : [Tile(.entries, whole, width: rest)])
    }
}

/// Entries one after the other, each behind its length in two bytes, as a tile holds them.
enum EntryBundle {
    static let longestEntry = 65_535

    static func append(_ entry: [UInt8], to bundle: inout [UInt8]) {
        bundle.append(UInt8(entry.count >> 8))
        bundle.append(UInt8(entry.count & 255))
        bundle += entry
    }

    static func encode(_ entries: [[UInt8]]) -> [UInt8] {
        var bundle: [UInt8] = []
        bundle.reserveCapacity(entries.reduce(0) { $0 + $1.count + 2 })
        for entry in entries { append(entry, to: &bundle) }
        return bundle
    }

    /// Nil when the bytes do not end with an entry's end.
    static func decode(_ bytes: [UInt8]) -> [[UInt8]]? {
        var entries: [[UInt8]] = []
        var position = 0
        while position < bytes.count {
            guard position + 2 <= bytes.count else { return nil }
            let length = Int(bytes[position]) << 8 | Int(bytes[position + 1])
            guard position + 2 + length <= bytes.count else { return nil }
            entries.append(Array(bytes[position + 2..<position + 2 + length]))
            position += 2 + length
        }
        return entries
    }
}
