import Crypto
import Domain
import Foundation

/// The key that signs a ledger's checkpoints: Ed25519, named by the ledger's origin (C2SP signed-note).
struct SigningKey: Sendable {
    let name: String
    private let key: Curve25519.Signing.PrivateKey

    /// A new key for a ledger that has never been.
    init() {
        key = Curve25519.Signing.PrivateKey()
        let identity = SHA256.hash(data: key.publicKey.rawRepresentation).prefix(8)
        name = "vault-" + identity.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + ".ajar.invalid"
    }

    /// Reads `PRIVATE+KEY+name+hash+base64`, the form that Go's note package uses too.
    init(text: String, path: String) throws(VaultError) {
        let parts = text.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: "+", maxSplits: 4)
        guard parts.count == 5, parts[0] == "PRIVATE", parts[1] == "KEY",
            let data = Data(base64Encoded: String(parts[4])),
            data.first == VerifyingKey.ed25519,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: data.dropFirst())
        else { throw VaultError(.key, "read the signing key", path: path) }
        (name, self.key) = (String(parts[2]), key)
        guard parts[3] == verifying.identityText else { throw VaultError(.key, "read the signing key", path: path) }
    }

    var text: String {
        let data = Data([VerifyingKey.ed25519]) + key.rawRepresentation
        return "PRIVATE+KEY+\(name)+\(verifying.identityText)+\(data.base64EncodedString())\n"
    }

    var verifying: VerifyingKey { VerifyingKey(name: name, key: key.publicKey.rawRepresentation) }

    /// What the file with the public key holds.
    var publicFile: [UInt8] { Array("\(verifying.text)\n".utf8) }

    /// The text with its signature: a signed note.
    func sign(_ text: String) throws(VaultError) -> String {
        do {
            let signature = try key.signature(for: Data(text.utf8))
            let blob = Data(verifying.identity) + signature
            return "\(text)\n\u{2014} \(name) \(blob.base64EncodedString())\n"
        } catch { throw VaultError(.key, "sign a checkpoint: \(error)") }
    }
}

extension SigningKey {
    /// The Ed25519 signature of a text that is no note, in base64. A note has three lines at least, and ends in a line
    /// feed: a text of one line can never be taken for one.
    func signature(ofLine text: String) throws(VaultError) -> String {
        guard !text.contains("\n") else { throw VaultError(.key, "sign a text of more than one line") }
        do { return try key.signature(for: Data(text.utf8)).base64EncodedString() } catch {
            throw VaultError(.key, "sign a line: \(error)")
        }
    }
}

extension VerifyingKey {
    /// The key as X.509 has it (RFC 8410): a fixed beginning, and its 32 bytes. In base64.
    var encoded: String {
        (Data([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]) + key).base64EncodedString()
    }

    /// Whether the key signed the line.
    func signed(line text: String, _ signature: String) -> Bool {
        guard let bytes = Data(base64Encoded: signature), bytes.base64EncodedString() == signature,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key)
        else { return false }
        return key.isValidSignature(bytes, for: Data(text.utf8))
    }
}

/// The public half, which anyone may hold to check checkpoints.
struct VerifyingKey: Hashable, Sendable {
    /// C2SP signed-note's number for Ed25519.
    static let ed25519: UInt8 = 1

    let name: String
    let key: Data

    init(name: String, key: Data) {
        self.name = name
        self.key = key
    }

    /// Reads `name+hash+base64` (a "vkey").
    init?(text: String) {
        let parts = text.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: "+", maxSplits: 2)
        guard parts.count == 3, let data = Data(base64Encoded: String(parts[2])), data.count == 33,
            data.first == Self.ed25519
        else { return nil }
        self.init(name: String(parts[0]), key: Data(data.dropFirst()))
        guard parts[1] == identityText else { return nil }
    }

    /// The four bytes by which a signature names its key.
    var identity: [UInt8] {
        Array(SHA256.hash(data: Data(name.utf8) + [0x0a, Self.ed25519] + key).prefix(4))
    }

    var identityText: String { identity.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    var text: String { "\(name)+\(identityText)+\((Data([Self.ed25519]) + key).base64EncodedString())" }

    /// The text of a note that this key signed; nil when it did not.
    func open(note: String) -> String? {
        // The text, an empty line, the line of the signature, and its end.
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        let mark = "\u{2014} \(name) "
        guard lines.count >= 4, lines[lines.count - 1].isEmpty, lines[lines.count - 3].isEmpty,
            lines[lines.count - 2].hasPrefix(mark)
        else { return nil }
        let text = lines.dropLast(3).joined(separator: "\n") + "\n"
        let encoded = String(lines[lines.count - 2].dropFirst(mark.count))
        guard let blob = Data(base64Encoded: encoded), blob.base64EncodedString() == encoded, blob.count == 68,
            Array(blob.prefix(4)) == identity,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key),
            key.isValidSignature(blob.dropFirst(4), for: Data(text.utf8))
        else { return nil }
        return text
    }
}
