import Crypto
import Domain
import Foundation
import SwiftASN1
@_spi(FixedExpiryValidationTime) import X509

extension TimeStampReply {
    /// When the authority says that it saw the checkpoint.
    var time: Date {
        get throws(StampFault) {
            var parts = DateComponents()
            parts.calendar = Calendar(identifier: .gregorian)
            parts.timeZone = TimeZone(secondsFromGMT: 0)
            (parts.year, parts.month, parts.day) = (statement.time.year, statement.time.month, statement.time.day)
            (parts.hour, parts.minute) = (statement.time.hours, statement.time.minutes)
            parts.second = statement.time.seconds
            guard let date = parts.date else { throw StampFault("has a time that is none") }
            return date
        }
    }

    /// Checks that it is over this digest, and that the certificate that it names has signed it; returns that certificate.
    /// Whether the certificate is to be believed is not looked at.
    func verify(imprint: Domain.Digest, nonce: UInt64? = nil) throws(StampFault) -> Certificate {
        guard statement.algorithm == StampName.sha256, statement.imprint == imprint.bytes else {
            throw StampFault("is not over this checkpoint")
        }
        if let nonce {
            let wanted = (0..<8).map { UInt8(truncatingIfNeeded: nonce >> (56 - 8 * $0)) }
            guard statement.nonce == wanted else { throw StampFault("answers another question") }
        }
        var type = try ASN1Fields.single(signer.values[StampName.contentType])
        guard try type.name() == StampName.stampContent else { throw StampFault("is signed as something else") }
        var digest = try ASN1Fields.single(signer.values[StampName.messageDigest])
        guard try digest.bytes() == Self.digest(content, signer.digest) else {
            throw StampFault("was changed: the signed digest is another")
        }
        let certificate = try signingCertificate()
        guard
            certificate.publicKey.isValidSignature(
                signer.signature,
                for: signer.attributes,
                signatureAlgorithm: try algorithm()
            )
        else { throw StampFault("has a signature that is not the authority's") }
        return certificate
    }

    /// The certificate whose hash the signer has signed (RFC 5035, section 4).
    private func signingCertificate() throws(StampFault) -> Certificate {
        let isSecond = signer.values[StampName.signingCertificateV2] != nil
        let name = isSecond ? StampName.signingCertificateV2 : StampName.signingCertificate
        var attribute = try ASN1Fields.single(signer.values[name])
        var list = try attribute.sequence()
        var identifiers = try list.sequence()
        var identifier = try identifiers.sequence()
        var algorithm = StampName.sha256
        if isSecond, let named = identifier.optional(.sequence) {
            var fields = try ASN1Fields(named)
            algorithm = try fields.name()
        }
        let hash = try identifier.bytes()
        for certificate in certificates {
            var der = DER.Serializer()
            try StampFault.reading { try der.serialize(certificate) }
            let own = isSecond ? try Self.digest(der.serializedBytes, algorithm) : Self.firstDigest(der.serializedBytes)
            guard own == hash else { continue }
            guard let serial = signer.serial else { return certificate }
            if serial.drop(while: { $0 == 0 }) == certificate.serialNumber.bytes.drop(while: { $0 == 0 }) {
                return certificate
            }
        }
        throw StampFault("does not hold the certificate that signed it")
    }

    /// The first form of the attribute knows SHA-1 alone; the signature over it does not rest on that.
    private static func firstDigest(_ bytes: [UInt8]) -> [UInt8] { Array(Insecure.SHA1.hash(data: bytes)) }

    private static func digest(_ bytes: [UInt8], _ algorithm: ASN1ObjectIdentifier) throws(StampFault) -> [UInt8] {
        switch algorithm {
        case StampName.sha256: Array(SHA256.hash(data: bytes))
        case StampName.sha384: Array(SHA384.hash(data: bytes))
        case StampName.sha512: Array(SHA512.hash(data: bytes))
        default: throw StampFault("uses the digest \(algorithm), which is not known here")
        }
    }

    private func algorithm() throws(StampFault) -> Certificate.SignatureAlgorithm {
        switch (signer.algorithm, signer.digest) {
        case (StampName.rsaSHA256, _), (StampName.rsa, StampName.sha256): .sha256WithRSAEncryption
        case (StampName.rsaSHA384, _), (StampName.rsa, StampName.sha384): .sha384WithRSAEncryption
        case (StampName.rsaSHA512, _), (StampName.rsa, StampName.sha512): .sha512WithRSAEncryption
        case (StampName.ecdsaSHA256, _): .ecdsaWithSHA256
        case (StampName.ecdsaSHA384, _): .ecdsaWithSHA384
        case (StampName.ecdsaSHA512, _): .ecdsaWithSHA512
        case (StampName.ed25519, _): .ed25519
        default: throw StampFault("uses the signature \(signer.algorithm), which is not known here")
        }
    }

    /// Why the signer's certificate is not to be believed; nil when a chain leads to one of the roots, as it was at the time
    /// that is stated.
    func doubt(about certificate: Certificate, roots: [Certificate]) async throws(StampFault) -> String? {
        let time = try time
        var verifier = Verifier(rootCertificates: CertificateStore(roots)) {
            RFC5280Policy(fixedExpiryValidationTime: time)
            TimeStampingPolicy()
        }
        switch await verifier.validate(leaf: certificate, intermediates: CertificateStore(certificates)) {
        case .validCertificate: return nil
        case .couldNotValidate(let failures):
            let reason = failures.first.map { "\($0.policyFailureReason)" } ?? "no chain leads to a root"
            return "its certificate is not one to believe: \(reason)"
        }
    }
}

extension ASN1Fields {
    /// The one value of an attribute, as a list of one field.
    static func single(_ values: [ASN1Node]?) throws(StampFault) -> ASN1Fields {
        guard let values, values.count == 1 else { throw StampFault("lacks a signed attribute") }
        return ASN1Fields(nodes: values)
    }
}

/// The signer of time-stamps may sign nothing else, and its certificate says so in a critical extension (RFC 3161, 2.3).
private struct TimeStampingPolicy: VerifierPolicy {
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [.X509ExtensionID.extendedKeyUsage]

    mutating func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) async -> PolicyEvaluationResult {
        guard let usage = try? chain.leaf.extensions.extendedKeyUsage, Array(usage) == [.timeStamping],
            chain.leaf.extensions[oid: .X509ExtensionID.extendedKeyUsage]?.critical == true
        else { return .failsToMeetPolicy(reason: "the certificate is not for time-stamps alone") }
        return .meetsPolicy
    }
}
