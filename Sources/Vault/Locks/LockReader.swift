import Crypto
import Domain
import Foundation

/// Decrypts a locked file from its start to its end.
///
/// Each piece is authentic when it is returned; that all of them are there was known from the file's length before.
struct LockReader {
    let header: LockHeader

    private let file: FileSpan
    private var recipient: HPKE.Recipient
    /// Where the next piece begins, and how many bytes are still to be decrypted.
    private var position: UInt64
    private var rest: UInt64

    init(_ span: FileSpan, with key: RecipientKey) throws(VaultError) {
        let (file, front) = (span.file, try span.read(at: 0, upTo: LockHeader.longest))
        guard let header = LockHeader(beginningOf: front) else {
            throw VaultError(.damaged, "read the header of a locked file", path: file.path)
        }
        guard header.recipient == key.recipient else {
            let keys = "to the key \(header.recipient.id), and this is the key \(key.recipient.id)"
            throw VaultError(.key, "decrypt what is encrypted \(keys)", path: file.path)
        }
        guard span.length == header.fileLength else {
            throw VaultError(.damaged, "find the whole of a locked file", path: file.path)
        }
        do {
            recipient = try HPKE.Recipient(
                privateKey: key.key,
                ciphersuite: LockWriter.suite,
                info: Data(header.info.utf8),
                encapsulatedKey: header.encapsulated
            )
        } catch { throw VaultError(.damaged, "decrypt a locked file: \(error)", path: file.path) }
        self.header = header
        self.file = span
        position = UInt64(header.bytes.count)
        rest = header.length
    }

    /// The next piece; nil at the end. Throws `damaged` when it is not what the sender encrypted at this place.
    mutating func next() throws(VaultError) -> [UInt8]? {
        guard rest > 0 else { return nil }
        let count = Int(min(rest, UInt64(LockHeader.piece)))
        let sealed = try file.read(at: position, upTo: count + LockHeader.tag)
        position += UInt64(sealed.count)
        rest -= UInt64(count)
        do { return Array(try recipient.open(sealed)) } catch {
            throw VaultError(.damaged, "decrypt a locked file: \(error)", path: file.file.path)
        }
    }
}
