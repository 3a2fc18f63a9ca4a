import Crypto
package import Domain

/// A file that is written once, from its beginning to its end, and hashed on its way to the disk.
package final class NewFile {
    private static let gathered = 1 << 18

    private let file: OpenFile
    private var hash = SHA256()
    private var waiting: [UInt8] = []
    /// The bytes that were given so far.
    package private(set) var length: UInt64 = 0

    /// A place to which the file can be taken back.
    struct Mark {
        fileprivate let length: UInt64
        fileprivate let hash: SHA256
    }

    init(_ path: String) throws(VaultError) {
        file = try OpenFile(path, for: .making)
    }

    package func append(_ bytes: [UInt8]) throws(VaultError) {
        hash.update(data: bytes)
        length += UInt64(bytes.count)
        waiting += bytes
        if waiting.count >= Self.gathered { try flush() }
    }

    package func append(_ text: String) throws(VaultError) { try append(Array(text.utf8)) }

    var mark: Mark { Mark(length: length, hash: hash) }

    /// Forgets what it got since the mark.
    func takeBack(to mark: Mark) throws(VaultError) {
        try flush()
        try file.truncate(to: mark.length)
        (length, hash) = (mark.length, mark.hash)
    }

    /// Adds the bytes of another file when they have this SHA-256; else it stays as it was. Says which.
    func append(_ span: FileSpan, when digest: Domain.Digest) throws(VaultError) -> Bool {
        let before = mark
        var (sum, position) = (SHA256(), UInt64(0))
        while position < span.length {
            let bytes = try span.read(at: position, upTo: 1 << 20)
            guard !bytes.isEmpty else { break }
            sum.update(data: bytes)
            try append(bytes)
            position += UInt64(bytes.count)
        }
        if Domain.Digest(sum.finalize()) == digest { return true }
        try takeBack(to: before)
        return false
    }

    /// Writes what waits, and gives the SHA-256 of the whole.
    package func finish() throws(VaultError) -> Domain.Digest {
        try flush()
        return Domain.Digest(hash.finalize())
    }

    /// What was written, to be read again.
    func written() throws(VaultError) -> FileSpan {
        try flush()
        return FileSpan(file: file, offset: 0, length: length)
    }

    private func flush() throws(VaultError) {
        guard !waiting.isEmpty else { return }
        try file.write(waiting, at: length - UInt64(waiting.count))
        waiting.removeAll(keepingCapacity: true)
    }
}
