import Domain

/// Two trees side by side: one from the entries, one from the stored hashes of the leaves. The signed root says which of
/// two that differ is right.
struct TreeComparison {
    private(set) var fromEntries = TreeEdge()
    private(set) var fromHashes = TreeEdge()
    /// Leaves whose entry and stored hash do not belong together.
    private(set) var conflicts: [UInt64] = []
    private var upper: (entries: [(Tile, [Digest])], hashes: [(Tile, [Digest])]) = ([], [])

    /// Adds the leaves of one tile. A missing one is a conflict, and stands with whatever the other side has.
    mutating func add(entries: [[UInt8]], hashes: [Digest], width: Int) {
        for index in 0..<width {
            let entry = index < entries.count ? MerkleHash.leaf(entries[index]) : nil
            let hash = index < hashes.count ? hashes[index] : nil
            if entry == nil || entry != hash { conflicts.append(fromEntries.size) }
            upper.entries += fromEntries.append(entry ?? MerkleHash.empty).map { ($0.tile, $0.hashes) }
            upper.hashes += fromHashes.append(hash ?? MerkleHash.empty).map { ($0.tile, $0.hashes) }
        }
    }

    /// The tiles above the lowest, as they must be when the entries are right.
    var upperFromEntries: [(Tile, [Digest])] { Self.upper(upper.entries, fromEntries) }

    /// The tiles above the lowest, as they must be when the stored hashes are right.
    var upperFromHashes: [(Tile, [Digest])] { Self.upper(upper.hashes, fromHashes) }

    private static func upper(_ full: [(Tile, [Digest])], _ edge: TreeEdge) -> [(Tile, [Digest])] {
        let tiles = full + edge.partialTiles.map { ($0.tile, $0.hashes) }
        return tiles.filter { $0.0.content != .hashes(0) }
    }
}
