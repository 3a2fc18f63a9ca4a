package import Domain
package import Wire

/// What the name servers told.
package struct NameFindings: Sendable {
    package var records: [NameRecord] = []
    /// The addresses of names, in scope or not, as records give them.
    package var addresses: [String: Set<IPAddress>] = [:]
    /// Where names are aliases of others.
    package var aliases: [String: String] = [:]
    /// How names came to be known.
    package var origins: [String: Set<NameOrigin>] = [:]
    /// The names that the reverse zones give an address.
    package var machines: [IPAddress: Set<String>] = [:]
    package var remarks: [Fault] = []
    package var faults: [Fault] = []
    /// Records that came when there was no room for more; their bytes are sealed all the same.
    package private(set) var leftOut = 0

    private var seen: Set<NameRecord> = []
    private let limit: Int

    /// Holds at most `limit` records.
    package init(limit: Int = CensusSettings().records) {
        self.limit = limit
    }

    /// Takes in an answer's records, which came from a zone or a look-up in it.
    package mutating func add(_ answers: [DNSRecord], seal: Seal?, origin: NameOrigin) {
        for record in answers {
            let owner = Self.host(record.owner)
            let fact = NameRecord(owner: "\(record.owner)", type: "\(record.type)", data: record.data, seal: nil)
            if !seen.contains(fact) {
                guard seen.count < limit else {
                    leftOut += 1
                    continue
                }
                seen.insert(fact)
                records.append(NameRecord(owner: fact.owner, type: fact.type, data: fact.data, seal: seal))
            }
            switch record.content {
            case .address(let address):
                addresses[owner, default: []].insert(address)
                origins[owner, default: []].insert(origin)
            case .name(let name) where record.type == .cname:
                aliases[owner] = Self.host(name)
                origins[owner, default: []].insert(origin)
            case .name(let name) where record.type == .ptr:
                guard let address = Self.address(ofReverse: owner) else { continue }
                machines[address, default: []].insert(Self.host(name))
                origins[Self.host(name), default: []].insert(.reverseZone)
            default: continue
            }
        }
    }

    /// The addresses of a name, through aliases; nil where no record tells.
    package func known(_ name: String) -> Set<IPAddress>? {
        var name = name
        for _ in 0..<8 {
            if let found = addresses[name] { return found }
            guard let next = aliases[name] else { return nil }
            name = next
        }
        return nil
    }

    /// A name as hosts are called: lower case, without the final dot.
    package static func host(_ name: DNSName) -> String { host("\(name)") }

    /// Lower case, without the final dot.
    package static func host(_ name: String) -> String {
        let text = name.lowercased()
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// The name under which an address stands in the reverse zones (RFC 1035 3.5, RFC 3596 2.5).
    package static func reverse(_ address: IPAddress) -> String {
        switch address.family {
        case .v4: address.bytes.reversed().map(String.init).joined(separator: ".") + ".in-addr.arpa."
        case .v6:
            address.bytes.reversed().map { "\(String($0 & 15, radix: 16)).\(String($0 >> 4, radix: 16))." }.joined()
                + "ip6.arpa."
        }
    }

    /// The address that a name in the reverse zones stands for; nil for any other name.
    package static func address(ofReverse name: String) -> IPAddress? {
        let labels = name.split(separator: ".")
        if name.hasSuffix(".in-addr.arpa"), labels.count == 6 {
            return IPAddress(labels.prefix(4).reversed().joined(separator: "."))
        }
        guard name.hasSuffix(".ip6.arpa"), labels.count == 34 else { return nil }
        let digits = labels.prefix(32).reversed().compactMap { $0.utf8.count == 1 ? UInt8($0, radix: 16) : nil }
        guard digits.count == 32 else { return nil }
        return IPAddress(bytes: stride(from: 0, to: 32, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
    }
}
