/// Who a service is, as far as a run could tell: only what stays the same from run to run while the server does.
///
/// A part that a run did not learn is nil and never differs. Guesses (`https?`), labels that come from the port's number
/// (`tcpwrapped`, `unknown`) and remarks in brackets are no part of it.
package struct ServiceIdentity: Hashable, Codable, Sendable {
    /// What may change in a service.
    package enum Part: String, Codable, CaseIterable, Sendable {
        case speaks = "protocol"
        case product
        case version
        case certificate
        case hostKey = "host key"
    }

    /// The protocol, where the service was heard to speak it; with `tls/` before what runs inside TLS.
    package var speaks: String?
    package var product: String?
    package var version: String?
    /// A fingerprint of the certificate, with the name of the hash before it.
    package var certificate: String?
    /// Fingerprints of host keys, sorted, with their algorithm or hash before them.
    package var hostKeys: [String]?

    package init(
        speaks: String? = nil,
        product: String? = nil,
        version: String? = nil,
        certificate: String? = nil,
        hostKeys: [String]? = nil
    ) {
        self.speaks = speaks
        self.product = product
        self.version = version
        self.certificate = certificate
        self.hostKeys = hostKeys
    }

    package subscript(part: Part) -> String? {
        switch part {
        case .speaks: speaks
        case .product: product
        // A version means nothing without the product it is of.
        case .version: version.map { "\(product ?? "") \($0)" }
        case .certificate: certificate
        case .hostKey: hostKeys.map { $0.joined(separator: " ") }
        }
    }

    /// Adds a host key's fingerprint.
    package mutating func add(hostKey: String) { hostKeys = ((hostKeys ?? []) + [hostKey]).sorted() }

    package var isEmpty: Bool { self == ServiceIdentity() }

    /// In a few words, for people.
    package var words: String {
        [speaks, product, version].compactMap(\.self).joined(separator: " ")
    }
}
