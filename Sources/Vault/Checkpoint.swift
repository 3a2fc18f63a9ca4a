package import Domain

/// The signed word of the key's owner that the ledger has these leaves and no others (C2SP tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable {
    /// The first line of the note: which ledger it is.
    package var origin: String
    /// How many leaves it covers.
    package var size: UInt64
    /// The Merkle tree's root over them (RFC 6962).
    package var root: Digest
    /// The whole signed note, as it is stored.
    package var text: String

    package init(origin: String, size: UInt64, root: Digest, text: String) {
        self.origin = origin
        self.size = size
        self.root = root
        self.text = text
    }
}
