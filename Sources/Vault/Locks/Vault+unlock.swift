package import Domain

/// What was decrypted, as it is told.
package struct Unlocked: Hashable, Codable, Sendable {
    /// The item, whose SHA-256 the decrypted bytes were found to have.
    package var item: Digest
    package var bytes: UInt64
    /// The leaf of the record that they were taken out of, and the one that says so.
    package var leaf: UInt64
    package var withheldBy: UInt64
    package var recipient: Recipient
}

extension Vault {
    /// To whom the bytes of a payload are encrypted; nil where they are not withheld so.
    package func lock(on payload: Digest) -> Lock? { lockedEntry(payload)?.withholding.lock }

    /// Decrypts a withheld item into a new file that only its owner can read. The file appears when the bytes were found to
    /// have the SHA-256 that the ledger has, or not at all. The case is left as it is.
    ///
    /// Nothing is said of it here: the caller seals that it is done, and has that signed, before.
    package func unlock(
        _ item: Digest,
        with key: RecipientKey,
        to path: String
    ) async throws(VaultError) -> Unlocked {
        try await blocking { () throws(VaultError) in
            guard let entry = self.lockedEntry(item), let recipient = entry.withholding.lock?.recipient else {
                let why = self.withheld[item].map { "it is \($0.sentence)" } ?? "it is not withheld"
                throw VaultError(.unknown, "decrypt \(item): \(why)")
            }
            let leaf = try self.files.leaf(entry.withholding.leaf)
            let bytes = try self.decrypt(leaf, entry.withholding, with: key, to: path)
            return Unlocked(
                item: item,
                bytes: bytes,
                leaf: leaf.number,
                withheldBy: entry.saidBy,
                recipient: recipient
            )
        }
    }

    /// What keeps the bytes of a leaf's payload encrypted: of its own record, or of the first that had that payload.
    func lockedEntry(of leaf: Leaf) -> WithheldIndex.Entry? {
        if let own = withheld[leaf: leaf.number] { return own.withholding.lock == nil ? nil : own }
        return leaf.payload.flatMap { lockedEntry($0.digest) }
    }

    /// The first record that had the payload and is encrypted.
    private func lockedEntry(_ payload: Digest) -> WithheldIndex.Entry? {
        // Most payloads are not withheld, and to look through all that are would take long.
        guard withheld[payload] != nil else { return nil }
        return withheld.all.first { $0.withholding.payload == payload && $0.withholding.lock != nil }
    }

    private func decrypt(
        _ leaf: Leaf,
        _ withholding: Withholding,
        with key: RecipientKey,
        to path: String
    ) throws(VaultError) -> UInt64 {
        let files = LockedFiles(layout)
        do throws(VaultError) {
            let file = try files.file(of: leaf.number)
            let span = FileSpan(file: file, offset: 0, length: try file.size())
            return try Unlocking(leaf: leaf, key: key).decrypt(span, to: path)
        } catch {
            // The usual reason is told rather than what the cipher says.
            guard error.code == .damaged, let lock = withholding.lock, !files.holds(lock, of: leaf.number) else {
                throw error
            }
            let name = files.folder.path(LockedFiles.name(leaf.number))
            throw VaultError(.damaged, "decrypt a locked file that was changed or is not there", path: name)
        }
    }
}
