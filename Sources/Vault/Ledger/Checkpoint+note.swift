import Domain
import Foundation

extension Checkpoint {
    /// Signs the tree as it is now.
    init(origin: String, size: UInt64, root: Digest, signedBy key: SigningKey) throws(VaultError) {
        let body = "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n"
        self.init(origin: origin, size: size, root: root, text: try key.sign(body))
    }

    /// Reads a signed note; nil when it is no checkpoint or the key did not sign it.
    init?(note: String, key: VerifyingKey) {
        guard let body = key.open(note: note) else { return nil }
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, lines[0] == key.name, lines[3].isEmpty, let size = UInt64(lines[1]),
            String(size) == lines[1], let data = Data(base64Encoded: String(lines[2])), let root = Digest(bytes: data)
        else { return nil }
        self.init(origin: key.name, size: size, root: root, text: note)
    }
}
