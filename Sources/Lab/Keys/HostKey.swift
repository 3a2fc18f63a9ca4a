import Crypto
import Domain
import Foundation

extension Blueprint {
    /// The SSH host key of a host, drawn from the seed, in OpenSSH's own private key format (PROTOCOL.key).
    func hostKey(for host: World.Host) throws(LabError) -> [UInt8] {
        let secret = seed.bytes(for: "ssh host key \(host.name)")
        let key: Curve25519.Signing.PrivateKey
        do {
            key = try Curve25519.Signing.PrivateKey(rawRepresentation: secret)
        } catch {
            throw LabError(.environment, "cannot make an SSH host key: \(error)", at: host.name)
        }
        let publicKey = [UInt8](key.publicKey.rawRepresentation)
        let publicBlob = Self.string(Array("ssh-ed25519".utf8)) + Self.string(publicKey)
        // Two equal check numbers tell OpenSSH that the (empty) encryption was undone rightly.
        let check = Array(seed.bytes(for: "ssh check \(host.name)").prefix(4))
        var secretPart =
            check + check + publicBlob + Self.string(secret + publicKey) + Self.string(Array(host.name.utf8))
        for pad in 1...8 where secretPart.count % 8 != 0 { secretPart.append(UInt8(pad)) }
        let none = Self.string(Array("none".utf8))
        let blob =
            Array("openssh-key-v1\0".utf8) + none + none + Self.string([]) + [0, 0, 0, 1]
            + Self.string(publicBlob) + Self.string(secretPart)
        let text = Data(blob).base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
        return Array("-----BEGIN OPENSSH PRIVATE KEY-----\n\(text)\n-----END OPENSSH PRIVATE KEY-----\n".utf8)
    }

    /// A `string` of RFC 4251: its length in four bytes, then its bytes.
    private static func string(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt32(bytes.count)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + bytes
    }
}
