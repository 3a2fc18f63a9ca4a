package import Domain

/// The encrypted bytes of withheld records, each in a file of its own beside the segments: `locked/<leaf>`, by the leaf of
/// the record.
struct LockedFiles {
    let folder: Folder
    private let segments: Folder

    init(_ layout: VaultLayout) {
        (folder, segments) = (layout.locked, layout.segments)
    }

    static func name(_ leaf: UInt64) -> String { "\(leaf)" }

    /// Encrypts what a leaf's record holds behind its HTTP header. The name is durable only after the folder's `sync()`.
    func lock(_ leaf: Leaf, _ place: Leaf.Place, to recipient: Recipient) throws(VaultError) -> Lock {
        let (start, length) = Erasure.payload(of: leaf, place)
        let segment = try OpenFile(segments.path(Segment.name(place.segment)), for: .reading)
        var writer = try LockWriter(for: leaf, length: length, to: recipient)
        var digest: Digest?
        try folder.make(permissions: 0o700)
        try folder.replace(Self.name(leaf.number), permissions: 0o600) { file throws(VaultError) in
            digest = try writer.write(FileSpan(file: segment, offset: start, length: length), to: file)
        }
        guard let digest else { throw VaultError(.damaged, "encrypt the record of leaf \(leaf.number)") }
        return Lock(recipient: recipient, digest: digest)
    }

    func file(of leaf: UInt64) throws(VaultError) -> OpenFile {
        let path = folder.path(Self.name(leaf))
        do throws(VaultError) { return try OpenFile(path, for: .reading) } catch {
            guard error.code == .missing else { throw error }
            throw VaultError(.damaged, "find what was encrypted", path: path)
        }
    }

    /// Whether the file is there as it was written.
    func holds(_ lock: Lock, of leaf: UInt64) -> Bool {
        // A file that cannot be read holds nothing to rely on.
        (try? file(of: leaf).digest()) == lock.digest
    }

    /// Overwrites a file with zeros and takes it away; nothing is left that the key would open. What a disk or a file system
    /// keeps of older contents is not in its hands. Does nothing where there is none.
    func destroy(_ leaf: UInt64) throws(VaultError) {
        guard folder.has(Self.name(leaf)) else { return }
        let file = try OpenFile(folder.path(Self.name(leaf)), for: .changing)
        let (length, zeros) = (try file.size(), [UInt8](repeating: 0, count: LockHeader.piece))
        var position: UInt64 = 0
        while position < length {
            let count = Int(min(length - position, UInt64(zeros.count)))
            try file.write(zeros.prefix(count), at: position)
            position += UInt64(count)
        }
        try file.sync()
        try remove([leaf])
    }

    /// Takes away what was written for a withholding that did not come about.
    func remove(_ leaves: [UInt64]) throws(VaultError) {
        for leaf in leaves { try folder.remove(Self.name(leaf)) }
        if !leaves.isEmpty { try folder.sync() }
    }
}

/// To whose key the bytes of a record are encrypted, and the SHA-256 of the file that has them.
package struct Lock: Hashable, Codable, Sendable {
    package var recipient: Recipient
    package var digest: Digest
}
