package import Domain

/// What may be looked at: which addresses and names, who authorised it, how fast, and how far collection may go.
package struct Scope: Hashable, Sendable {
    package var name: String
    /// The ranges that are in, less those that are out. Nothing else is ever contacted.
    package var addresses: AddressSet
    /// Names that may be looked up: exact ones, and `*.suffix` for every name below the suffix.
    package var names: [String]
    /// Zones whose names are looked for, and may be looked up. Lower case, without the final dot.
    package var zones: [String]
    /// The only servers that names are asked of, unless a census finds others inside ``addresses``.
    package var nameServers: [Endpoint]
    /// The ports that a census tries. An address in scope may be contacted at others, where a server leads there.
    package var ports: [UInt16]
    package var rate: Rate
    /// How the people on the other side can reach the operator; sent with every request.
    package var contact: String
    /// Who authorised the work, and how; needed for more than `observe`.
    package var authority: String?
    package var level: CollectionLevel
    /// From where it looks, in the operator's words.
    package var vantage: String
    /// Who is asked for time-stamps on what was sealed; no addresses of the investigation.
    package var stampAuthorities: [StampAuthority]

    package init(
        name: String,
        addresses: AddressSet,
        names: [String] = [],
        zones: [String] = [],
        nameServers: [Endpoint] = [],
        ports: [UInt16] = [],
        rate: Rate = Rate(),
        contact: String,
        authority: String? = nil,
        level: CollectionLevel = .observe,
        vantage: String = "not stated",
        stampAuthorities: [StampAuthority] = []
    ) {
        self.name = name
        self.addresses = addresses
        self.names = names
        self.zones = zones
        self.nameServers = nameServers
        self.ports = ports
        self.rate = rate
        self.contact = contact
        self.authority = authority
        self.level = level
        self.vantage = vantage
        self.stampAuthorities = stampAuthorities
    }

    /// Whether a connection to the endpoint may be opened. An IPv4-mapped address counts as the address it stands for.
    package func permits(_ endpoint: Endpoint) -> Bool {
        refusal(of: endpoint) == nil
    }

    /// Whether a name may be looked up: it is listed, matches a `*.suffix`, or lies in a zone.
    package func permits(name: String) -> Bool {
        let name = Self.canonical(name)
        return names.contains { pattern in
            let pattern = Self.canonical(pattern)
            return pattern.hasPrefix("*.") ? name.hasSuffix(pattern.dropFirst()) : name == pattern
        }
            || zones.contains { zone in
                let zone = Self.canonical(zone)
                return name == zone || name.hasSuffix("." + zone)
            }
    }

    /// The rule that forbids contact with an endpoint, in words; nil when it is permitted.
    package func refusal(of endpoint: Endpoint) -> String? {
        let address = endpoint.address.unmapped
        if endpoint.port == 0 { return "port 0 names no service" }
        if !address.isUnicast { return "\(address) is no address of one machine" }
        return addresses.contains(address) ? nil : "\(address) is in none of the scope's ranges"
    }

    /// The rule that forbids asking a name server; nil when it is listed or its address is in scope.
    package func refusal(ofNameServer server: Endpoint) -> String? {
        nameServers.contains(server) ? nil : refusal(of: server)
    }

    /// Lower case and without the final dot.
    static func canonical(_ name: some StringProtocol) -> String {
        let name = name.lowercased()
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }
}

extension IPAddress {
    /// False for the unspecified address (which a kernel takes for its own), multicast and broadcast.
    fileprivate var isUnicast: Bool {
        switch family {
        case .v4: value >> 24 != 0 && value >> 28 < 0xe
        case .v6: value != 0 && value >> 120 != 0xff
        }
    }
}
