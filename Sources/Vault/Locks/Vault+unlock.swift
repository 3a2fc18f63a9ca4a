import Crypto
package import Domain
import Glibc

/// What was decrypted, as it is told.
package struct Unlocked: Hashable, Codable, Sendable {
    /// The item, whose SHA-256 the decrypted bytes were found to have.
    package var item: Domain.Digest
    package var bytes: UInt64
    /// The leaf of the record that they were taken out of, and the one that says so.
    package var leaf: UInt64
    package var withheldBy: UInt64
    package var recipient: Recipient
}

extension Vault {
    /// To whom the bytes of a payload are encrypted; nil where they are not withheld so.
    package func lock(on payload: Domain.Digest) -> Lock? { lockedEntry(payload)?.withholding.lock }

    /// Decrypts a withheld item into a new file that only its owner can read. The file appears when the bytes were found to
    /// have the SHA-256 that the ledger has, or not at all. The case is left as it is.
    ///
    /// Nothing is said of it here: the caller seals that it is done, and has that signed, before.
    package func unlock(
        _ item: Domain.Digest,
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

    /// The first record that had the payload and is encrypted.
    private func lockedEntry(_ payload: Domain.Digest) -> WithheldIndex.Entry? {
        withheld.all.first { $0.withholding.payload == payload && $0.withholding.lock != nil }
    }

    private func decrypt(
        _ leaf: Leaf,
        _ withholding: Withholding,
        with key: RecipientKey,
        to path: String
    ) throws(VaultError) -> UInt64 {
        let output = Folder(path.splitLast.folder)
        guard !output.has(path.splitLast.name) else {
            throw VaultError(.exists, "write where there is something already", path: path)
        }
        let files = LockedFiles(layout)
        var length: UInt64 = 0
        do throws(VaultError) {
            var reader = try LockReader(files.file(of: leaf.number), with: key)
            guard reader.header.isOf(leaf) else {
                throw VaultError(.damaged, "decrypt the record of leaf \(leaf.number) from another's file")
            }
            try output.replace(path.splitLast.name, permissions: 0o600) { file throws(VaultError) in
                length = try Self.decrypt(&reader, leaf, into: file)
            }
        } catch {
            // The usual reason is told rather than what the cipher says.
            guard error.code == .damaged, let lock = withholding.lock, !files.holds(lock, of: leaf.number) else {
                throw error
            }
            let name = files.folder.path(LockedFiles.name(leaf.number))
            throw VaultError(.damaged, "decrypt a locked file that was changed or is not there", path: name)
        }
        try output.sync()
        return length
    }

    /// Takes the content out of its chunks where it came in them.
    private static func decrypt(
        _ reader: inout LockReader,
        _ leaf: Leaf,
        into file: OpenFile
    ) throws(VaultError) -> UInt64 {
        var chunks = leaf.payload?.isChunked == true ? ChunkedDecoder() : nil
        var (hash, length) = (SHA256(), UInt64(0))
        while let raw = try reader.next() {
            var content = raw
            if chunks != nil {
                do { content = try chunks?.decode(raw) ?? [] } catch {
                    throw VaultError(.damaged, "take the record of leaf \(leaf.number) out of its chunks")
                }
            }
            hash.update(data: content)
            try file.write(content, at: length)
            length += UInt64(content.count)
        }
        guard let digest = leaf.payload?.digest, Domain.Digest(hash.finalize()) == digest else {
            throw VaultError(.damaged, "decrypt the record of leaf \(leaf.number): its SHA-256 is another")
        }
        try file.sync()
        return length
    }
}

extension LockHeader {
    /// Whether the file is of this leaf's record.
    fileprivate func isOf(_ leaf: Leaf) -> Bool { record == leaf.record && block == leaf.block }
}
