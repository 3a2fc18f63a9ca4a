/// Which ports a run asked for, as far as is known.
package enum PortsAsked: Hashable, Sendable {
    case list(PortSet)
    /// A list that only the tool knows, by the words that stand for it, such as `top 1000 of nmap 7.80`.
    ///
    /// Runs with the same words asked for the same ports, though not all of these are known.
    case named(String)
    /// Nothing says which. What such a run did not find open was perhaps not asked for.
    case unknown

    /// Whether the port is known to have been asked for; `seen` are ports that a run with the same words showed.
    package func contains(_ port: UInt16, seen: PortSet = PortSet()) -> Bool {
        switch self {
        case .list(let ports): ports.contains(port)
        case .named: seen.contains(port)
        case .unknown: false
        }
    }
}

extension PortsAsked: LosslessStringConvertible, Codable {
    package init?(_ description: String) {
        if description == "unknown" {
            self = .unknown
        } else if description.hasPrefix("named ") {
            self = .named(String(description.dropFirst(6)))
        } else {
            guard let ports = PortSet(description) else { return nil }
            self = .list(ports)
        }
    }

    package var description: String {
        switch self {
        case .list(let ports): ports.description
        case .named(let words): "named " + words
        case .unknown: "unknown"
        }
    }

    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a list of ports, `named …` or `unknown`")
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}

/// What a run asked, and how: runs of one reach are comparable, and only these.
package struct Reach: Hashable, Codable, Sendable {
    /// How a run decides which addresses are asked for their ports.
    package enum Discovery: String, Codable, CaseIterable, Sendable {
        /// Only addresses that gave a sign of life before; the ports of the others were not observed.
        case pinged
        /// Every address (nmap's `-Pn`): none is there because the run calls it up.
        case everyAddress = "every address"
    }

    /// Which states a run writes down.
    package enum Telling: String, Codable, CaseIterable, Sendable {
        case everyState = "every state"
        /// What it does not list was closed or silent, if it was asked.
        case openOnly = "open only"
    }

    /// The addresses asked; nil where nothing says which, and so nothing can be said to be missing.
    package var addresses: AddressSet?
    /// TCP ports; nil where none was asked.
    package var tcp: PortsAsked?
    package var udp: PortsAsked?
    package var discovery: Discovery
    package var telling: Telling
    /// The program, such as `nmap`; what two programs call a service is not compared.
    package var tool: String

    package init(
        addresses: AddressSet?,
        tcp: PortsAsked?,
        udp: PortsAsked?,
        discovery: Discovery,
        telling: Telling,
        tool: String
    ) {
        self.addresses = addresses
        self.tcp = tcp
        self.udp = udp
        self.discovery = discovery
        self.telling = telling
        self.tool = tool
    }

    package func ports(_ transport: Transport) -> PortsAsked? { transport == .tcp ? tcp : udp }

    /// The same text for the same reach.
    package var key: String {
        [
            tool, discovery.rawValue, telling.rawValue, tcp.map { "\($0)" } ?? "none", udp.map { "\($0)" } ?? "none",
            addresses.map { "\($0)" } ?? "unknown",
        ]
        .joined(separator: "|")
    }

    /// Addresses and ports in a few words, for a line on a terminal.
    package var words: String {
        let hosts = addresses.map { "\($0.count) addresses" } ?? "addresses not said"
        let ports = [("tcp", tcp), ("udp", udp)].compactMap { name, asked -> String? in
            switch asked {
            case nil: nil
            case .list(let ports): ports.ranges.count > 4 ? "\(ports.count) \(name) ports" : "\(name) \(ports)"
            case .named(let words): "\(name) \(words)"
            case .unknown: "\(name) ports not said"
            }
        }
        return ([hosts] + (ports.isEmpty ? ["no ports"] : ports)).joined(separator: ", ")
    }
}
