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
    /// Pages are written so many bytes at a time.
    private static let piece = 1 << 20
    /// The longest table and rest that are believed: those of a hundred million items.
    private static let longestTable = 256 << 20

    private let folder: Folder

    init(_ layout: VaultLayout) {
        folder = layout.root.folder("cache")
    }

    /// Writes the index as it is, and lets it live on in the file: what was in memory is let go.
    func write(_ scan: LedgerScan, root: Domain.Digest, _ index: PayloadIndex) throws(VaultError) {
        do throws(VaultError) { try store(scan, root: root, index) } catch {
            guard error.code == .damaged else { throw error }
            index.rebuild()
            try store(scan, root: root, index)
        }
    }

    private func store(_ scan: LedgerScan, root: Domain.Digest, _ index: PayloadIndex) throws(VaultError) {
        let (base, new) = index.sorted
        let count = (base?.count ?? 0) + new.count
        var front: [UInt8] = []
        for number in [Self.mark, scan.size, UInt64(count)] { front.putNative(number) }
        front += root.bytes
        try folder.make()
        var table: [UInt8] = []
        try folder.replace(Self.name) { file throws(VaultError) in
            var (end, waiting) = (UInt64(0), front)
            func flush() throws(VaultError) {
                try file.write(waiting, at: end)
                end += UInt64(waiting.count)
                waiting.removeAll(keepingCapacity: true)
            }
            table = try SortedPlaces.merge(base, new) { (page) throws(VaultError) in
                waiting += page
                if waiting.count >= Self.piece { try flush() }
            }
            let rest = Self.rest(scan)
            waiting += table + rest + Self.digest(front, table, rest)
            try flush()
        }
        guard let file = try? OpenFile(folder.path(Self.name), for: .reading) else { return }
        index.begin(SortedPlaces(file, from: UInt64(Self.front), count: count, table: table), of: scan.size)
    }

    private static func digest(_ front: [UInt8], _ table: [UInt8], _ rest: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        for part in [front, table, rest] { hash.update(data: part) }
        return Array(hash.finalize())
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
        guard let file = try? OpenFile(folder.path(Self.name), for: .reading),
            let (scan, places) = try? parse(file, files)
        else { return LedgerScan() }
        index.begin(places, of: scan.size)
        return scan
    }

    private func parse(_ file: OpenFile, _ files: LedgerFiles) throws(VaultError) -> (LedgerScan, SortedPlaces)? {
        let (front, length) = (try file.read(at: 0, upTo: Self.front), try file.size())
        guard front.count == Self.front, front.number(0) == Self.mark, let root = Domain.Digest(bytes: front[24...])
        else { return nil }
        let (size, count) = (front.number(8), front.number(16))
        guard size <= files.checkpoint.size, count <= (length - UInt64(Self.front)) / UInt64(SortedPlaces.entryLength)
        else { return nil }
        let behind = UInt64(Self.front) + count * UInt64(SortedPlaces.entryLength)
        let tableLength = SortedPlaces.tableLength(of: Int(count))
        guard length - behind >= UInt64(tableLength + 32), length - behind <= UInt64(Self.longestTable) else {
            return nil
        }
        let bytes = try file.read(at: behind, upTo: Int(length - behind))
        let table = Array(bytes.prefix(tableLength))
        let rest = Array(bytes.dropFirst(tableLength).dropLast(32))
        guard bytes.suffix(32).elementsEqual(Self.digest(front, table, rest)), try files.edge(at: size).root == root,
            let scan = Self.scan(of: size, rest)
        else { return nil }
        return (scan, SortedPlaces(file, from: UInt64(Self.front), count: Int(count), table: table))
    }

    /// Reads what ``rest(_:)`` wrote.
    private static func scan(of size: UInt64, _ rest: [UInt8]) -> LedgerScan? {
        var position = 0
        func count(_ length: Int) -> Int? {
            guard rest.count - position >= 8, rest.number(position) <= UInt64((rest.count - position - 8) / length)
            else { return nil }
            defer { position += 8 }
            return Int(rest.number(position))
        }
        guard let segments = count(16) else { return nil }
        var ends: [UInt32: UInt64] = [:]
        for _ in 0..<segments {
            ends[UInt32(truncatingIfNeeded: rest.number(position))] = rest.number(position + 8)
            position += 16
        }
        guard let number = count(8) else { return nil }
        let fates = (0..<number).map { rest.number(position + 8 * $0) }
        guard fates.allSatisfy({ $0 < size }) else { return nil }
        position += 8 * number
        let names = rest[position...].split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return LedgerScan(size: size, ends: ends, quarantined: Set(names), fates: fates)
    }
}

extension [UInt8] {
    /// The number of eight bytes that ``putNative(_:)`` put there.
    fileprivate func number(_ offset: Int) -> UInt64 {
        withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    }
}
