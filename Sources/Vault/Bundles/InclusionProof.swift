import Domain

/// The hashes that lead from one leaf to the root of a tree (RFC 6962, section 2.1.1), the lowest first.
struct InclusionProof {
    /// More than any tree of 64-bit size can need.
    static let longest = 64

    var leaf: UInt64
    var size: UInt64
    var path: [Digest]

    /// The root that the proof leads to from the hash of the leaf; nil when the path is not one of this place and tree.
    ///
    /// The steps are those of RFC 9162, section 2.1.3.2.
    func root(from hash: Digest) -> Digest? {
        guard leaf < size, path.count <= Self.longest else { return nil }
        var (node, last) = (leaf, size - 1)
        var root = hash
        for sibling in path {
            guard last > 0 else { return nil }
            if node & 1 == 1 || node == last {
                root = MerkleHash.node(sibling, root)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                root = MerkleHash.node(root, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 ? root : nil
    }
}
