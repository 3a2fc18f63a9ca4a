import Domain

/// What the scribe is asked to put into the ledger. All drafts of one submission are sealed together or not at all.
enum Draft: Sendable {
    /// A record that is still to be written.
    case record(NewRecord)
    /// A record that was streamed into a lent segment.
    case written(Leaf)
    /// A leaf without a record.
    case bare(Leaf)
}

/// A record in memory, hashed and ready to be written.
struct NewRecord: Sendable {
    /// With everything but number and place. Its payload, when it has one, is that of `head` and `body` together.
    var leaf: Leaf
    /// The part of the block that a revisit keeps: the HTTP header.
    var head: [UInt8]
    var body: [UInt8]
    /// Whether a revisit may be written when the payload is known.
    var mayRevisit: Bool

    init(_ leaf: Leaf, head: [UInt8] = [], body: [UInt8], mayRevisit: Bool = false) {
        self.leaf = leaf
        self.head = head
        self.body = body
        self.mayRevisit = mayRevisit
    }

    /// A block that is its own payload.
    init(_ leaf: Leaf, block: [UInt8], mayRevisit: Bool = false) {
        var leaf = leaf
        let digest = Digest(of: block)
        leaf.record = leaf.record ?? newRecordName()
        leaf.block = digest
        leaf.payload = Leaf.Payload(digest: digest, length: UInt64(block.count), head: 0, isChunked: false)
        self.init(leaf, body: block, mayRevisit: mayRevisit && !block.isEmpty)
    }
}

/// Drafts that wait for the next group, and whom to tell.
struct Submission {
    var drafts: [Draft]
    var reply: CheckedContinuation<Result<[Leaf], VaultError>, Never>
}
