/// An absolute address of something on a server (RFC 3986), kept as the server wrote it.
///
/// The target's bytes are sent back exactly as they came: a listing's `href` may hold bytes that are no UTF-8, and
/// re-encoding them would name another file. Only `.` and `..` segments are resolved.
package struct WebAddress: Hashable, Sendable {
    package enum Scheme: String, Codable, CaseIterable, Sendable {
        case http
        case https
        case ftp
        case rsync
        // Not for links to follow: where doors of other protocols stand.
        case dns
        case redis
        case memcached
        case mongodb
        case vnc
        case x11
        /// Its port is the port mapper's, which is asked for exports.
        case nfs

        package var defaultPort: UInt16 {
            switch self {
            case .http: 80
            case .https: 443
            case .ftp: 21
            case .rsync: 873
            case .dns: 53
            case .redis: 6_379
            case .memcached: 11_211
            case .mongodb: 27_017
            case .vnc: 5_900
            case .x11: 6_000
            case .nfs: 111
            }
        }
    }

    package var scheme: Scheme
    /// A lower-case name or an address (IPv6 without brackets), at most 255 bytes.
    package var host: String
    package var port: UInt16
    /// Path and query, percent-encoded ASCII that begins with `/`. Never holds a fragment.
    package var target: String

    package init(scheme: Scheme, host: String, port: UInt16? = nil, target: String = "/") {
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port ?? scheme.defaultPort
        self.target = target.hasPrefix("/") ? target : "/" + target
    }

    /// The path without the query.
    package var path: String { String(target.prefix { $0 != "?" }) }

    /// The host as an address, when it is one.
    package var address: IPAddress? { IPAddress(host) }

    /// `host`, or `host:port` where the port is not the scheme's own; as a `Host` header has it.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == scheme.defaultPort ? name : "\(name):\(port)"
    }

    /// Whether the two are served from the same scheme, host and port.
    package func hasSameOrigin(as other: WebAddress) -> Bool {
        (scheme, host, port) == (other.scheme, other.host, other.port)
    }
}

extension WebAddress: LosslessStringConvertible {
    package init?(_ description: String) {
        guard let colon = description.firstIndex(of: ":"),
            let scheme = Scheme(rawValue: description[..<colon].lowercased()),
            description[colon...].hasPrefix("://")
        else { return nil }
        let rest = description[colon...].dropFirst(3)
        let authority = rest.prefix { !"/?#".contains($0) }
        let target = rest[authority.endIndex...].prefix { $0 != "#" }
        guard let (host, port) = Self.splitAuthority(authority), target.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return nil }
        self.init(scheme: scheme, host: host, port: port, target: target.isEmpty ? "/" : String(target))
    }

    package var description: String { "\(scheme.rawValue)://\(authority)\(target)" }

    private static func splitAuthority(_ text: Substring) -> (String, UInt16?)? {
        guard !text.contains("@"), text.utf8.count <= 262 else { return nil }
        var host = text
        var port: UInt16?
        if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
            host = text[..<colon]
            let digits = text[colon...].dropFirst()
            port = UInt16(digits)
            guard digits.isEmpty || (port != nil && port != 0) else { return nil }
        }
        if host.first == "[" {
            guard host.last == "]", let address = IPAddress(String(host.dropFirst().dropLast())) else { return nil }
            return (address.description, port)
        }
        guard !host.isEmpty, host.utf8.count <= 255, host.utf8.allSatisfy(Self.isHostByte) else { return nil }
        return (String(host), port)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension WebAddress: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("an address such as http://host/path")
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}
