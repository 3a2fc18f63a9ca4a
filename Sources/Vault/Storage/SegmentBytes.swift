import Crypto
import Domain

/// A segment that is open to be read, wherever its bytes lie: a file of the vault, or an object in the case's store.
protocol SegmentBytes: Sendable {
    /// The file, or the object's name, for whoever is told of a fault.
    var path: String { get }

    func size() throws(VaultError) -> UInt64

    /// What lies at `offset`; fewer bytes than asked for only at the end. Throws `unreachable` when nothing is known of
    /// the bytes because the store gives no answer: that is no damage.
    func read(at offset: UInt64, upTo count: Int) throws(VaultError) -> [UInt8]
}

extension SegmentBytes {
    /// The SHA-256 of `count` bytes from `offset`; nil when it ends before.
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

    /// The SHA-256 of all of it.
    func digest() throws(VaultError) -> Domain.Digest? { try digest(from: 0, count: size()) }
}

extension OpenFile: SegmentBytes {}
