import Crypto
import Domain
import Foundation

/// The private half of a ``Recipient``: whoever has it reads what was encrypted to it.
///
/// Its file holds one line, `PRIVATE+KEY+ajar-lock+ID+BASE64`, and belongs anywhere but into the case.
package struct RecipientKey: Sendable {
    /// A longer file is none.
    private static let longest: UInt64 = 1_024
    private static let front = "PRIVATE+KEY+"

    let key: Curve25519.KeyAgreement.PrivateKey

    /// A new key.
    package init() {
        key = Curve25519.KeyAgreement.PrivateKey()
    }

    /// Reads a key's file.
    package init(file path: String) throws(VaultError) {
        let file = try OpenFile(path, for: .reading)
        guard try file.size() <= Self.longest else { throw Self.unreadable(path) }
        let text = String(decoding: try file.readAll(), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        let parts = text.split(separator: "+", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, text.hasPrefix(Self.front), let bytes = Data(base64Encoded: String(parts[4])),
            let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
        else { throw Self.unreadable(path) }
        self.key = key
        guard self.text == text + "\n" else { throw Self.unreadable(path) }
    }

    private static func unreadable(_ path: String) -> VaultError {
        VaultError(.key, "read a recipient's private key", path: path)
    }

    package var recipient: Recipient { Recipient(key: key.publicKey.rawRepresentation) }

    private var text: String {
        "\(Self.front)\(Recipient.mark)+\(recipient.id)+\(key.rawRepresentation.base64EncodedString())\n"
    }

    /// Writes a new file that nobody but its owner can read; throws `exists` where there is one already.
    package func write(to path: String) throws(VaultError) {
        let file: OpenFile
        do throws(VaultError) { file = try OpenFile(path, for: .making, permissions: 0o600) } catch {
            guard error.code == .system(EEXIST) else { throw error }
            throw VaultError(.exists, "make a key where there is something already", path: path)
        }
        try file.write(Array(text.utf8), at: 0)
        try file.sync()
        try Folder(path.splitLast.folder).sync()
    }
}
