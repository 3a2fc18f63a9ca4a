import Domain
import Synchronization

/// The ledger as its readers see it: leaves in tiles of entries up to a checkpoint, and those after it in memory.
final class LedgerFiles: Sendable {
    private struct View {
        var checkpoint: Checkpoint
        var pending: [[UInt8]]
    }

    let folder: Folder
    /// Guards which leaves are where; changed by the scribe after each group and each checkpoint.
    private let view: Mutex<View>
    /// Leaves that are not there as they were sealed: they are read as nothing. Empty in a ledger that is sound.
    private let lost: Set<UInt64>

    init(folder: Folder, checkpoint: Checkpoint, pending: [[UInt8]], lost: Set<UInt64> = []) {
        self.folder = folder
        self.lost = lost
        view = Mutex(View(checkpoint: checkpoint, pending: pending))
    }

    /// The files of a ledger of which nothing is known yet.
    convenience init(unsigned folder: Folder) {
        let empty = Checkpoint(origin: "", size: 0, root: MerkleHash.empty, text: "")
        self.init(folder: folder, checkpoint: empty, pending: [])
    }

    var checkpoint: Checkpoint { view.withLock { $0.checkpoint } }

    var size: UInt64 { view.withLock { $0.checkpoint.size + UInt64($0.pending.count) } }

    /// The leaves that no checkpoint covers yet, behind the size of the one that came before them.
    var pending: (after: Checkpoint, leaves: [[UInt8]]) { view.withLock { ($0.checkpoint, $0.pending) } }

    func append(_ leaves: [[UInt8]]) {
        view.withLock { $0.pending += leaves }
    }

    func settle(_ checkpoint: Checkpoint) {
        view.withLock { $0 = View(checkpoint: checkpoint, pending: []) }
    }

    func leaf(_ number: UInt64) throws(VaultError) -> Leaf {
        guard let bytes = try leaves(from: number, upTo: 1).first else {
            throw VaultError(.unknown, "find leaf \(number)")
        }
        return try Leaf(bytes, number: number)
    }

    /// The leaves from `number` to the end of their tile at most; empty behind the last.
    func leaves(from number: UInt64, upTo limit: Int = Tile.full) throws(VaultError) -> [[UInt8]] {
        let (folded, pending) = view.withLock { view -> (UInt64, [[UInt8]]) in
            let folded = view.checkpoint.size
            guard number >= folded, number - folded < UInt64(view.pending.count) else { return (folded, []) }
            return (folded, Array(view.pending[Int(number - folded)...].prefix(limit)))
        }
        guard number < folded else { return pending }
        let (tile, first) = (number / UInt64(Tile.full), Int(number % UInt64(Tile.full)))
        let width = Int(min(folded - tile * UInt64(Tile.full), UInt64(Tile.full)))
        let named = Tile(.entries, tile, width: width)
        let entries = lost.isEmpty ? try entries(named) : sound(named)
        return Array(entries[first..<width].prefix(limit))
    }

    /// The entries of a tile of a damaged ledger; those that are lost are empty.
    private func sound(_ tile: Tile) -> [[UInt8]] {
        // What cannot be read was found lost before, and named.
        let entries = (try? read(tile)).flatMap(EntryBundle.decode) ?? []
        return (0..<tile.width).map { index in
            let isLost = lost.contains(tile.number * UInt64(Tile.full) + UInt64(index))
            return isLost || index >= entries.count ? [] : entries[index]
        }
    }

    /// The entries of a tile. A wider form of a partial tile begins with the same entries, and does as well.
    private func entries(_ tile: Tile) throws(VaultError) -> [[UInt8]] {
        guard let entries = EntryBundle.decode(try read(tile)), entries.count >= tile.width else {
            throw VaultError(.damaged, "read entries", path: folder.path(tile.path))
        }
        return entries
    }

    func read(_ tile: Tile) throws(VaultError) -> [UInt8] {
        do { return try folder.read(tile.path) } catch {
            guard error.code == .missing, tile.width < Tile.full else { throw error }
            let wider = try folder.folder(tile.partialFolder).names().compactMap { Int($0) }.filter { $0 > tile.width }
            guard let width = wider.max() else { return try folder.read(tile.fullPath) }
            return try folder.read("\(tile.partialFolder)/\(width)")
        }
    }

    /// The tree's right edge at `size`, from the tiles of hashes.
    func edge(at size: UInt64) throws(VaultError) -> TreeEdge {
        var levels: [[Digest]] = []
        var (level, count) = (0, size)
        while count > 0 {
            let width = Int(count % UInt64(Tile.full))
            var hashes: [Digest] = []
            if width > 0 {
                let tile = Tile(.hashes(level), count / UInt64(Tile.full), width: width)
                let bytes = try read(tile)
                guard bytes.count >= 32 * width else {
                    throw VaultError(.damaged, "read hashes", path: folder.path(tile.path))
                }
                hashes = (0..<width).compactMap { Digest(bytes: bytes[32 * $0..<32 * $0 + 32]) }
            }
            levels.append(hashes)
            (level, count) = (level + 1, count / UInt64(Tile.full))
        }
        return TreeEdge(size: size, levels: levels)
    }
}
