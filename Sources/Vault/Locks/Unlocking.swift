import Crypto
import Domain

/// Decrypts the bytes of one withheld record into a new file that only its owner can read.
///
/// The file appears when the bytes have the SHA-256 that the ledger has, or not at all.
struct Unlocking {
    /// The leaf of the record.
    let leaf: Leaf
    let key: RecipientKey

    /// Returns how many bytes they are.
    func decrypt(_ locked: FileSpan, to path: String) throws(VaultError) -> UInt64 {
        let output = Folder(path.splitLast.folder)
        guard !output.has(path.splitLast.name) else {
            throw VaultError(.exists, "write where there is something already", path: path)
        }
        var reader = try LockReader(locked, with: key)
        guard reader.header.isOf(leaf) else {
            throw VaultError(.damaged, "decrypt the record of leaf \(leaf.number) from another's file")
        }
        var length: UInt64 = 0
        try output.replace(path.splitLast.name, permissions: 0o600) { file throws(VaultError) in
            length = try decrypt(&reader, into: file)
        }
        try output.sync()
        return length
    }

    /// Takes the content out of its chunks where it came in them.
    private func decrypt(_ reader: inout LockReader, into file: OpenFile) throws(VaultError) -> UInt64 {
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
