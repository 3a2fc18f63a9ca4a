import Crypto
import Domain
import Foundation
package import Scope
import SwiftASN1
import Vault
import X509

/// What a TLS handshake and its certificate say, by documented name.
package enum CertificateFacts {
    /// Names of one certificate that are kept.
    package static let maximumNames = 500

    /// The facts of a handshake. A certificate that cannot be read leaves `tls.certificate-fault`.
    package static func facts(of tls: TLSFacts) -> [String: String] {
        var facts = ["tls.version": tls.version, "tls.cipher": tls.cipher]
        facts["tls.alpn"] = tls.alpn
        facts["tls.chain-length"] = "\(tls.certificateChainDER.count)"
        guard let leaf = tls.certificateChainDER.first else { return facts }
        facts["tls.certificate-sha256"] = Digest(of: leaf).description
        do {
            try facts.merge(self.facts(ofCertificate: leaf)) { $1 }
        } catch {
            facts["tls.certificate-fault"] = "the certificate cannot be read: \(error)"
        }
        return facts
    }

    /// The same, each value cut to so many bytes that the ledger takes them all, however long the certificate is.
    package static func brief(of tls: TLSFacts) -> [String: String] {
        facts(of: tls).mapValues { String(decoding: $0.utf8.prefix(briefLength), as: UTF8.self) }
    }

    private static let briefLength = 240

    /// The host names that a certificate vouches for, lower case: those of its extension, and its subject's common name.
    package static func names(in der: [UInt8]) -> [String] {
        guard let certificate = try? Certificate(derEncoded: der) else { return [] }
        // An extension that cannot be read has no names; the fault stands in the facts.
        let alternative = (try? certificate.extensions.subjectAlternativeNames) ?? nil
        var names: [String] = []
        for case .dnsName(let name) in alternative ?? SubjectAlternativeNames([]) { names.append(name.lowercased()) }
        if let common = commonName(certificate.subject)?.lowercased() { names.append(common) }
        return Array(names.prefix(maximumNames))
    }

    private static func facts(ofCertificate der: [UInt8]) throws -> [String: String] {
        let certificate = try Certificate(derEncoded: der)
        var key = DER.Serializer()
        try key.serialize(certificate.publicKey)
        let alternative = try certificate.extensions.subjectAlternativeNames ?? SubjectAlternativeNames([])
        let names = alternative.prefix(maximumNames).map { "\($0)" }
        return [
            "tls.subject": "\(certificate.subject)", "tls.issuer": "\(certificate.issuer)",
            "tls.names": names.joined(separator: ", "), "tls.not-before": text(certificate.notValidBefore),
            "tls.not-after": text(certificate.notValidAfter),
            "tls.spki-sha256": Digest(of: key.serializedBytes).description,
        ]
    }

    private static func text(_ date: Date) -> String {
        "\(Timestamp(seconds: Int64(clamping: Int(date.timeIntervalSince1970))))"
    }

    private static func commonName(_ subject: DistinguishedName) -> String? {
        for relative in subject {
            for attribute in relative where attribute.type == .RDNAttributeType.commonName {
                return String(attribute.value)
            }
        }
        return nil
    }
}
