import Domain

/// The hashes by which anyone can tell that a tree begins with an earlier one (RFC 6962, section 2.1.2).
struct ConsistencyProof: Hashable {
    let old: UInt64
    let new: UInt64
    private(set) var hashes: [Digest] = []

    /// Made of the stored tiles of a tree with `new` leaves; there are `old` of them at least, and one.
    init(from old: UInt64, to new: UInt64, in files: LedgerFiles) throws(VaultError) {
        (self.old, self.new) = (old, new)
        var (start, end, isWhole) = (UInt64(0), new, true)
        var backwards: [Digest] = []
        // From the root down to where the old tree ends; the hashes of the other branches, innermost first.
        while old - start < end - start {
            let split = start + Self.split(end - start)
            if old <= split {
                backwards.append(try files.hash(of: split..<end, in: new))
                end = split
            } else {
                backwards.append(try files.hash(of: start..<split, in: new))
                (start, isWhole) = (split, false)
            }
        }
        if !isWhole { backwards.append(try files.hash(of: start..<end, in: new)) }
        hashes = backwards.reversed()
    }

    /// The largest power of two below `count`.
    static func split(_ count: UInt64) -> UInt64 { 1 << UInt64(63 - (count - 1).leadingZeroBitCount) }

    /// Whether it leads from the one root to the other (RFC 9162, section 2.1.4.2).
    func holds(from oldRoot: Digest, to newRoot: Digest) -> Bool {
        guard old > 0, old <= new else { return false }
        if old == new { return hashes.isEmpty && oldRoot == newRoot }
        var path = hashes[...]
        if old & (old - 1) == 0 { path.insert(oldRoot, at: path.startIndex) }
        guard var left = path.popFirst() else { return false }
        var right = left
        var (first, last) = (old - 1, new - 1)
        while first & 1 == 1 { (first, last) = (first >> 1, last >> 1) }
        for hash in path {
            guard last > 0 else { return false }
            if first & 1 == 1 || first == last {
                (left, right) = (MerkleHash.node(hash, left), MerkleHash.node(hash, right))
                while first & 1 == 0, first > 0 { (first, last) = (first >> 1, last >> 1) }
            } else {
                right = MerkleHash.node(right, hash)
            }
            (first, last) = (first >> 1, last >> 1)
        }
        return last == 0 && left == oldRoot && right == newRoot
    }
}

extension LedgerFiles {
    /// The hash over some leaves that form a branch of the tree with `size` leaves, from the stored tiles.
    func hash(of leaves: Range<UInt64>, in size: UInt64) throws(VaultError) -> Digest {
        let count = leaves.upperBound - leaves.lowerBound
        guard count & (count - 1) != 0 else { return try fullHash(from: leaves.lowerBound, count: count, in: size) }
        let split = leaves.lowerBound + ConsistencyProof.split(count)
        return MerkleHash.node(
            try hash(of: leaves.lowerBound..<split, in: size),
            try hash(of: split..<leaves.upperBound, in: size)
        )
    }

    /// The hash over a full branch: `count` is a power of two.
    private func fullHash(from start: UInt64, count: UInt64, in size: UInt64) throws(VaultError) -> Digest {
        let height = count.trailingZeroBitCount
        let level = height / 8
        let first = start >> UInt64(8 * level)
        let (number, offset) = (first / UInt64(Tile.full), Int(first % UInt64(Tile.full)))
        let stored = (size >> UInt64(8 * level)) - number * UInt64(Tile.full)
        let tile = Tile(.hashes(level), number, width: Int(min(stored, UInt64(Tile.full))))
        let bytes = try read(tile)
        let width = 1 << (height % 8)
        guard bytes.count >= 32 * (offset + width) else {
            throw VaultError(.damaged, "read hashes", path: folder.path(tile.path))
        }
        let hashes = (offset..<offset + width).compactMap { Digest(bytes: bytes[32 * $0..<32 * $0 + 32]) }
        return MerkleHash.root(hashes[...])
    }
}
