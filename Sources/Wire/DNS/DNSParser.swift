import Domain

/// Reads names and records out of a message, following compression pointers safely (RFC 1035 4.1.4).
struct DNSParser {
    /// Pointers that one name may go through.
    static let maximumPointers = 32

    var reader: ByteReader

    init(_ bytes: some Sequence<UInt8>) {
        reader = ByteReader(bytes)
    }

    mutating func question() throws -> DNSQuestion {
        let name = try name()
        return DNSQuestion(name, DNSType(rawValue: try reader.readUInt16()), recordClass: try reader.readUInt16())
    }

    mutating func record() throws -> DNSRecord {
        let owner = try name()
        let type = DNSType(rawValue: try reader.readUInt16())
        let recordClass = try reader.readUInt16()
        let timeToLive = try reader.readUInt32()
        let length = Int(try reader.readUInt16())
        let start = reader.position
        let data = try reader.readBytes(length)
        return DNSRecord(
            owner: owner,
            type: type,
            recordClass: recordClass,
            timeToLive: timeToLive,
            content: content(type, Array(data), at: start) ?? .other(Array(data))
        )
    }

    /// A name at the reader's place. A pointer must lead to an earlier place than the last, so that there is no circle.
    mutating func name() throws -> DNSName {
        var labels: [[UInt8]] = []
        var place = reader
        var lowest = reader.position
        var pointers = 0
        while true {
            let length = try place.readUInt8()
            switch length {
            case 0:
                if pointers == 0 { reader = place }
                guard let name = DNSName(labels: labels) else { throw DNSMessage.Fault.badName }
                return name
            case 1...63:
                labels.append(Array(try place.readBytes(Int(length))))
                guard labels.count <= 127 else { throw DNSMessage.Fault.badName }
            case 0xc0...:
                let target = Int(length & 0x3f) << 8 | Int(try place.readUInt8())
                if pointers == 0 { reader = place }
                pointers += 1
                guard target < lowest, pointers <= Self.maximumPointers else { throw DNSMessage.Fault.badName }
                lowest = target
                place = ByteReader(reader.bytes, at: target)
            default: throw DNSMessage.Fault.badName
            }
        }
    }

    /// What the data says, when it fits its type exactly.
    private func content(_ type: DNSType, _ data: [UInt8], at start: Int) -> DNSRecord.Content? {
        // Names in the data may point back into the message, but must end with the data.
        var inner = self
        inner.reader = ByteReader(reader.bytes, at: start, upTo: start + data.count)
        guard let content = try? inner.typed(type, data), inner.reader.isAtEnd else { return nil }
        return content
    }

    private mutating func typed(_ type: DNSType, _ data: [UInt8]) throws -> DNSRecord.Content? {
        switch type {
        case .a, .aaaa:
            guard data.count == (type == .a ? 4 : 16), let address = IPAddress(bytes: data) else { return nil }
            try reader.skip(data.count)
            return .address(address)
        case .ns, .cname, .ptr: return .name(try name())
        case .mx: return .mailExchange(preference: try reader.readUInt16(), try name())
        case .txt:
            var strings: [[UInt8]] = []
            while !reader.isAtEnd { strings.append(Array(try reader.readBytes(Int(reader.readUInt8())))) }
            return .text(strings)
        case .soa:
            let (primary, mailbox) = (try name(), try name())
            let serial = try reader.readUInt32()
            let timers = [
                try reader.readUInt32(), try reader.readUInt32(), try reader.readUInt32(), try reader.readUInt32(),
            ]
            return .authority(primary: primary, mailbox: mailbox, serial: serial, timers: timers)
        case .srv:
            let numbers = (try reader.readUInt16(), try reader.readUInt16(), try reader.readUInt16())
            return .service(priority: numbers.0, weight: numbers.1, port: numbers.2, try name())
        case .caa:
            let flags = try reader.readUInt8()
            let tag = try reader.readBytes(Int(reader.readUInt8()))
            return .certification(flags: flags, tag: Array(tag), value: Array(try reader.readBytes(reader.remaining)))
        default: return nil
        }
    }
}
