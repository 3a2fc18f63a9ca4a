import Crypto
import Domain

/// The digests of a body while it goes by.
///
/// A chunked body's content is trusted only when taking the raw bytes out of their chunks gives the same: otherwise the
/// payload is the raw body, so that what was sealed can always be read back and checked.
struct BodyHashes {
    /// Raw bytes so far.
    private(set) var length: UInt64 = 0
    private var contentLength: UInt64 = 0
    private var hasBegun = false
    private var isChunked = false
    private var decoder: ChunkedDecoder? = ChunkedDecoder()
    private var block = SHA256()
    private var raw = SHA256()
    private var content = SHA256()
    private var decoded = SHA256()

    /// Begins with the HTTP header, which is part of the block.
    mutating func begin(_ head: [UInt8]) {
        guard !hasBegun else { return }
        hasBegun = true
        block.update(data: head)
    }

    mutating func update(raw bytes: [UInt8], content pieces: [UInt8]) {
        if length == 0 { isChunked = bytes != pieces }
        length += UInt64(bytes.count)
        block.update(data: bytes)
        raw.update(data: bytes)
        guard isChunked else { return }
        content.update(data: pieces)
        contentLength += UInt64(pieces.count)
        do { if let piece = try decoder?.decode(bytes) { decoded.update(data: piece) } } catch { decoder = nil }
    }

    mutating func finish() -> (block: Domain.Digest, payload: Leaf.Payload) {
        let (block, raw) = (Domain.Digest(block.finalize()), Domain.Digest(raw.finalize()))
        let content = content.finalize()
        guard isChunked, decoder != nil, decoded.finalize() == content else {
            return (block, Leaf.Payload(digest: raw, length: length, head: 0, isChunked: false))
        }
        return (block, Leaf.Payload(digest: Domain.Digest(content), length: contentLength, head: 0, isChunked: true))
    }
}
