import Crypto
import Domain

/// The hashes of RFC 6962, section 2.1: a leaf and an inner node can never be taken for each other.
enum MerkleHash {
    static let empty = Domain.Digest(SHA256.hash(data: [UInt8]()))

    static func leaf(_ bytes: [UInt8]) -> Domain.Digest {
        var hash = SHA256()
        hash.update(data: [0])
        hash.update(data: bytes)
        return Domain.Digest(hash.finalize())
    }

    static func node(_ left: Domain.Digest, _ right: Domain.Digest) -> Domain.Digest {
        Domain.Digest(SHA256.hash(data: [1] + left.bytes + right.bytes))
    }

    /// The root over hashes that all stand for subtrees of the same full height.
    static func root(_ hashes: ArraySlice<Domain.Digest>) -> Domain.Digest {
        guard let first = hashes.first else { return empty }
        guard hashes.count > 1 else { return first }
        var split = 1
        while split * 2 < hashes.count { split *= 2 }
        let middle = hashes.startIndex + split
        return node(root(hashes[..<middle]), root(hashes[middle...]))
    }
}

/// The right edge of the tree: what must be remembered to add leaves and to tell the root.
struct TreeEdge {
    private(set) var size: UInt64 = 0
    /// For each level the hashes of its last tile while that is not full: fewer than 256.
    private(set) var levels: [[Domain.Digest]] = []

    init() {}

    /// An edge as it is stored in the partial tiles of a tree with `size` leaves.
    init(size: UInt64, levels: [[Domain.Digest]]) {
        self.size = size
        self.levels = levels
    }

    /// Adds a leaf, and returns the hash tiles that it filled.
    mutating func append(_ leaf: Domain.Digest) -> [(tile: Tile, hashes: [Domain.Digest])] {
        var filled: [(Tile, [Domain.Digest])] = []
        size += 1
        var (hash, level) = (leaf, 0)
        while true {
            if levels.count == level { levels.append([]) }
            levels[level].append(hash)
            guard levels[level].count == Tile.full else { return filled }
            filled.append((Tile(.hashes(level), (size >> UInt64(8 * (level + 1))) - 1), levels[level]))
            hash = MerkleHash.root(levels[level][...])
            levels[level] = []
            level += 1
        }
    }

    /// The partial tiles that a checkpoint at this size needs.
    var partialTiles: [(tile: Tile, hashes: [Domain.Digest])] {
        levels.enumerated().filter { !$0.element.isEmpty }.map { level, hashes in
            (Tile(.hashes(level), size >> UInt64(8 * (level + 1)), width: hashes.count), hashes)
        }
    }

    var root: Domain.Digest {
        var root: Domain.Digest?
        for hashes in levels {
            var rest = hashes[...]
            while !rest.isEmpty {
                // The smallest full subtree of what is left is the rightmost.
                let width = rest.count & -rest.count
                let subtree = MerkleHash.root(rest.suffix(width))
                root = root.map { MerkleHash.node(subtree, $0) } ?? subtree
                rest = rest.dropLast(width)
            }
        }
        return root ?? MerkleHash.empty
    }
}
