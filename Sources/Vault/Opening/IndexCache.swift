import Domain

/// The index as it was at some checkpoint, so that opening need not read every leaf.
///
/// It may be lost or wrong without harm: it is used only when its leaves are those that the ledger signs for, and what is
/// read through it is checked against its SHA-256. Verification never looks at it.
struct IndexCache: Sendable {
    /// Whether so many leaves were added that it should be written anew: reading them would take about as long.
    static func isWorthwhile(_ size: UInt64, since cached: UInt64) -> Bool {
        size - cached >= max(1_000, cached / 16)
    }

    private static let mark: UInt64 = 0x616a_6172_6964_7831
    private static let name = "index"
    private static let entryLength = 80

    private let folder: Folder

    init(_ layout: VaultLayout) {
        folder = layout.root.folder("cache")
    }

    func write(_ scan: LedgerScan, root: Digest, _ index: PayloadIndex) throws(VaultError) {
        let places = index.all
        var bytes: [UInt8] = []
        bytes.reserveCapacity(places.count * Self.entryLength + 4_096)
        for number in [Self.mark, scan.size, UInt64(places.count)] { bytes.put(number) }
        bytes += root.bytes
        for (key, place) in places {
            for word in [key.words.0, key.words.1, key.words.2, key.words.3] { bytes.put(word) }
            for number in [place.leaf, place.offset, place.block, place.length] { bytes.put(number) }
            for number in [place.segment, place.header, place.head, place.isChunked ? 1 : 0] { bytes.put(number) }
        }
        bytes.put(UInt64(scan.ends.count))
        for (segment, end) in scan.ends {
            bytes.put(UInt64(segment))
            bytes.put(end)
        }
        for name in scan.quarantined { bytes += Array(name.utf8) + [0] }
        try folder.make()
        try folder.replace(Self.name, with: bytes + Digest(of: bytes).bytes, isDurable: false)
    }

    /// What the cache tells of the ledger's first leaves; nothing when there is none that fits.
    func read(_ files: LedgerFiles, into index: PayloadIndex) -> LedgerScan {
        // A cache that cannot be read is as good as none.
        guard let bytes = try? folder.read(Self.name), bytes.count >= 96,
            Digest(of: Array(bytes.dropLast(32))).bytes == Array(bytes.suffix(32))
        else { return LedgerScan() }
        return bytes.withUnsafeBytes { parse($0, files, index) } ?? LedgerScan()
    }

    private func parse(_ bytes: UnsafeRawBufferPointer, _ files: LedgerFiles, _ index: PayloadIndex) -> LedgerScan? {
        func number(_ offset: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
        let (size, count) = (number(8), number(16))
        guard number(0) == Self.mark, size <= files.checkpoint.size, count <= UInt64(bytes.count / Self.entryLength),
            let root = Digest(bytes: bytes[24..<56]), (try? files.edge(at: size))?.root == root
        else { return nil }
        var places: [PayloadIndex.Key: PayloadLocation] = [:]
        places.reserveCapacity(Int(count))
        var position = 56
        let body = bytes.count - 32
        guard position + Int(count) * Self.entryLength + 8 <= body else { return nil }
        for _ in 0..<count {
            let place = Self.place(bytes, position + 32)
            guard place.isPossible else { return nil }
            places[Self.key(bytes, position)] = place
            position += Self.entryLength
        }
        let segments = number(position)
        position += 8
        guard segments <= UInt64((body - position) / 16) else { return nil }
        var ends: [UInt32: UInt64] = [:]
        for _ in 0..<segments {
            ends[UInt32(truncatingIfNeeded: number(position))] = number(position + 8)
            position += 16
        }
        let names = bytes[position..<body].split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        index.replace(places)
        return LedgerScan(size: size, ends: ends, quarantined: Set(names))
    }

    private static func key(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> PayloadIndex.Key {
        func word(_ index: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: offset + 8 * index, as: UInt64.self) }
        return PayloadIndex.Key(words: (word(0), word(1), word(2), word(3)))
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

extension [UInt8] {
    fileprivate mutating func put(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number) { append(contentsOf: $0) }
    }
}
