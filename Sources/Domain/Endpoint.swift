/// An address and a port.
package struct Endpoint: Hashable, Sendable {
    package var address: IPAddress
    package var port: UInt16

    package init(_ address: IPAddress, _ port: UInt16) {
        self.address = address
        self.port = port
    }
}

extension Endpoint: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        (left.address, left.port) < (right.address, right.port)
    }
}

extension Endpoint: LosslessStringConvertible {
    /// Reads `address:port`, with an IPv6 address in brackets.
    package init?(_ description: String) {
        guard let colon = description.lastIndex(of: ":"), let port = UInt16(description[colon...].dropFirst()) else {
            return nil
        }
        var host = description[..<colon]
        if host.first == "[" {
            guard host.last == "]" else { return nil }
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard let address = IPAddress(String(host)) else { return nil }
        self.init(address, port)
    }

    package var description: String { address.family == .v4 ? "\(address):\(port)" : "[\(address)]:\(port)" }
}

extension Endpoint: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("an address and a port, such as 192.0.2.1:80")
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}

/// The transport below a service.
package enum Transport: String, Codable, CaseIterable, Sendable {
    case tcp
    case udp
}
