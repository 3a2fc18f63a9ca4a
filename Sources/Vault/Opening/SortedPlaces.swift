import Crypto
import Domain
import Synchronization

/// Where payloads lie, in the form in which the index is stored: entries of one length, sorted by SHA-256, in pages.
///
/// Only the table of pages is in memory, a sixtieth of all; an entry's page is read when it is asked for, and compared with
/// the table the first time. So a vault of a million items opens as fast as one of ten.
final class SortedPlaces: Sendable {
    typealias Key = PayloadIndex.Key

    static let entryLength = 80
    /// Entries of a page, which is about as long as a sector of the disk.
    static let entriesPerPage = 51
    private static let pageLength = entryLength * entriesPerPage
    /// What the table has of a page: its first key, and its SHA-256.
    private static let rowLength = 64

    private let file: OpenFile
    private let start: UInt64
    let count: Int
    private let table: [UInt8]
    /// Guards which pages were found to be what was written.
    private let sound: Mutex<[Bool]>

    /// Takes the entries that begin at `start` of the file.
    init(_ file: OpenFile, from start: UInt64, count: Int, table: [UInt8]) {
        precondition(table.count == Self.tableLength(of: count))
        (self.file, self.start, self.count, self.table) = (file, start, count, table)
        sound = Mutex([Bool](repeating: false, count: Self.pages(of: count)))
    }

    static func tableLength(of count: Int) -> Int { pages(of: count) * rowLength }

    private static func pages(of count: Int) -> Int { (count + entriesPerPage - 1) / entriesPerPage }

    private var pages: Int { Self.pages(of: count) }

    /// Where a payload lies, if it is here. Throws `damaged` when the page that would have it is not what was written.
    func place(of key: Key) throws(VaultError) -> PayloadLocation? {
        let number = table.withUnsafeBytes { table in
            Self.partition(0..<pages) { Self.key(table, $0 * Self.rowLength) <= key } - 1
        }
        guard number >= 0 else { return nil }
        return try page(number).withUnsafeBytes { page in
            let entries = 0..<page.count / Self.entryLength
            let index = Self.partition(entries) { Self.key(page, $0 * Self.entryLength) < key }
            guard index < entries.endIndex, Self.key(page, index * Self.entryLength) == key else { return nil }
            let place = Self.place(page, index * Self.entryLength + 32)
            return place.isPossible ? place : nil
        }
    }

    /// The first of the numbers for which the condition no longer holds.
    private static func partition(_ range: Range<Int>, _ isBefore: (Int) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func page(_ number: Int) throws(VaultError) -> [UInt8] {
        let first = number * Self.pageLength
        let length = min(Self.pageLength, count * Self.entryLength - first)
        let page = try file.read(at: start + UInt64(first), upTo: length)
        if page.count == length, sound.withLock({ $0[number] }) { return page }
        let row = table[number * Self.rowLength..<(number + 1) * Self.rowLength]
        guard page.count == length, row.suffix(32).elementsEqual(SHA256.hash(data: page)) else {
            throw VaultError(.damaged, "read page \(number) of the index", path: file.path)
        }
        sound.withLock { $0[number] = true }
        return page
    }

    /// Hands over all entries and those of `added`, which must be sorted, in one order, page by page; returns the table.
    static func merge(
        _ base: SortedPlaces?,
        _ added: [(key: Key, place: PayloadLocation)],
        _ write: ([UInt8]) throws(VaultError) -> Void
    ) throws(VaultError) -> [UInt8] {
        var pages = PageWriter()
        var rest = added[...]
        for number in 0..<(base?.pages ?? 0) {
            guard let page = try base?.page(number) else { break }
            for offset in stride(from: 0, to: page.count, by: entryLength) {
                let key = page.withUnsafeBytes { Self.key($0, offset) }
                while let next = rest.first, next.key < key {
                    try pages.add(write) { $0.putNative(next) }
                    rest.removeFirst()
                }
                try pages.add(write) { $0 += page[offset..<offset + entryLength] }
            }
        }
        for entry in rest { try pages.add(write) { $0.putNative(entry) } }
        return try pages.finish(write)
    }

    private struct PageWriter {
        private var table: [UInt8] = []
        private var page: [UInt8] = []

        mutating func add(
            _ write: ([UInt8]) throws(VaultError) -> Void,
            _ entry: (inout [UInt8]) -> Void
        ) throws(VaultError) {
            entry(&page)
            if page.count == pageLength { try flush(write) }
        }

        mutating func finish(_ write: ([UInt8]) throws(VaultError) -> Void) throws(VaultError) -> [UInt8] {
            if !page.isEmpty { try flush(write) }
            return table
        }

        private mutating func flush(_ write: ([UInt8]) throws(VaultError) -> Void) throws(VaultError) {
            try write(page)
            table += page.prefix(32)
            table += Array(SHA256.hash(data: page))
            page.removeAll(keepingCapacity: true)
        }
    }

    private static func key(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Key {
        func word(_ index: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: offset + 8 * index, as: UInt64.self) }
        return Key(words: (word(0), word(1), word(2), word(3)))
    }

    private static func place(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> PayloadLocation {
        func long(_ index: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: offset + 8 * index, as: UInt64.self) }
        func short(_ index: Int) -> UInt32 { bytes.loadUnaligned(fromByteOffset: offset + 4 * index, as: UInt32.self) }
        return PayloadLocation(
            leaf: long(0),
            offset: long(1),
            block: long(2),
            length: long(3),
            segment: short(8),
            header: short(9),
            head: short(10),
            isChunked: short(11) == 1
        )
    }
}

extension PayloadIndex.Key: Comparable {
    /// The order of the digests' bytes.
    static func < (left: Self, right: Self) -> Bool {
        let (a, b) = (left.words, right.words)
        if a.0 != b.0 { return a.0.bigEndian < b.0.bigEndian }
        if a.1 != b.1 { return a.1.bigEndian < b.1.bigEndian }
        if a.2 != b.2 { return a.2.bigEndian < b.2.bigEndian }
        return a.3.bigEndian < b.3.bigEndian
    }
}

extension [UInt8] {
    mutating func putNative(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number) { append(contentsOf: $0) }
    }

    fileprivate mutating func putNative(_ entry: (key: PayloadIndex.Key, place: PayloadLocation)) {
        let (words, place) = (entry.key.words, entry.place)
        for word in [words.0, words.1, words.2, words.3] { putNative(word) }
        for number in [place.leaf, place.offset, place.block, place.length] { putNative(number) }
        for number in [place.segment, place.header, place.head, place.isChunked ? 1 : 0] { putNative(number) }
    }
}
