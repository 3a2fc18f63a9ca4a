import Crypto
import Domain
import Foundation
import SwiftASN1
import X509

extension Blueprint {
    /// The certificate of a host's TLS sites and its key, signed by the country's own authority.
    ///
    /// The authority signs with Ed25519, whose signatures are the same each time; the dates are fixed. So the same
    /// world and seed give the same certificate.
    func certificateFiles(for host: World.Host) throws(LabError) -> [String: [UInt8]] {
        do {
            let key = try hostTLSKey(host)
            let certificate = try certificate(for: host, key: key)
            return [
                "certificate.pem": Array((try certificate.serializeAsPEM().pemString + "\n").utf8),
                "key.pem": Array((key.pemRepresentation + "\n").utf8),
            ]
        } catch {
            throw LabError(.environment, "cannot make a certificate: \(error)", at: host.name)
        }
    }

    private func hostTLSKey(_ host: World.Host) throws -> P256.Signing.PrivateKey {
        try P256.Signing.PrivateKey(rawRepresentation: seed.bytes(for: "tls key \(host.name)"))
    }

    private func certificate(for host: World.Host, key: P256.Signing.PrivateKey) throws -> Certificate {
        let authority = try Curve25519.Signing.PrivateKey(rawRepresentation: seed.bytes(for: "certificate authority"))
        let names = sites(on: host).filter(\.usesTLS).compactMap(\.name)
        let issuer = try DistinguishedName {
            OrganizationName("\(world.name) Post and Telecommunications")
            CommonName("\(world.name) Certificate Authority")
        }
        let subject = try DistinguishedName { CommonName(names.first ?? host.address.description) }
        let alternatives =
            names.map { GeneralName.dnsName($0) }
            + (names.isEmpty
                ? [GeneralName.ipAddress(ASN1OctetString(contentBytes: ArraySlice(host.address.bytes)))] : [])
        // Positive and without a leading zero byte, as RFC 5280 4.1.2.2 wants it.
        let serial = [0x41] + seed.bytes(for: "serial \(host.name)").prefix(15)
        return try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(bytes: ArraySlice(serial)),
            publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: Date(timeIntervalSince1970: TimeInterval(world.firstDay.adding(-200).start.seconds)),
            notValidAfter: Date(timeIntervalSince1970: TimeInterval(world.firstDay.adding(3_000).start.seconds)),
            issuer: issuer,
            subject: subject,
            signatureAlgorithm: .ed25519,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                SubjectAlternativeNames(alternatives)
            },
            issuerPrivateKey: Certificate.PrivateKey(authority)
        )
    }
}
