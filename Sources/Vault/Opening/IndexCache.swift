import Crypto
import Domain

/// The index as it was at some checkpoint, so that opening need not read every leaf.
///
/// It may be lost or wrong without harm: it is used only when its leaves are those that the ledger signs for, and what is
/// read through it is checked against its SHA-256. Verification never looks at it.
struct IndexCache: Sendable {
    /// Whether so many leaves were added that it should be written anew: reading them would take about as long. When a
    /// vault is closed, it is for the next opening's sake, which reads what was added one by one.
    static func isWorthwhile(_ size: UInt64, since cached: UInt64, isLast: Bool = false) -> Bool {
        size - cached >= (isLast ? 1_000 : max(1_000, cached / 16))
    }

    private static let mark: UInt64 = 0x616a_6172_6964_7834
    private static let name = "index"
    /// The length of what stands before the entries: mark, leaves, entries, root.
    private static let front = 56
    private static let piece = 1 << 20

    private let folder: Folder

    init(_ layout: VaultLayout) {
        folder = layout.root.folder("cache")
    }

    /// Writes the index as it is. It goes to the disk in pieces: what is in memory already is all that is needed.
    func write(_ scan: LedgerScan, root: Domain.Digest, _ index: PayloadIndex) throws(VaultError) {
        let (base, added) = index.contents
        let new = added.sorted { $0.key < $1.key }.map { (key: $0.key, place: $0.value) }
        var front: [UInt8] = []
        for number in [Self.mark, scan.size, UInt64((base?.count ?? 0) + new.count)] { front.putNative(number) }
        front += root.bytes
        try folder.make()
        try folder.replace(Self.name) { file throws(VaultError) in
            var (hash, end) = (SHA256(), UInt64(0))
            func write(_ bytes: [UInt8]) throws(VaultError) {
                hash.update(data: bytes)
                try file.write(bytes, at: end)
                end += UInt64(bytes.count)
            }
            try write(front)
            try SortedPlaces.merge(base, new, piece: Self.piece, write)
            try write(Self.rest(scan))
            try file.write(Array(hash.finalize()), at: end)
        }
    }

    /// What stands behind the entries.
    private static func rest(_ scan: LedgerScan) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.putNative(UInt64(scan.ends.count))
        for (segment, end) in scan.ends {
            bytes.putNative(UInt64(segment))
            bytes.putNative(end)
        }
        bytes.putNative(UInt64(scan.fates.count))
        for number in scan.fates { bytes.putNative(number) }
        for name in scan.quarantined { bytes += Array(name.utf8) + [0] }
        return bytes
    }

    /// What the cache tells of the ledger's first leaves; nothing when there is none that fits.
    func read(_ files: LedgerFiles, into index: PayloadIndex) -> LedgerScan {
        // A cache that cannot be read is as good as none.
        guard let bytes = try? folder.read(Self.name), bytes.count >= 96, Self.isWhole(bytes),
            let (scan, count) = bytes.withUnsafeBytes({ parse($0, files) })
        else { return LedgerScan() }
        index.begin(SortedPlaces(bytes, from: Self.front, count: count))
        return scan
    }

    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var hash = SHA256()
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes.dropLast(32)))
            return bytes.suffix(32).elementsEqual(hash.finalize())
        }
    }

    private func parse(_ bytes: UnsafeRawBufferPointer, _ files: LedgerFiles) -> (LedgerScan, Int)? {
        func number(_ offset: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
        let (size, count, body) = (number(8), number(16), bytes.count - 32)
        guard number(0) == Self.mark, size <= files.checkpoint.size,
            count <= UInt64(body / SortedPlaces.entryLength), let root = Domain.Digest(bytes: bytes[24..<Self.front]),
            (try? files.edge(at: size))?.root == root
        else { return nil }
        var position = Self.front + Int(count) * SortedPlaces.entryLength
        guard position + 8 <= body, number(position) <= UInt64((body - position) / 16) else { return nil }
        let segments = Int(number(position))
        position += 8
        var ends: [UInt32: UInt64] = [:]
        for _ in 0..<segments {
            ends[UInt32(truncatingIfNeeded: number(position))] = number(position + 8)
            position += 16
        }
        guard position + 8 <= body, number(position) <= UInt64((body - position - 8) / 8) else { return nil }
        let fates = (0..<Int(number(position))).map { number(position + 8 + 8 * $0) }
        guard fates.allSatisfy({ $0 < size }) else { return nil }
        position += 8 + 8 * fates.count
        let names = bytes[position..<body].split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return (LedgerScan(size: size, ends: ends, quarantined: Set(names), fates: fates), Int(count))
    }
}
