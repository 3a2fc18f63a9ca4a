package import Domain

extension Vault {
    /// Stores something that can be made again from what is sealed, such as a thumbnail. The ledger says nothing of it.
    package func storeDerived(_ bytes: [UInt8]) throws(VaultError) -> Digest {
        let digest = Digest(of: bytes)
        let (folder, name) = place(digest)
        guard !folder.has(name) else { return digest }
        try folder.make()
        try folder.replace(name, with: bytes, isDurable: false)
        return digest
    }

    /// What was stored under this SHA-256; nil when it is not there, or is no longer what was stored.
    package func derived(_ digest: Digest) -> [UInt8]? {
        let (folder, name) = place(digest)
        // Missing and damaged are the same to the caller: it makes the thing again.
        guard let bytes = try? folder.read(name), Digest(of: bytes) == digest else { return nil }
        return bytes
    }

    /// Removes what was made from something that is not to be shown.
    package func removeDerived(_ digest: Digest) throws(VaultError) {
        let (folder, name) = place(digest)
        try folder.remove(name)
    }

    private func place(_ digest: Digest) -> (folder: Folder, name: String) {
        let name = digest.description
        return (layout.derived.folder(String(name.prefix(2))), name)
    }
}
