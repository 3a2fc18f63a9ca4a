import Domain

/// Where payloads lie, in the form in which the index is stored: entries of one length, sorted by SHA-256.
///
/// A million of them are eighty million bytes that are read in one piece and searched where they are.
struct SortedPlaces: Sendable {
    typealias Key = PayloadIndex.Key

    static let entryLength = 80

    private let bytes: [UInt8]
    private let start: Int
    let count: Int

    /// Takes the entries from `start` on; they must be there.
    init(_ bytes: [UInt8], from start: Int, count: Int) {
        precondition(start + count * Self.entryLength <= bytes.count)
        (self.bytes, self.start, self.count) = (bytes, start, count)
    }

    subscript(_ key: Key) -> PayloadLocation? {
        bytes.withUnsafeBytes { bytes in
            var (low, high) = (0, count)
            while low < high {
                let middle = (low + high) / 2
                let found = Self.key(bytes, start + middle * Self.entryLength)
                if found == key {
                    let place = Self.place(bytes, start + middle * Self.entryLength + 32)
                    return place.isPossible ? place : nil
                }
                if found < key { low = middle + 1 } else { high = middle }
            }
            return nil
        }
    }

    /// Hands over all entries and those of `added`, which must be sorted, in one order, in pieces of about `piece` bytes.
    static func merge(
        _ base: SortedPlaces?,
        _ added: [(key: Key, place: PayloadLocation)],
        piece: Int,
        _ write: ([UInt8]) throws(VaultError) -> Void
    ) throws(VaultError) {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(piece + entryLength)
        var next = 0
        for index in 0..<(base?.count ?? 0) {
            guard let base else { break }
            let key = base.key(at: index)
            while next < added.count, added[next].key < key {
                buffer.putNative(added[next])
                next += 1
            }
            let offset = base.start + index * entryLength
            buffer += base.bytes[offset..<offset + entryLength]
            if buffer.count >= piece { try flush(&buffer, write) }
        }
        for entry in added[next...] {
            buffer.putNative(entry)
            if buffer.count >= piece { try flush(&buffer, write) }
        }
        try flush(&buffer, write)
    }

    private static func flush(
        _ buffer: inout [UInt8],
        _ write: ([UInt8]) throws(VaultError) -> Void
    ) throws(VaultError) {
        try write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func key(at index: Int) -> Key {
        bytes.withUnsafeBytes { Self.key($0, start + index * Self.entryLength) }
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
