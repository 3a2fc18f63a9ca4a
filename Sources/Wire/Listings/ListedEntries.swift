package import Domain

/// Something that a page lists, as the page has it: not yet held against the folder that it was fetched from.
package struct ListedEntry: Hashable, Sendable {
    /// The link as written, character references decoded.
    package var reference: [UInt8]
    /// The bytes of the link's last segment, percent-decoded; where the link does not say, what the page shows.
    package var name: PathName
    package var isFolder: Bool
    /// Whether it is a link, and what it leads to is not known.
    package var isLink = false
    package var columns: ListedColumns
}

/// How to ask for what comes behind a part of a listing.
package enum ListingContinuation: Hashable, Sendable {
    /// A word of the server's own, without meaning to others.
    case token([UInt8])
    /// The last name of this part: the next begins behind it.
    case marker([UInt8])
    /// A link to the next part, as written.
    case link([UInt8])
    /// Parts are numbered, and this was not the last.
    case nextNumber

    /// As the server wrote it; nil for a number.
    package var bytes: [UInt8]? {
        switch self {
        case .token(let bytes), .marker(let bytes), .link(let bytes): bytes
        case .nextNumber: nil
        }
    }
}

/// What a page lists, in the page's order, packed: an entry is made when it is asked for.
package struct ListedEntries: Sendable {
    struct Packed: Sendable {
        var reference: PackedText.Run
        var columns: PackedText.Run
        /// Of no length where the reference says it.
        var name: PackedText.Run = .none
        /// See ``ListedEntries/marks``.
        var mark: PackedText.Run = .none
        var kind = Kind.bySlash
    }

    /// What an entry's mark is.
    enum Marks: UInt8, Sendable {
        /// An entity tag, which changes with the bytes.
        case tags
        /// What the server wants to be asked with for the entry, beside its name or in its place.
        case handles
    }

    enum Kind: UInt8, Sendable {
        case folder
        case file
        /// What it leads to is not known.
        case link
        /// Neither can be asked for.
        case nothing
        /// A folder where its reference ends in a slash.
        case bySlash
    }

    var text: PackedText
    var packed: [Packed] = []
    /// Whether the server says that there is more than it sent.
    package var isPart = false
    /// How to ask for the rest, where the server says so.
    package var continuation: ListingContinuation?
    /// How many entries all parts have together, where the server says so.
    package var total: Int?
    var marks = Marks.tags
    /// Rows that were not understood: what they tell of is missing here.
    package internal(set) var unread = 0
    /// Rows of what can neither be listed nor read: devices, pipes.
    package internal(set) var others = 0
    /// When it was fetched, where dates without a year are to be believed: each is the last one before.
    var latest: Timestamp?

    init(text: PackedText) {
        self.text = text
    }

    func reference(of entry: Packed) -> ArraySlice<UInt8> { text[entry.reference] }

    func isFolder(_ entry: Packed) -> Bool {
        entry.kind == .folder || (entry.kind == .bySlash && reference(of: entry).last == UInt8(ascii: "/"))
    }

    /// Without the entries whose reference is one of those that `condition` holds for.
    func without(_ condition: (ArraySlice<UInt8>) -> Bool) -> ListedEntries {
        var entries = self
        entries.packed = packed.filter { !condition(reference(of: $0)) }
        return entries
    }

    func columns(of entry: Packed) -> ListedColumns { ListedColumns(text[entry.columns], latest: latest) }

    /// The entity tag, where the server gives one.
    func tag(of entry: Packed) -> ArraySlice<UInt8> { marks == .tags ? text[entry.mark] : [] }

    func handle(of entry: Packed) -> ArraySlice<UInt8> { marks == .handles ? text[entry.mark] : [] }
}

extension ListedEntries: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { packed.count }

    package subscript(index: Int) -> ListedEntry {
        let entry = packed[index]
        let reference = reference(of: entry)
        let name =
            entry.name.count > 0
            ? PathName(bytes: text[entry.name]) : PathName(bytes: [UInt8](percentEncoded: reference.lastSegment))
        return ListedEntry(
            reference: Array(reference),
            name: name,
            isFolder: isFolder(entry),
            isLink: entry.kind == .link,
            columns: columns(of: entry)
        )
    }
}

extension ListedEntries {
    /// What a link leads to.
    package enum LinkEnd: Sendable {
        case folder
        case file
        /// Nothing, or something that nobody may read.
        case nothing
    }

    /// Where the links are whose ends are not known yet.
    package var links: [Int] { packed.indices.filter { packed[$0].kind == .link } }

    /// Says what the link at `index` leads to, with size and time of a file where the server told them.
    package mutating func settle(_ index: Int, as end: LinkEnd, size: UInt64? = nil, modified: Timestamp? = nil) {
        switch end {
        case .folder: packed[index].kind = .folder
        case .file:
            packed[index].kind = .file
            let words = [modified.map { "\($0.roundedDown)" }, size.map { "\($0)" }].compactMap(\.self)
            packed[index].columns = text.append(Array(words.joined(separator: " ").utf8))
        case .nothing: packed[index].kind = .nothing
        }
    }
}

extension ArraySlice<UInt8> {
    /// The last segment of a reference's path, without query, fragment and trailing slash.
    var lastSegment: ArraySlice<UInt8> {
        var path = prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        while path.last == UInt8(ascii: "/") { path = path.dropLast() }
        return path.suffix(while: { $0 != UInt8(ascii: "/") })
    }
}

extension [UInt8] {
    /// Undoes percent-encoding once, for bytes that need not be text.
    init(percentEncoded bytes: some Collection<UInt8>) {
        self.init()
        reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let next = bytes.index(after: index)
            if bytes[index] == UInt8(ascii: "%"), next < bytes.endIndex, let high = bytes[next].hexValue {
                let last = bytes.index(after: next)
                if last < bytes.endIndex, let low = bytes[last].hexValue {
                    append(high << 4 | low)
                    index = bytes.index(after: last)
                    continue
                }
            }
            append(bytes[index])
            index = next
        }
    }

    /// Percent-encodes what a reference's segment cannot hold as it stands; a slash stays one, unless it is part of a name.
    init(percentEncoding bytes: some Sequence<UInt8>, keepingSlashes: Bool = true) {
        let digits = Array("0123456789ABCDEF".utf8)
        self.init()
        for byte in bytes {
            if byte.isLetter || byte.isDigit || "-._~".utf8.contains(byte) || (byte == 0x2f && keepingSlashes) {
                append(byte)
            } else {
                append(contentsOf: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
    }
}
