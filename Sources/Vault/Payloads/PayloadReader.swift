import Crypto
import Domain

/// Reads a payload from its start to its end, piece by piece, and checks at the end that it is what was sealed.
///
/// It reads files where it is called: use it on a thread that may wait.
package final class PayloadReader {
    private static let piece = 1 << 20

    private let digest: Domain.Digest
    private let file: any SegmentBytes
    private var position: UInt64
    private let end: UInt64
    private var chunks: ChunkedDecoder?
    private var hash = SHA256()
    private var waiting: ArraySlice<UInt8> = []
    private var isChecked = false

    init(_ digest: Domain.Digest, at location: PayloadLocation, in file: any SegmentBytes) {
        self.digest = digest
        self.file = file
        let block = location.offset + UInt64(location.header)
        position = block + UInt64(location.head)
        end = block + location.block
        chunks = location.isChunked ? ChunkedDecoder() : nil
    }

    /// The next bytes, at most `limit`; nil at the end. Throws `damaged` when the bytes were not those that were sealed;
    /// what was returned before must then not be used.
    package func next(upTo limit: Int) throws(VaultError) -> [UInt8]? {
        while waiting.isEmpty, position < end { try fill(limit) }
        guard !waiting.isEmpty else {
            try check()
            return nil
        }
        let bytes = waiting.count <= limit ? Array(waiting) : Array(waiting.prefix(limit))
        waiting = waiting.dropFirst(bytes.count)
        return bytes
    }

    private func fill(_ limit: Int) throws(VaultError) {
        let count = min(end - position, UInt64(min(max(limit, 4_096), Self.piece)))
        let raw = try file.read(at: position, upTo: Int(count))
        guard !raw.isEmpty else { throw VaultError(.damaged, "read payload \(digest)", path: file.path) }
        position += UInt64(raw.count)
        var content = raw
        if chunks != nil {
            do { content = try chunks?.decode(raw) ?? [] } catch {
                throw VaultError(.damaged, "take payload \(digest) out of its chunks", path: file.path)
            }
        }
        hash.update(data: content)
        waiting = content[...]
    }

    private func check() throws(VaultError) {
        guard !isChecked else { return }
        isChecked = true
        guard Domain.Digest(hash.finalize()) == digest else {
            throw VaultError(.damaged, "read payload \(digest): its SHA-256 is another", path: file.path)
        }
    }
}
