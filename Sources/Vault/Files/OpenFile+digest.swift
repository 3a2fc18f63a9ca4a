import Crypto
import Domain

extension OpenFile {
    /// The SHA-256 of the whole file, or of `count` bytes from `offset`; nil when the file ends before.
    func digest(from offset: UInt64, count: UInt64) throws(VaultError) -> Domain.Digest? {
        var hash = SHA256()
        let end = offset + count
        var position = offset
        while position < end {
            let bytes = try read(at: position, upTo: Int(min(end - position, 1 << 20)))
            guard !bytes.isEmpty else { return nil }
            hash.update(data: bytes)
            position += UInt64(bytes.count)
        }
        return Domain.Digest(hash.finalize())
    }

    func digest() throws(VaultError) -> Domain.Digest? { try digest(from: 0, count: size()) }
}
