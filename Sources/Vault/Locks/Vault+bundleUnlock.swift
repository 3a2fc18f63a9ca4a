import Domain

extension Vault {
    /// Decrypts a withheld item of a bundle, without the case: into a new file that only its owner can read, and that appears
    /// only when the bytes have the SHA-256 that the signed ledger has. `item` is a SHA-256 or an address of one locked item.
    ///
    /// Throws `unknown` where the bundle has nothing encrypted by that name, or more than one thing. No ledger is told.
    package static func unlock(
        _ item: String,
        inBundle bundle: String,
        with key: RecipientKey,
        to path: String
    ) async throws(VaultError) -> Unlocked {
        try await blocking { () throws(VaultError) in
            let files = try BundleFiles(bundle)
            let found = try LockedItem.find(item, in: files)
            let span = try files.locked(found.part, of: found.leaf.number)
            guard let lock = found.withholding.lock, try span.digest() == lock.digest else {
                throw VaultError(.damaged, "decrypt a locked file that was changed", path: span.file.path)
            }
            return Unlocked(
                item: found.digest,
                bytes: try Unlocking(leaf: found.leaf, key: key).decrypt(span, to: path),
                leaf: found.leaf.number,
                withheldBy: found.saidBy,
                recipient: lock.recipient
            )
        }
    }
}

/// A record that a bundle has encrypted, with the proven leaf that says so.
private struct LockedItem {
    var leaf: Leaf
    var digest: Digest
    var part: ProofLine.Part
    var withholding: Withholding
    var saidBy: UInt64

    /// The first record of the one payload that a person means; every leaf is proven on the way to it.
    static func find(_ item: String, in files: BundleFiles) throws(VaultError) -> LockedItem {
        var report = BundleReport(format: "")
        var proofs = BundleProofs(
            checkpoint: try files.file(BundleLayout.checkpoint),
            key: try files.file(BundleLayout.key),
            &report
        )
        let (digest, address) = (Digest(item), WARCHeader.target(item))
        var records: [UInt64: (leaf: Leaf, digest: Digest, part: ProofLine.Part)] = [:]
        var found: [LockedItem] = []
        var lines = LineReader(try files.file(BundleLayout.proofs), longest: ProofLine.longest)
        while let bytes = try lines.next() {
            guard let (line, leaf) = proofs.verify(bytes, line: lines.count, &report) else { continue }
            if let part = line.locked, let payload = leaf.payload?.digest, payload == digest || leaf.target == address {
                records[leaf.number] = (leaf, payload, part)
            }
            guard let said = leaf.withholding, said.lock != nil, let record = records[said.leaf] else { continue }
            found.append(
                LockedItem(
                    leaf: record.leaf,
                    digest: record.digest,
                    part: record.part,
                    withholding: said,
                    saidBy: leaf.number
                )
            )
        }
        return try one(of: found, item, report)
    }

    private static func one(
        of found: [LockedItem],
        _ item: String,
        _ report: BundleReport
    ) throws(VaultError) -> LockedItem {
        let digests = Set(found.map(\.digest)).sorted()
        if digests.count > 1 {
            let all = digests.map(\.description).joined(separator: ", ")
            throw VaultError(.unknown, "decrypt \(item), of which the bundle has more than one: name one of \(all)")
        }
        guard let first = found.first else {
            let fault = report.faults.first.map { "; \($0.file): \($0.what)" } ?? ""
            throw VaultError(.unknown, "decrypt \(item): the bundle has nothing encrypted by that name\(fault)")
        }
        return first
    }
}
