import Crypto
import Domain
import SwiftASN1

/// What a time-stamp authority is asked (RFC 3161, section 2.4.1): the SHA-256 of a checkpoint's note, with a nonce, and
/// for the certificates that the answer is to be checked with.
package struct TimeStampQuery: Hashable, Sendable {
    /// The media types of a query and of a reply (RFC 3161, section 3.4).
    package static let contentType = "application/timestamp-query"
    package static let replyType = "application/timestamp-reply"

    package let checkpoint: Checkpoint
    let nonce: UInt64
    /// The query in DER.
    package let bytes: [UInt8]

    /// The nonce has its highest bit clear, so that it is a positive number of eight bytes.
    init(_ checkpoint: Checkpoint, nonce: UInt64 = .random(in: 1 << 56..<1 << 63)) throws(VaultError) {
        (self.checkpoint, self.nonce) = (checkpoint, nonce)
        do {
            var der = DER.Serializer()
            try der.appendConstructedNode(identifier: .sequence) { query in
                try query.serialize(1)
                try query.appendConstructedNode(identifier: .sequence) { imprint in
                    try imprint.appendConstructedNode(identifier: .sequence) { algorithm in
                        try algorithm.serialize(StampName.sha256)
                        try algorithm.serialize(ASN1Null())
                    }
                    try imprint.serialize(ASN1OctetString(contentBytes: checkpoint.imprint.bytes[...]))
                }
                try query.serialize(nonce)
                try query.serialize(true)
            }
            bytes = der.serializedBytes
        } catch { throw VaultError(.tooLong, "ask for a time-stamp: \(error)") }
    }
}

extension Checkpoint {
    /// What time-stamps of it are taken over.
    var imprint: Domain.Digest { Domain.Digest(of: Array(text.utf8)) }
}

/// The names that the standards give (RFC 3161, 5652, 5035, 5754, 8017, 8410).
enum StampName {
    static let sha256: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 1]
    static let sha384: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 2]
    static let sha512: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 3]
    static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 2]
    static let stampContent: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 1, 4]
    static let contentType: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 3]
    static let messageDigest: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 4]
    static let signingCertificate: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 2, 12]
    static let signingCertificateV2: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 2, 47]
    static let rsa: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 1]
    static let rsaSHA256: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 11]
    static let rsaSHA384: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 12]
    static let rsaSHA512: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 13]
    static let ecdsaSHA256: ASN1ObjectIdentifier = [1, 2, 840, 10_045, 4, 3, 2]
    static let ecdsaSHA384: ASN1ObjectIdentifier = [1, 2, 840, 10_045, 4, 3, 3]
    static let ecdsaSHA512: ASN1ObjectIdentifier = [1, 2, 840, 10_045, 4, 3, 4]
    static let ed25519: ASN1ObjectIdentifier = [1, 3, 101, 112]
}
