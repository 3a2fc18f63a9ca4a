/// A check that others wrote, in the language of ProjectDiscovery's nuclei, as far as Ajar runs it.
package struct Template: Hashable, Sendable {
    /// How grave its author finds a match. Never Ajar's own judgement.
    package enum Severity: String, Codable, CaseIterable, Sendable {
        case info, low, medium, high, critical, unknown
    }

    package var id: String
    package var name: String
    package var severity: Severity
    package var tags: [String]
    package var authors: [String]
    /// Values by name, in order: a later one may use an earlier one.
    package var variables: [Variable]
    package var blocks: [Block]
    /// Which blocks run on which conditions; without one, all run in order.
    package var flow: Flow?

    package struct Variable: Hashable, Sendable {
        package var name: String
        package var value: TextTemplate
    }

    /// A part of a template that speaks one protocol.
    package struct Block: Hashable, Sendable {
        package enum Action: Hashable, Sendable {
            case http(HTTPAsking)
            case tcp(TCPAsking)
            case dns(DNSAsking)
            case tls(TLSAsking)
        }

        /// The name by which other blocks refer to what came back.
        package var id: String?
        package var action: Action
        package var payloads: Payloads
        package var stopsAtFirstMatch: Bool
        package var judgement: Judgement

        /// The name of the protocol in a flow and before variables: `http`, `tcp`, `dns`, `ssl`.
        package var protocolName: String {
            switch action {
            case .http: "http"
            case .tcp: "tcp"
            case .dns: "dns"
            case .tls: "ssl"
            }
        }
    }

    /// Whether all that it asks for is the front page, so that the answer the census kept is enough.
    package var needsOnlyFrontPage: Bool {
        blocks.allSatisfy { block in
            guard case .http(let asking) = block.action else { return false }
            return asking.requests.allSatisfy(\.isFrontPage)
        }
    }

    /// The most requests that one website gets from it, redirects not counted.
    package var requests: Int {
        blocks.reduce(0) { sum, block in
            switch block.action {
            case .http(let asking): sum + asking.requests.count * block.payloads.count
            case .tcp, .dns, .tls: sum + block.payloads.count
            }
        }
    }
}
