import Domain

/// What the ledger's leaves, read once from the first to the last, tell of the vault's files.
///
/// Where payloads lie goes into the index as it is read.
struct LedgerScan: Sendable {
    /// Leaves that were read.
    private(set) var size: UInt64 = 0
    /// Where the sealed bytes of each segment end.
    private(set) var ends: [UInt32: UInt64] = [:]
    /// The files in quarantine that the ledger knows.
    private(set) var quarantined: Set<String> = []
    /// The leaves that tell what became of sealed bytes later: withheld, gone, kept in a store.
    private(set) var fates: [UInt64] = []

    init() {}

    /// What an earlier reading of the first `size` leaves gave.
    init(size: UInt64, ends: [UInt32: UInt64], quarantined: Set<String>, fates: [UInt64]) {
        self.size = size
        self.ends = ends
        self.quarantined = quarantined
        self.fates = fates
    }

    /// Reads on to the ledger's end.
    mutating func read(_ files: LedgerFiles, into index: PayloadIndex) throws(VaultError) {
        while size < files.size {
            let leaves = try files.leaves(from: size)
            guard !leaves.isEmpty else { throw VaultError(.damaged, "find leaf \(size)", path: files.folder.path) }
            var read: [Leaf] = []
            for bytes in leaves {
                read.append(try Leaf(bytes, number: size + UInt64(read.count)))
            }
            add(read)
            index.add(read)
        }
    }

    /// Reads on to the end of a damaged ledger, past what is lost. Returns what is there and cannot be understood.
    mutating func salvage(
        _ files: LedgerFiles,
        into index: PayloadIndex
    ) throws(VaultError) -> [VerificationReport.Fault] {
        var faults: [VerificationReport.Fault] = []
        while size < files.size {
            let leaves = try files.leaves(from: size)
            guard !leaves.isEmpty else { break }
            for bytes in leaves {
                do throws(VaultError) {
                    let leaf = try Leaf(bytes, number: size)
                    add([leaf])
                    index.add([leaf])
                } catch {
                    if !bytes.isEmpty { faults.append(.init(leaf: size, error)) }
                    size += 1
                }
            }
        }
        return faults
    }

    /// Takes in the leaves that come next.
    mutating func add(_ leaves: [Leaf]) {
        size += UInt64(leaves.count)
        for leaf in leaves {
            if let place = leaf.place {
                ends[place.segment] = max(ends[place.segment] ?? 0, place.offset + place.length)
            }
            if leaf.kind == .recovered, let name = leaf.target { quarantined.insert(name) }
            if [.withheld, .erased, .disowned, .stored].contains(leaf.kind) { fates.append(leaf.number) }
        }
    }
}
