import Domain
import Foundation
import Scope
import SwiftASN1
import X509

/// A handshake as templates read it: the version, the suite, and what the server's own certificate says.
struct TLSShown {
    let values: [String: Value]

    init(_ facts: TLSFacts, host: String, now: Timestamp) {
        var values: [String: Value] = [
            "tls_version": Value(facts.version.lowercased().replacing(" 1.", with: "1").replacing(" ", with: "")),
            "cipher": Value(facts.cipher), "tls_connection": Value("ctls"), "sni": Value(facts.serverName ?? ""),
            "probe_status": .truth(true), "host": Value(host),
        ]
        if let leaf = facts.certificateChainDER.first, let certificate = try? Certificate(derEncoded: leaf) {
            // A certificate that cannot be read has no fields: what asks for one has no answer.
            values.merge(Self.fields(of: certificate, host: host, now: now)) { $1 }
        }
        let shown = values.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value.string)\"" }
        values["response"] = Value("{" + shown.joined(separator: ",") + "}")
        values["raw"] = values["response"]
        self.values = values
    }

    private static func fields(of certificate: Certificate, host: String, now: Timestamp) -> [String: Value] {
        let before = certificate.notValidBefore.timeIntervalSince1970
        let after = certificate.notValidAfter.timeIntervalSince1970
        let current = Double(now.seconds)
        let names = Self.names(of: certificate)
        var values: [String: Value] = [
            "subject_dn": Value("\(certificate.subject)"), "issuer_dn": Value("\(certificate.issuer)"),
            "serial": Value(certificate.serialNumber.bytes.map { Self.hex($0) }.joined(separator: ":")),
            "not_before": .number(before), "not_after": .number(after), "expired": .truth(current > after),
            "self_signed": .truth(certificate.subject == certificate.issuer),
            "mismatched": .truth(!names.contains { Self.covers($0, host) }),
            "wildcard_certificate": .truth(names.contains { $0.hasPrefix("*.") }),
            "domains": .list(names.map { Value($0) }), "subject_an": .list(names.map { Value($0) }),
        ]
        values["subject_cn"] = Self.attribute(certificate.subject, "CN").map { Value($0) }
        values["issuer_cn"] = Self.attribute(certificate.issuer, "CN").map { Value($0) }
        values["subject_org"] = Self.attribute(certificate.subject, "O").map { Value($0) }
        values["issuer_org"] = Self.attribute(certificate.issuer, "O").map { Value($0) }
        return values
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    private static func attribute(_ name: DistinguishedName, _ label: String) -> String? {
        "\(name)".split(separator: ",").map { String($0).trimmingBlanks }.first { $0.hasPrefix(label + "=") }
            .map { String($0.dropFirst(label.count + 1)) }
    }

    private static func names(of certificate: Certificate) -> [String] {
        // An extension that cannot be read has no names.
        let alternative = (try? certificate.extensions.subjectAlternativeNames) ?? nil
        var names: [String] = []
        for case .dnsName(let name) in alternative ?? SubjectAlternativeNames([]) { names.append(name.lowercased()) }
        if names.isEmpty, let common = attribute(certificate.subject, "CN") { names.append(common.lowercased()) }
        return Array(names.prefix(500))
    }

    private static func covers(_ pattern: String, _ host: String) -> Bool {
        guard pattern.hasPrefix("*.") else { return pattern == host }
        guard let dot = host.firstIndex(of: ".") else { return false }
        return host[dot...] == pattern.dropFirst()
    }
}
