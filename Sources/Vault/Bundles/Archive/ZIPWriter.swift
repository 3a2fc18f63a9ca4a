import Crypto
import Domain

/// Writes a ZIP archive of stored files, each streamed from its beginning to its end.
final class ZIPWriter {
    /// A place to which a file in the making can be taken back.
    struct Mark {
        fileprivate var length: UInt64
        fileprivate var hash: SHA256
        fileprivate var crc: CRC32
    }

    private static let gathered = 1 << 18

    private let file: OpenFile
    private var end: UInt64 = 0
    private var waiting: [UInt8] = []
    private var entries: [ZIPEntry] = []
    private var open: (entry: ZIPEntry, hash: SHA256, crc: CRC32)?

    init(_ path: String) throws(VaultError) {
        file = try OpenFile(path, for: .making)
    }

    /// Begins a file. Its sizes have 64-bit fields when it may have more than `most` bytes that 32 bits can count.
    func begin(_ name: String, upTo most: UInt64) throws(VaultError) {
        let entry = ZIPEntry(name: name, crc: 0, size: 0, offset: end, isLarge: most >= ZIPEntry.large)
        open = (entry, SHA256(), CRC32())
        // The header is written again when the sizes are known.
        try put(entry.localHeader)
    }

    func append(_ bytes: [UInt8]) throws(VaultError) {
        open?.hash.update(data: bytes)
        open?.crc.update(bytes)
        open?.entry.size += UInt64(bytes.count)
        try put(bytes)
    }

    /// The bytes that the open file has so far.
    var length: UInt64 { open?.entry.size ?? 0 }

    var mark: Mark? { open.map { Mark(length: $0.entry.size, hash: $0.hash, crc: $0.crc) } }

    /// Forgets what the open file got since the mark.
    func takeBack(to mark: Mark) throws(VaultError) {
        try flush()
        end -= length - mark.length
        open?.entry.size = mark.length
        open?.hash = mark.hash
        open?.crc = mark.crc
    }

    /// Ends the open file; its SHA-256 and length.
    func close() throws(VaultError) -> (digest: Domain.Digest, length: UInt64) {
        guard let open else { throw VaultError(.closed, "end a file of an archive") }
        var entry = open.entry
        guard entry.isLarge || entry.size < ZIPEntry.large else { throw VaultError(.tooLong, "end \(entry.name)") }
        try flush()
        entry.crc = open.crc.value
        try file.write(entry.localHeader, at: entry.offset)
        entries.append(entry)
        self.open = nil
        return (Domain.Digest(open.hash.finalize()), entry.size)
    }

    /// Writes the directory.
    func finish() throws(VaultError) {
        let directory = ZIPEntry.directory(of: entries, at: end)
        try put(directory)
        try flush()
        try file.truncate(to: end)
    }

    private func put(_ bytes: [UInt8]) throws(VaultError) {
        waiting += bytes
        end += UInt64(bytes.count)
        if waiting.count >= Self.gathered { try flush() }
    }

    private func flush() throws(VaultError) {
        guard !waiting.isEmpty else { return }
        try file.write(waiting, at: end - UInt64(waiting.count))
        waiting.removeAll(keepingCapacity: true)
    }
}
