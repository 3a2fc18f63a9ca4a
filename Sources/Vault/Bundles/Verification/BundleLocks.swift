import Domain

/// Keeps account of what a bundle has encrypted: every such file must be what a proven leaf says was encrypted.
///
/// The leaf that says so comes behind the record's own.
struct BundleLocks {
    /// What the lines of records name, by the leaf: the file, and the SHA-256 that it has; nil where it has none.
    private var waiting: [UInt64: (file: String, digest: PayloadIndex.Key?)] = [:]

    mutating func add(_ file: String, of leaf: UInt64, digest: PayloadIndex.Key?) {
        waiting[leaf] = (file, digest)
    }

    /// Looks whether a proven leaf is the one that tells of such a file.
    mutating func verify(_ leaf: Leaf, _ report: inout BundleReport) {
        guard let withholding = leaf.withholding, let lock = withholding.lock,
            let found = waiting.removeValue(forKey: withholding.leaf)
        else { return }
        guard found.digest == PayloadIndex.Key(lock.digest) else {
            report.add(
                found.file,
                leaf: withholding.leaf,
                "is not what was encrypted to the key \(lock.recipient.id)",
                affects: "the bytes of this item, which the key's holder cannot get from it",
                sound: "that it was sealed and withheld, and the other items"
            )
            return
        }
        report.locked += 1
    }

    /// What no leaf spoke of.
    mutating func finish(_ report: inout BundleReport) {
        for (leaf, found) in waiting.sorted(by: { $0.key < $1.key }) {
            report.add(
                found.file,
                leaf: leaf,
                "no sealed leaf says that it was encrypted",
                affects: "this file",
                sound: "the items"
            )
        }
        waiting = [:]
    }
}
