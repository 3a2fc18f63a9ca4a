import Domain

/// Two trees side by side: one from the entries, one from the stored hashes of the leaves. The signed root says which of
/// two that differ is right.
struct TreeComparison {
    private(set) var fromEntries = TreeEdge()
    private(set) var fromHashes = TreeEdge()
    /// Leaves whose entry and stored hash do not belong together.
    private(set) var conflicts: [UInt64] = []
    /// The roots over the first leaves, at the sizes that were asked for.
    private(set) var roots: [UInt64: Roots] = [:]
    private let sizes: Set<UInt64>
    private var upper: (entries: [(Tile, [Digest])], hashes: [(Tile, [Digest])]) = ([], [])

    struct Roots {
        var entries: Digest
        var hashes: Digest
    }

    init(noting sizes: Set<UInt64>) {
        self.sizes = sizes
    }

    /// Adds the leaves of one tile. A missing one is a conflict, and stands with whatever the other side has.
    mutating func add(entries: [[UInt8]], hashes: [Digest], width: Int) {
        for index in 0..<width {
            let entry = index < entries.count ? MerkleHash.leaf(entries[index]) : nil
            let hash = index < hashes.count ? hashes[index] : nil
            if entry == nil || entry != hash { conflicts.append(fromEntries.size) }
            upper.entries += Self.upper(fromEntries.append(entry ?? MerkleHash.empty))
            upper.hashes += Self.upper(fromHashes.append(hash ?? MerkleHash.empty))
            let size = fromEntries.size
            if sizes.contains(size) { roots[size] = Roots(entries: fromEntries.root, hashes: fromHashes.root) }
        }
    }

    /// The tiles above the lowest, as they must be when the entries are right.
    var upperFromEntries: [(Tile, [Digest])] { Self.upper(upper.entries, fromEntries) }

    /// The tiles above the lowest, as they must be when the stored hashes are right.
    var upperFromHashes: [(Tile, [Digest])] { Self.upper(upper.hashes, fromHashes) }

    private static func upper(_ full: [(Tile, [Digest])], _ edge: TreeEdge) -> [(Tile, [Digest])] {
        full + upper(edge.partialTiles)
    }

    /// Those above the lowest level, which alone are remembered: the lowest has all leaves.
    private static func upper(_ tiles: [(tile: Tile, hashes: [Digest])]) -> [(Tile, [Digest])] {
        tiles.filter { $0.tile.content != .hashes(0) }.map { ($0.tile, $0.hashes) }
    }
}
