package import Domain

/// The sealed items of a bundle, in the order of the ledger, up to the checkpoint that signs for them.
package struct BundleContents: Sendable {
    let vault: Vault
    package let checkpoint: Checkpoint
    package let selection: BundleSelection
    /// Why the bytes of a payload must stay out of the bundle; nil for those that may be given away.
    let holdsBack: @Sendable (Digest) -> String?
    /// The ledger's key; nil when the vault was opened for reading.
    let key: SigningKey?
    /// Earlier answers that were not chosen, but that a chosen "not modified" speaks of.
    private var earlier: Set<UInt64> = []
    package private(set) var items: UInt64 = 0
    /// The lengths of all payloads, those that are met twice counted twice.
    package private(set) var payloadBytes: UInt64 = 0
    /// The lengths of all records at most, with their payloads in full.
    private(set) var recordBytes: UInt64 = 0

    init(
        _ selection: BundleSelection,
        of vault: Vault,
        at checkpoint: Checkpoint,
        key: SigningKey?,
        holdingBack holdsBack: @escaping @Sendable (Digest) -> String?
    ) throws(VaultError) {
        self.holdsBack = holdsBack
        self.key = key
        self.vault = vault
        self.checkpoint = checkpoint
        self.selection = selection
        var asked: Set<UInt64> = []
        var (items, payloadBytes, recordBytes) = (UInt64(0), UInt64(0), UInt64(0))
        func count(_ leaf: Leaf) {
            items += 1
            payloadBytes += leaf.payload?.length ?? 0
            recordBytes += (leaf.place?.length ?? 0) + (leaf.kind == .identical ? leaf.payload?.length ?? 0 : 0) + 512
        }
        try visit { (item) throws(VaultError) in
            count(item.leaf)
            if item.leaf.kind == .notModified, let prior = item.leaf.refersTo { asked.insert(prior) }
        }
        while let number = asked.popFirst() {
            let leaf = try vault.files.leaf(number)
            guard number < checkpoint.size, !selection.contains(leaf), earlier.insert(number).inserted else { continue }
            count(leaf)
            if leaf.kind == .notModified, let prior = leaf.refersTo { asked.insert(prior) }
        }
        (self.items, self.payloadBytes, self.recordBytes) = (items, payloadBytes, recordBytes)
    }

    /// Gives every item to `body`, in order.
    package func visit(_ body: (BundleItem) throws(VaultError) -> Void) throws(VaultError) {
        var number: UInt64 = 0
        while number < checkpoint.size {
            let entries = try vault.files.leaves(from: number)
            guard !entries.isEmpty else { throw VaultError(.damaged, "find leaf \(number)") }
            for entry in entries.prefix(Int(min(UInt64(entries.count), checkpoint.size - number))) {
                defer { number += 1 }
                guard selection.mayContain(number) || !earlier.isEmpty else { continue }
                let leaf = try Leaf(entry, number: number)
                guard selection.contains(leaf) || leaf.belongs(to: earlier) else { continue }
                try body(BundleItem(leaf: leaf, entry: entry))
            }
        }
    }
}

/// One leaf of the ledger that a bundle has, as it was read.
package struct BundleItem: Sendable {
    let leaf: Leaf
    let entry: [UInt8]
}

extension Vault {
    /// What a bundle of this choice is made of. All that was sealed so far is signed for first.
    ///
    /// `holdsBack` tells why the bytes of a payload must stay out; that it was sealed is proven all the same.
    package func contents(
        of selection: BundleSelection,
        holdingBack holdsBack: @escaping @Sendable (Digest) -> String? = { _ in nil }
    ) async throws(VaultError) -> BundleContents {
        let checkpoint = try await checkpoint()
        let key = isReadOnly ? nil : try await writer().key
        return try await blocking { () throws(VaultError) in
            try BundleContents(selection, of: self, at: checkpoint, key: key, holdingBack: holdsBack)
        }
    }
}
