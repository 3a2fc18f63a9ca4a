import Crypto
import Domain
import Foundation

/// Encrypts the bytes of a record to a recipient's key (HPKE, RFC 9180, base mode), piece by piece.
struct LockWriter {
    static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly

    private var sender: HPKE.Sender
    private let header: LockHeader

    /// Makes a key for this file alone, of which only the recipient's half can be found again.
    init(for leaf: Leaf, length: UInt64, to recipient: Recipient) throws(VaultError) {
        guard let record = leaf.record, let block = leaf.block else {
            throw VaultError(.damaged, "find the record of leaf \(leaf.number)")
        }
        var header = LockHeader(
            recipient: recipient,
            record: record,
            block: block,
            length: length,
            encapsulated: Data()
        )
        do {
            let key = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: recipient.key)
            guard try Self.hasHalf(key) else {
                throw VaultError(.key, "encrypt to the key \(recipient.id): everyone could read it")
            }
            sender = try HPKE.Sender(recipientKey: key, ciphersuite: Self.suite, info: Data(header.info.utf8))
        } catch let error as VaultError { throw error } catch {
            throw VaultError(.key, "encrypt to the key \(recipient.id): \(error)")
        }
        header.encapsulated = sender.encapsulatedKey
        self.header = header
    }

    /// Whether a secret can be shared with the key's holder alone. With points of small order it is zero for everyone, and
    /// RFC 9180, section 7.1.4, wants them refused.
    private static func hasHalf(_ key: Curve25519.KeyAgreement.PublicKey) throws -> Bool {
        let secret = try Curve25519.KeyAgreement.PrivateKey().sharedSecretFromKeyAgreement(with: key)
        return secret.withUnsafeBytes { $0.contains { $0 != 0 } }
    }

    /// Writes it all to a new file, durably, and gives the file's SHA-256. Memory does not grow with the bytes.
    mutating func write(_ bytes: FileSpan, to file: OpenFile) throws(VaultError) -> Domain.Digest {
        var (hash, end, position) = (SHA256(), UInt64(0), UInt64(0))
        func put(_ bytes: [UInt8]) throws(VaultError) {
            hash.update(data: bytes)
            try file.write(bytes, at: end)
            end += UInt64(bytes.count)
        }
        try put(header.bytes)
        while position < header.length {
            let wanted = Int(min(UInt64(LockHeader.piece), header.length - position))
            let piece = try bytes.read(at: position, upTo: wanted)
            guard piece.count == wanted else {
                throw VaultError(.damaged, "read what is to be encrypted", path: bytes.file.path)
            }
            try put(try seal(piece))
            position += UInt64(piece.count)
        }
        try file.sync()
        return Domain.Digest(hash.finalize())
    }

    private mutating func seal(_ piece: [UInt8]) throws(VaultError) -> [UInt8] {
        do { return Array(try sender.seal(piece)) } catch {
            throw VaultError(.key, "encrypt to the key \(header.recipient.id): \(error)")
        }
    }
}
