/// The type of a resource record (RFC 1035 3.2.2 and later).
package struct DNSType: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package static let a = DNSType(rawValue: 1)
    package static let ns = DNSType(rawValue: 2)
    package static let cname = DNSType(rawValue: 5)
    package static let soa = DNSType(rawValue: 6)
    package static let ptr = DNSType(rawValue: 12)
    package static let mx = DNSType(rawValue: 15)
    package static let txt = DNSType(rawValue: 16)
    package static let aaaa = DNSType(rawValue: 28)
    package static let srv = DNSType(rawValue: 33)
    package static let axfr = DNSType(rawValue: 252)
    package static let any = DNSType(rawValue: 255)
    package static let caa = DNSType(rawValue: 257)

    private static let names: [DNSType: String] = [
        a: "A", ns: "NS", cname: "CNAME", soa: "SOA", ptr: "PTR", mx: "MX", txt: "TXT", aaaa: "AAAA", srv: "SRV",
        axfr: "AXFR", any: "ANY", caa: "CAA",
    ]
}

extension DNSType: CustomStringConvertible {
    /// The mnemonic, or `TYPE65` (RFC 3597 5).
    package var description: String { Self.names[self] ?? "TYPE\(rawValue)" }
}

/// What a name server is asked.
package struct DNSQuestion: Hashable, Sendable {
    package var name: DNSName
    package var type: DNSType
    /// 1 is the Internet, 3 is Chaos, which `version.bind.` is asked in.
    package var recordClass: UInt16
    /// Whether the server should ask others. Off, so that a server in scope does not go looking outside for us.
    package var wantsRecursion: Bool

    package init(_ name: DNSName, _ type: DNSType, recordClass: UInt16 = 1, wantsRecursion: Bool = false) {
        self.name = name
        self.type = type
        self.recordClass = recordClass
        self.wantsRecursion = wantsRecursion
    }

    /// The query message (RFC 1035 4.1) with that identifier.
    package func message(id: UInt16) -> [UInt8] {
        let flags: UInt16 = wantsRecursion ? 0x0100 : 0
        let header = [id, flags, 1, 0, 0, 0].flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        let tail = [type.rawValue, recordClass].flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        return header + name.wire + tail
    }
}
