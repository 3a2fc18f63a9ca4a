package import Domain

/// A resource record (RFC 1035 4.1.3).
package struct DNSRecord: Hashable, Sendable {
    /// What the record says. A type that is not understood, or data that does not fit its type, stays bytes.
    package enum Content: Hashable, Sendable {
        case address(IPAddress)
        case name(DNSName)
        case mailExchange(preference: UInt16, DNSName)
        case text([[UInt8]])
        case authority(primary: DNSName, mailbox: DNSName, serial: UInt32, timers: [UInt32])
        case service(priority: UInt16, weight: UInt16, port: UInt16, DNSName)
        case certification(flags: UInt8, tag: [UInt8], value: [UInt8])
        case other([UInt8])
    }

    package var owner: DNSName
    package var type: DNSType
    package var recordClass: UInt16
    /// Seconds.
    package var timeToLive: UInt32
    package var content: Content

    package init(owner: DNSName, type: DNSType, recordClass: UInt16 = 1, timeToLive: UInt32, content: Content) {
        self.owner = owner
        self.type = type
        self.recordClass = recordClass
        self.timeToLive = timeToLive
        self.content = content
    }

    /// The data in master-file form (RFC 1035 5.1); other bytes as RFC 3597 5 has them.
    package var data: String {
        switch content {
        case .address(let address): "\(address)"
        case .name(let name): "\(name)"
        case .mailExchange(let preference, let name): "\(preference) \(name)"
        case .text(let strings): strings.map(Self.quoted).joined(separator: " ")
        case .authority(let primary, let mailbox, let serial, let timers):
            "\(primary) \(mailbox) \(serial) " + timers.map(String.init).joined(separator: " ")
        case .service(let priority, let weight, let port, let name): "\(priority) \(weight) \(port) \(name)"
        case .certification(let flags, let tag, let value):
            "\(flags) \(String(decoding: tag, as: UTF8.self)) \(Self.quoted(value))"
        case .other(let bytes):
            "\\# \(bytes.count)" + (bytes.isEmpty ? "" : " " + bytes.map(Self.hex).joined())
        }
    }

    private static func quoted(_ bytes: [UInt8]) -> String {
        "\""
            + bytes.map { byte in
                switch byte {
                case 0x22, 0x5c: "\\" + String(UnicodeScalar(byte))
                case 0x20...0x7e: String(UnicodeScalar(byte))
                default: "\\" + String(String(1_000 + Int(byte)).dropFirst())
                }
            }.joined() + "\""
    }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
