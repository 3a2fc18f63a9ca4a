package import Domain
package import Scope
import Wire

/// A page as a web server gave it, after one request.
package struct Page: Sendable {
    /// Links of one page that are followed up.
    package static let maximumLinks = 2_000
    /// Bytes of a page that are kept for comparing it with others; all of it lies in the vault.
    package static let keptContent = 128 * 1024

    package var address: WebAddress
    package var endpoint: Endpoint
    package var status: Int
    /// Status line and header fields, as they came.
    package var head: [UInt8]
    /// Where its `Location` leads, for a redirect.
    package var location: WebAddress?
    package var title: String?
    package var software: String?
    /// The first ``keptContent`` bytes.
    package var content: [UInt8]
    /// The hosts that its links lead to, by http and https; sorted.
    package var linkedHosts: [String]
    package var tls: TLSFacts?
    package var seal: Seal
    package var at: Timestamp
    /// By documented name.
    package var facts: [String: String]

    init(_ reply: HTTPReply, content: [UInt8], seal: Seal) {
        let html = HTMLPage(content)
        address = reply.address
        endpoint = reply.endpoint
        status = reply.status
        head = reply.rawHead
        title = html.title.map { printable($0) }
        software = reply.headers.bytes(of: "Server").map { printable($0) }
        self.content = Array(content.prefix(Self.keptContent))
        let base = html.base.flatMap(reply.address.resolving) ?? reply.address
        let references = (html.refresh.map { [$0] } ?? []) + html.links
        let links = references.prefix(Self.maximumLinks).lazy.compactMap(base.resolving).filter(\.isWeb)
        linkedHosts = Set(links.map(\.host)).sorted()
        tls = reply.tls
        self.seal = seal
        at = reply.ended
        if (300...399).contains(reply.status), let target = reply.headers.bytes(of: "Location") {
            location = reply.address.resolving(target)
        }
        facts = ["http.status": "\(reply.status)", "http.version": reply.version]
        facts["software"] = software
        facts["http.server"] = software
        facts["http.title"] = title
        facts["http.location"] = reply.headers.bytes(of: "Location").map { printable($0) }
        facts["http.powered-by"] = reply.headers.bytes(of: "X-Powered-By").map { printable($0) }
        facts["http.realm"] = reply.headers.bytes(of: "WWW-Authenticate").map { printable($0) }
        facts["http.body-sha256"] = seal.payload?.description
        facts["http.truncated"] = reply.truncated?.rawValue
        facts["http.fault"] = reply.fault
        if let tls = reply.tls { facts.merge(CertificateFacts.facts(of: tls)) { $1 } }
    }
}

extension WebAddress {
    fileprivate var isWeb: Bool { scheme == .http || scheme == .https }
}
