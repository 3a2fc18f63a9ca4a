import Crypto
import Domain

/// Reads a copy in the store from its start to its end, and checks that it is what was sealed.
struct StoredReading {
    private static let piece = 8 << 20

    private let copy: StoredCopy
    private let store: ObjectStore
    private var hash = SHA256()
    /// How far it is, in bytes.
    private(set) var done: UInt64 = 0

    init(_ copy: StoredCopy, in store: ObjectStore) {
        (self.copy, self.store) = (copy, store)
    }

    /// The next bytes; nil at the end. Throws `damaged` when the bytes were not those that were sealed.
    mutating func next() throws(VaultError) -> [UInt8]? {
        guard done < copy.length else {
            guard Domain.Digest(hash.finalize()) == copy.digest else {
                throw VaultError(.damaged, "read \(copy.object): the store gives other bytes than were sealed")
            }
            return nil
        }
        let bytes = try store.read(copy.object, at: done, count: Self.piece, of: copy.length)
        hash.update(data: bytes)
        done += UInt64(bytes.count)
        return bytes
    }
}
