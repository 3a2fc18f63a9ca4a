import Domain

/// What the ledger's leaves, read once from the first to the last, tell of the vault's files.
struct LedgerScan {
    /// Leaves that were read.
    private(set) var size: UInt64 = 0
    private(set) var places: [PayloadIndex.Key: PayloadLocation] = [:]
    /// Where the sealed bytes of each segment end.
    private(set) var ends: [UInt32: UInt64] = [:]
    /// The files in quarantine that the ledger knows.
    private(set) var quarantined: Set<String> = []

    init() {}

    /// Reads on to the ledger's end.
    mutating func read(_ files: LedgerFiles) throws(VaultError) {
        while size < files.size {
            let leaves = try files.leaves(from: size)
            guard !leaves.isEmpty else { throw VaultError(.damaged, "find leaf \(size)", path: files.folder.path) }
            for bytes in leaves {
                add(try Leaf(bytes, number: size))
                size += 1
            }
        }
    }

    private mutating func add(_ leaf: Leaf) {
        if let place = leaf.place { ends[place.segment] = max(ends[place.segment] ?? 0, place.offset + place.length) }
        if leaf.kind == .recovered, let name = leaf.target { quarantined.insert(name) }
        guard let digest = leaf.payload?.digest, let location = PayloadLocation(leaf) else { return }
        let key = PayloadIndex.Key(digest)
        if places[key] == nil { places[key] = location }
    }
}
