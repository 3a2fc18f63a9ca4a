package import Domain

/// One row of a listing: something directly below the folder.
package struct ListingRow: Hashable, Sendable {
    /// The bytes of the link's last segment, percent-decoded; the text that the page shows is only a hint.
    package var name: PathName
    /// Path as the server spelled it, to be sent back byte for byte.
    package var target: String
    package var isFolder: Bool
    package var size: ListedSize?
    package var time: ListedTime?
    /// Time, size and entity tag in the listing's own words.
    package var shown: String
}

/// A folder's contents as a server listed them.
package struct Listing: Sendable {
    /// The name of the format that recognised the page.
    package var format: String
    /// See ``ListingFormat/isExhaustive``.
    package var isExhaustive: Bool
    /// Whether the page's end was seen; rows may be missing otherwise.
    package var isWhole: Bool
    /// Whether the server says that there is more than it sent.
    package var isPart: Bool
    /// How to ask for more, where the server says so.
    package var continuation: ListingContinuation?
    /// How many rows all parts have together, where the server says so.
    package var total: Int?
    /// In the page's order, each name once.
    package var rows: ListingRows
    /// Links that lead neither to something directly below the folder nor up from it; they are not followed.
    package var outside = 0
    /// Rows whose name cannot be a name: `.`, `..`, or one that holds a slash or a zero byte once decoded.
    package var unusable = 0
    /// Rows that were not understood, and links of which nobody knows what they lead to: the listing is then not whole.
    package var unread = 0
    package private(set) var hasFolders = false

    /// Whether the page's end was seen, and there is no other page.
    package var isComplete: Bool { isWhole && !isPart }

    /// Whether what the listing does not show may be asked for as gone.
    package var showsAbsence: Bool { isComplete && isExhaustive }

    /// What the page says of the folder; nil where all that it lists lies elsewhere.
    package init?(_ reading: ListingReading, of folder: ListedFolder) {
        format = reading.format
        isExhaustive = reading.isExhaustive
        isWhole = reading.isWhole
        isPart = reading.entries.isPart
        continuation = reading.entries.continuation
        total = reading.entries.total
        rows = ListingRows(entries: reading.entries, folder: folder)
        unread = reading.entries.unread
        var seen: [Int: UInt32] = [:]
        for (index, entry) in reading.entries.packed.enumerated() where entry.kind != .nothing {
            guard entry.kind != .link else {
                unread += 1
                continue
            }
            switch folder.place(of: entry, in: reading.entries) {
            case .below(let name, _, let isFolder):
                guard name.isUsableName else {
                    unusable += 1
                    continue
                }
                hasFolders = hasFolders || isFolder
                if rows.isNew(name, isFolder, &seen) { rows.add(index) }
            case .above: continue
            case .outside: outside += 1
            }
        }
        isWhole = isWhole && unread == 0
        // All rows lead elsewhere: the folder is not where the page says, and calling it empty would be a guess.
        if rows.isEmpty, outside > 0 { return nil }
    }
}

/// A listing's rows, packed: a row is made when it is asked for.
package struct ListingRows: Sendable {
    private let entries: ListedEntries
    private let folder: ListedFolder
    private var kept: [UInt32] = []

    fileprivate init(entries: ListedEntries, folder: ListedFolder) {
        self.entries = entries
        self.folder = folder
    }

    fileprivate mutating func add(_ index: Int) { kept.append(UInt32(index)) }

    /// Whether no row so far has the name; a folder and a file may have one name as the page shows them.
    fileprivate func isNew(_ name: ArraySlice<UInt8>, _ isFolder: Bool, _ seen: inout [Int: UInt32]) -> Bool {
        var hasher = Hasher()
        name.withUnsafeBytes { hasher.combine(bytes: $0) }
        hasher.combine(isFolder)
        let hash = hasher.finalize()
        guard let known = seen[hash] else {
            seen[hash] = UInt32(kept.count)
            return true
        }
        let row = self[Int(known)]
        return row.isFolder != isFolder || row.name.bytes[...] != name
    }
}

extension ListingRows: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { kept.count }

    package subscript(index: Int) -> ListingRow {
        let entry = entries.packed[Int(kept[index])]
        let columns = entries.columns(of: entry)
        guard case .below(let name, let target, let isFolder) = folder.place(of: entry, in: entries) else {
            preconditionFailure("a row was placed below the folder once")
        }
        let tag = entries.tag(of: entry)
        return ListingRow(
            name: PathName(bytes: name),
            target: target,
            isFolder: isFolder,
            size: isFolder ? nil : columns.size,
            time: columns.time,
            shown: tag.isEmpty ? columns.shown : columns.shown + " " + String(decoding: tag.prefix(256), as: UTF8.self)
        )
    }
}
