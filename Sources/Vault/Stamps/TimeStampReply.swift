import Domain
import SwiftASN1
import X509

/// A reply of a time-stamp authority, taken apart (RFC 3161, section 2.4.2; RFC 5652, section 5).
///
/// Nothing in it is believed before ``verify(imprint:nonce:)`` has returned its signer.
struct TimeStampReply {
    /// A longer reply is none.
    static let longest = 1 << 16

    /// What the authority states.
    struct Statement {
        var algorithm: ASN1ObjectIdentifier
        var imprint: [UInt8]
        var time: GeneralizedTime
        var nonce: [UInt8]?
    }

    /// Who signed it, and how.
    struct Signer {
        /// The serial number of the certificate, where it is named by that.
        var serial: [UInt8]?
        var digest: ASN1ObjectIdentifier
        /// The signed attributes as they are signed, and each by its name.
        var attributes: [UInt8]
        var values: [ASN1ObjectIdentifier: [ASN1Node]]
        var algorithm: ASN1ObjectIdentifier
        var signature: [UInt8]
    }

    /// The statement's bytes, over which the attributes have a digest.
    let content: [UInt8]
    let statement: Statement
    let signer: Signer
    let certificates: [Certificate]

    init(_ bytes: [UInt8]) throws(StampFault) {
        guard bytes.count <= Self.longest else { throw StampFault("has \(bytes.count) bytes") }
        var reply = try ASN1Fields(try StampFault.reading { try DER.parse(bytes) })
        try Self.checkStatus(try reply.sequence())
        var token = try reply.sequence()
        guard try token.name() == StampName.signedData else { throw StampFault("holds no signed data") }
        var wrapped = try ASN1Fields(try token.next(ASN1Fields.tag(0)), ASN1Fields.tag(0))
        var signed = try wrapped.sequence()
        _ = try signed.number()
        _ = try signed.next(.set)
        var encapsulated = try signed.sequence()
        guard try encapsulated.name() == StampName.stampContent else { throw StampFault("holds no time-stamp") }
        var inner = try ASN1Fields(try encapsulated.next(ASN1Fields.tag(0)), ASN1Fields.tag(0))
        content = try inner.bytes()
        certificates = try Self.certificates(signed.optional(ASN1Fields.tag(0)))
        _ = signed.optional(ASN1Fields.tag(1))
        var signers = try ASN1Fields(try signed.next(.set), .set)
        signer = try Self.signer(try signers.sequence())
        guard signers.others().isEmpty else { throw StampFault("is signed by more than one") }
        statement = try Self.statement(content)
    }

    private static func checkStatus(_ fields: ASN1Fields) throws(StampFault) {
        var fields = fields
        let status = try fields.number()
        guard status == [0] || status == [1] else {
            throw StampFault("is a refusal with status \(status.map(String.init).joined(separator: "."))")
        }
    }

    private static func certificates(_ node: ASN1Node?) throws(StampFault) -> [Certificate] {
        guard let node else { return [] }
        var fields = try ASN1Fields(node, ASN1Fields.tag(0))
        // Other forms of certificates may stand among them; the chain is made of those that can be read.
        return fields.others().compactMap { try? Certificate(derEncoded: $0) }
    }

    private static func signer(_ fields: ASN1Fields) throws(StampFault) -> Signer {
        var fields = fields
        _ = try fields.number()
        var serial: [UInt8]?
        if let named = fields.optional(.sequence) {
            var issuer = try ASN1Fields(named)
            _ = try issuer.next(.sequence)
            serial = try issuer.number()
        } else {
            _ = try fields.next(ASN1Fields.tag(0))
        }
        var digest = try fields.sequence()
        let attributes = try fields.next(ASN1Fields.tag(0))
        var algorithm = try fields.sequence()
        return Signer(
            serial: serial,
            digest: try digest.name(),
            // They are signed as the set that they are, not under the tag that they have here.
            attributes: [0x31] + Array(attributes.encodedBytes.dropFirst()),
            values: try values(of: attributes),
            algorithm: try algorithm.name(),
            signature: try fields.bytes()
        )
    }

    private static func values(of attributes: ASN1Node) throws(StampFault) -> [ASN1ObjectIdentifier: [ASN1Node]] {
        var values: [ASN1ObjectIdentifier: [ASN1Node]] = [:]
        var fields = try ASN1Fields(attributes, ASN1Fields.tag(0))
        for node in fields.others() {
            var attribute = try ASN1Fields(node)
            let name = try attribute.name()
            var set = try ASN1Fields(try attribute.next(.set), .set)
            guard values.updateValue(set.others(), forKey: name) == nil else {
                throw StampFault("has an attribute twice")
            }
        }
        return values
    }

    private static func statement(_ content: [UInt8]) throws(StampFault) -> Statement {
        var fields = try ASN1Fields(try StampFault.reading { try DER.parse(content) })
        guard try fields.number() == [1] else { throw StampFault("is of another version than 1") }
        _ = try fields.name()
        var imprint = try fields.sequence()
        var algorithm = try imprint.sequence()
        let (name, digest) = (try algorithm.name(), try imprint.bytes())
        _ = try fields.number()
        let time = try fields.next(.generalizedTime)
        _ = fields.optional(.sequence)
        _ = fields.optional(.boolean)
        let nonce = try fields.optional(.integer).map { (node) throws(StampFault) in
            guard case .primitive(let bytes) = node.content else { throw StampFault("has a nonce that is no number") }
            return Array(bytes)
        }
        return Statement(
            algorithm: name,
            imprint: digest,
            time: try StampFault.reading { try GeneralizedTime(derEncoded: time) },
            nonce: nonce
        )
    }
}
