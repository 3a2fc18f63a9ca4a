import Domain

/// Makes inclusion proofs against one signed checkpoint from the ledger's tiles.
///
/// Asked for leaves in their order it reads each tile about once.
struct ProofReader {
    /// Tiles that are kept: those on the way from one leaf to the root are few.
    private static let mostTiles = 32

    private let files: LedgerFiles
    private let checkpoint: Checkpoint
    /// The nodes above the hashes of a tile, row by row.
    private var pyramids: [Tile: [[Digest]]] = [:]
    /// The roots of the ranges that reach to the tree's end and are no full subtree, by where they begin.
    private var edges: [UInt64: Digest] = [:]

    init(_ files: LedgerFiles, _ checkpoint: Checkpoint) {
        self.files = files
        self.checkpoint = checkpoint
    }

    /// The proof that a leaf with these bytes is in the tree. It is checked before it is returned.
    mutating func proof(of leaf: UInt64, _ entry: [UInt8]) throws(VaultError) -> [Digest] {
        var path: [Digest] = []
        var (low, high) = (UInt64(0), checkpoint.size)
        while high - low > 1 {
            let split = low + Self.split(high - low)
            if leaf < split {
                path.append(try root(from: split, to: high))
                high = split
            } else {
                path.append(try root(from: low, to: split))
                low = split
            }
        }
        path.reverse()
        let proof = InclusionProof(leaf: leaf, size: checkpoint.size, path: path)
        guard proof.root(from: MerkleHash.leaf(entry)) == checkpoint.root else {
            throw VaultError(.damaged, "prove leaf \(leaf) from the ledger's tiles", path: files.folder.path)
        }
        return path
    }

    /// The greatest power of two below `count`, which is at least 2.
    private static func split(_ count: UInt64) -> UInt64 {
        1 << UInt64(63 - (count - 1).leadingZeroBitCount)
    }

    private mutating func root(from low: UInt64, to high: UInt64) throws(VaultError) -> Digest {
        let count = high - low
        if count & (count - 1) == 0 { return try node(height: count.trailingZeroBitCount, number: low / count) }
        if let known = edges[low] { return known }
        let split = low + Self.split(count)
        let digest = MerkleHash.node(try root(from: low, to: split), try root(from: split, to: high))
        edges[low] = digest
        return digest
    }

    /// The root of a full subtree with 2^height leaves.
    private mutating func node(height: Int, number: UInt64) throws(VaultError) -> Digest {
        let (level, rise) = (height / 8, height % 8)
        let tile = (number << UInt64(rise)) / UInt64(Tile.full)
        let row = try pyramid(level, tile)[rise]
        let index = Int(number - (tile << UInt64(8 - rise)))
        guard row.indices.contains(index) else {
            throw VaultError(.damaged, "read hashes", path: files.folder.path)
        }
        return row[index]
    }

    private mutating func pyramid(_ level: Int, _ number: UInt64) throws(VaultError) -> [[Digest]] {
        let there = (checkpoint.size >> UInt64(8 * level)) - number * UInt64(Tile.full)
        let tile = Tile(.hashes(level), number, width: Int(min(there, UInt64(Tile.full))))
        if let known = pyramids[tile] { return known }
        let bytes = try files.read(tile)
        guard bytes.count >= 32 * tile.width else {
            throw VaultError(.damaged, "read hashes", path: files.folder.path(tile.path))
        }
        var rows = [(0..<tile.width).compactMap { Digest(bytes: bytes[32 * $0..<32 * $0 + 32]) }]
        while let below = rows.last, rows.count < 8 {
            rows.append((0..<below.count / 2).map { MerkleHash.node(below[2 * $0], below[2 * $0 + 1]) })
        }
        if pyramids.count >= Self.mostTiles { pyramids = [:] }
        pyramids[tile] = rows
        return rows
    }
}
