package import Domain

/// The sealed items of a bundle, in the order of the ledger, up to the checkpoint that signs for them.
package struct BundleContents: Sendable {
    let vault: Vault
    package let checkpoint: Checkpoint
    package let selection: BundleSelection
    /// Why the bytes of a payload must stay out of the bundle; nil for those that may be given away.
    let holdsBack: @Sendable (Digest) -> String?
    /// Why not even the encrypted bytes of an item may be given away.
    let holdsBackLocked: @Sendable (Digest) -> String?
    /// The ledger's key; nil when the vault was opened for reading.
    let key: SigningKey?
    /// Leaves that were not chosen, but that chosen ones cannot do without: the answer that a "not modified" speaks of, the
    /// record of which the bytes are kept encrypted, the word that they are.
    private var besides: Set<UInt64> = []
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
        holdingBack holdsBack: @escaping @Sendable (Digest) -> String?,
        evenLocked holdsBackLocked: @escaping @Sendable (Digest) -> String?
    ) throws(VaultError) {
        (self.holdsBack, self.holdsBackLocked) = (holdsBack, holdsBackLocked)
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
            asked.formUnion(needed(by: item.leaf))
        }
        while let number = asked.popFirst() {
            let leaf = try vault.files.leaf(number)
            guard number < checkpoint.size, !selection.contains(leaf), besides.insert(number).inserted else { continue }
            count(leaf)
            asked.formUnion(needed(by: leaf))
        }
        (self.items, self.payloadBytes, self.recordBytes) = (items, payloadBytes, recordBytes)
    }

    /// The leaves without which one says too little.
    private func needed(by leaf: Leaf) -> [UInt64] {
        if leaf.kind == .notModified { return [leaf.refersTo].compactMap(\.self) }
        guard let entry = vault.lockedEntry(of: leaf) else { return [] }
        return [entry.withholding.leaf, entry.saidBy]
    }

    /// The encrypted bytes of a record that is withheld for the holder of a key, and the SHA-256 that they must have. Nil
    /// where there are none, or where they may not be given away.
    func lockedBytes(of leaf: Leaf) throws(VaultError) -> (span: FileSpan, digest: Digest)? {
        guard let entry = vault.withheld[leaf: leaf.number], let lock = entry.withholding.lock,
            entry.saidBy < checkpoint.size,
            [entry.withholding.item, entry.withholding.payload].allSatisfy({ holdsBackLocked($0) == nil })
        else { return nil }
        do throws(VaultError) {
            let file = try LockedFiles(vault.layout).file(of: leaf.number)
            return (FileSpan(file: file, offset: 0, length: try file.size()), lock.digest)
        } catch {
            // The item is without its bytes then, and says so.
            guard error.code == .damaged else { throw error }
            return nil
        }
    }

    /// Gives every item to `body`, in order.
    package func visit(_ body: (BundleItem) throws(VaultError) -> Void) throws(VaultError) {
        var number: UInt64 = 0
        while number < checkpoint.size {
            let entries = try vault.files.leaves(from: number)
            guard !entries.isEmpty else { throw VaultError(.damaged, "find leaf \(number)") }
            for entry in entries.prefix(Int(min(UInt64(entries.count), checkpoint.size - number))) {
                defer { number += 1 }
                guard selection.mayContain(number) || !besides.isEmpty else { continue }
                let leaf = try Leaf(entry, number: number)
                guard selection.contains(leaf) || leaf.belongs(to: besides) else { continue }
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
    /// `holdsBack` tells why the bytes of a payload must stay out; that it was sealed is proven all the same. Bytes that are
    /// withheld for the holder of a key go along encrypted, unless `holdsBackLocked` tells why not.
    package func contents(
        of selection: BundleSelection,
        holdingBack holdsBack: @escaping @Sendable (Digest) -> String? = { _ in nil },
        evenLocked holdsBackLocked: @escaping @Sendable (Digest) -> String? = { _ in nil }
    ) async throws(VaultError) -> BundleContents {
        let checkpoint = try await checkpoint()
        let key = isReadOnly ? nil : try await writer().key
        return try await blocking { () throws(VaultError) in
            try BundleContents(
                selection,
                of: self,
                at: checkpoint,
                key: key,
                holdingBack: holdsBack,
                evenLocked: holdsBackLocked
            )
        }
    }
}
