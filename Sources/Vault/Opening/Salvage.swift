import Domain

/// Opens for reading what is sound of a damaged vault.
///
/// Which leaves are sound is found out as verification finds it; what they speak of is checked when it is read.
struct Salvage {
    let layout: VaultLayout
    let objects: ObjectStore?

    /// Whether anything of a ledger is there.
    static func isVault(_ layout: VaultLayout) -> Bool {
        layout.ledger.has(LedgerWriter.checkpointName) || layout.ledger.has("tile")
    }

    /// `fault` is why the vault could not be opened as a sound one; it is named where nothing else is.
    func open(because fault: VaultError) throws(VaultError) -> Vault {
        var ledger = LedgerVerification(layout.ledger, isBeingWritten: layout.isLocked)
        try ledger.run()
        let unsigned = Checkpoint(
            origin: ledger.key?.name ?? "",
            size: ledger.folded,
            root: ledger.roots[ledger.folded]?.entries ?? MerkleHash.empty,
            text: ""
        )
        let checkpoint = ledger.checkpoint.flatMap { $0.size == ledger.folded ? $0 : nil } ?? unsigned
        let files = LedgerFiles(
            folder: layout.ledger,
            checkpoint: checkpoint,
            pending: ledger.pending,
            lost: ledger.unsound
        )
        let index = PayloadIndex(files)
        var scan = LedgerScan()
        var findings = ledger.faults
        findings += try scan.salvage(files, into: index)
        let segments = layout.store(try StoredIndex(scan.fates, files), objects)
        findings += layout.findings(scan.ends, in: segments, madeBy: nil)
        if findings.isEmpty { findings.append(.init(leaf: files.size, fault)) }
        return try Vault(reading: files, scan, index, segments, key: ledger.key, layout, findings)
    }
}
