package import Domain
package import Scope
package import Wire

/// Finds the mistakes that real zones hold, and what they give away. `docs/census.md` lists them.
package struct ZoneRemarks: Sendable {
    let scope: Scope
    /// The zones that were asked for.
    let zones: [DNSName]

    package init(scope: Scope, zones: [DNSName]) {
        self.scope = scope
        self.zones = zones
    }

    /// A remark for each oddity among the records, each with the record's own seal.
    package func all(in findings: NameFindings) -> [Fault] {
        findings.records.flatMap { record in
            [
                senderPolicy(record), missingDot(record), missingAddress(record, findings),
                outOfScope(record),
            ].compactMap { what in what.map { Fault(what: $0, seal: record.seal) } }
        }
    }

    /// A text that is meant as a sender policy (RFC 7208) and will not be read as one.
    private func senderPolicy(_ record: NameRecord) -> String? {
        guard record.type == "TXT" else { return nil }
        let text = record.data.lowercased()
        let isMarked = text.hasPrefix("\"v=spf1 ") || text == "\"v=spf1\""
        let terms = ["ip4:", "ip6:", "-all", "~all", "?all", "+all"]
        if !isMarked, text.contains("spf"), terms.contains(where: text.contains) || text.contains("ipv4:") {
            return "\(record.owner) has a text that looks like SPF and does not begin with v=spf1: \(record.data)"
        }
        guard isMarked, text.contains("ipv4:") || text.contains("ipv6:") else { return nil }
        return "\(record.owner) has an SPF record with a term that does not exist: \(record.data)"
    }

    /// A name that was written without its last dot, so that the zone's own name was put behind it.
    private func missingDot(_ record: NameRecord) -> String? {
        guard ["SOA", "NS", "MX", "CNAME", "PTR"].contains(record.type), let owner = DNSName(record.owner) else {
            return nil
        }
        let names = record.data.split(separator: " ").prefix(2).compactMap { DNSName(String($0)) }
        guard let name = names.first(where: { isDoubled($0, owner: owner) }) else { return nil }
        return "\(record.owner) \(record.type) leads to \(name), which ends as if its last dot were missing"
    }

    private func isDoubled(_ name: DNSName, owner: DNSName) -> Bool {
        // No host lives in a reverse zone: whatever ends there, and is no part of it, lost its dot.
        let text = NameFindings.host(name)
        for suffix in [".in-addr.arpa", ".ip6.arpa"] where text.hasSuffix(suffix) {
            let labels = text.dropLast(suffix.count).split(separator: ".")
            return labels.contains { Int($0, radix: suffix == ".ip6.arpa" ? 16 : 10) == nil && !$0.contains("/") }
        }
        guard let zone = zones.first(where: { owner.isWithin($0) && name.isWithin($0) }) else { return false }
        guard let inner = DNSName(labels: Array(name.labels.dropLast(zone.labels.count))) else { return false }
        return inner.labels.count > zone.labels.count && inner.isWithin(zone)
    }

    /// A name server or mail exchanger inside a zone that was read, which has no address there.
    private func missingAddress(_ record: NameRecord, _ findings: NameFindings) -> String? {
        guard record.type == "NS" || record.type == "MX", let last = record.data.split(separator: " ").last,
            let name = DNSName(String(last)), let owner = DNSName(record.owner),
            zones.contains(where: { name.isWithin($0) && owner.isWithin($0) }),
            findings.known(NameFindings.host(name)) == nil, !name.labels.isEmpty
        else { return nil }
        let kind = record.type == "NS" ? "name server" : "mail exchanger"
        return "\(record.owner) names the \(kind) \(name), which has no address (missing glue)"
    }

    /// An address that the scope does not hold: told, and never contacted.
    private func outOfScope(_ record: NameRecord) -> String? {
        guard record.type == "A" || record.type == "AAAA", let address = IPAddress(record.data),
            !scope.permits(Endpoint(address, 1))
        else { return nil }
        return "\(record.owner) leads to \(address), which is out of scope and was not contacted"
    }
}
