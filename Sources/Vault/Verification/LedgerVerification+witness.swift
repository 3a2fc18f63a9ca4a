import Domain
import Foundation

extension LedgerVerification {
    /// The sizes at which the tree's root must be known: those of earlier checkpoints, and of the witness's.
    func sizesToNote() throws(VaultError) -> Set<UInt64> {
        Set(try signedBefore().map(\.size) + [witness?.size].compactMap(\.self))
    }

    /// The names in `signed/` that are sizes. Other names are foreign, and are found as such.
    func signedBefore() throws(VaultError) -> [(name: String, size: UInt64)] {
        try folder.folder(LedgerWriter.historyName).names().compactMap { name in
            UInt64(name).flatMap { String($0) == name ? (name, $0) : nil }
        }
    }

    /// Checks that the ledger still begins with what each earlier checkpoint signed for.
    mutating func verifyHistory() throws(VaultError) {
        for (name, size) in try signedBefore() {
            let file = "\(LedgerWriter.historyName)/\(name)"
            expected.insert(file)
            let note = (try? folder.read(file)).flatMap { String(validating: $0, as: UTF8.self) }
            guard let key, let note, let checkpoint = Checkpoint(note: note, key: key), checkpoint.size == size else {
                add(
                    file,
                    "is not signed by the ledger's key for \(size) leaves",
                    "what was signed at that time",
                    "what the ledger's checkpoint signs for"
                )
                continue
            }
            verify(checkpoint, file)
        }
    }

    private mutating func verify(_ checkpoint: Checkpoint, _ file: String) {
        let size = checkpoint.size
        guard size <= folded else {
            guard !isBeingWritten, size > self.size else { return }
            add(
                file,
                "signs for \(size) leaves, and the ledger has \(self.size)",
                "leaves that were taken away, unless this is an older copy",
                "the leaves that are there"
            )
            return
        }
        guard let roots = roots[size], roots.entries != checkpoint.root, roots.hashes != checkpoint.root else { return }
        add(
            file,
            "signs another root than the ledger's first \(size) leaves have",
            "the first \(size) leaves: others were signed for then",
            "records, by their own digests"
        )
    }

    /// What the published checkpoint says of the tree. Whether what the leaves speak of was changed is not looked at here.
    func witnessReport(_ checkpoint: Checkpoint?) -> WitnessReport? {
        guard let witness else { return nil }
        var report = WitnessReport(
            origin: witness.origin,
            size: witness.size,
            root: witness.root,
            verdict: .holds,
            ledger: key?.name ?? "unknown",
            leaves: folded
        )
        guard let key, witness.origin == key.name else {
            report.verdict = .foreign
            return report
        }
        guard let signed = Checkpoint(note: witness.note, key: key) else {
            report.verdict = .unsigned
            return report
        }
        guard signed.size <= folded, let roots = roots[signed.size] else {
            report.verdict = signed.size > folded ? .larger : .rewritten
            return report
        }
        if roots.entries != signed.root { report.verdict = roots.hashes == signed.root ? .changed : .rewritten }
        // A proof is shown only where it leads from the one to the other: tiles may be damaged where the leaves are not.
        if let checkpoint, checkpoint.size == folded, let proof = try? proof(from: signed.size),
            proof.holds(from: signed.root, to: checkpoint.root)
        {
            report.proof = proof.hashes.map { Data($0.bytes).base64EncodedString() }
        }
        return report
    }

    private func proof(from size: UInt64) throws(VaultError) -> ConsistencyProof {
        try ConsistencyProof(from: size, to: folded, in: LedgerFiles(unsigned: folder))
    }
}
