/// An open port that a run saw, and where it says so.
package struct SeenPort: Hashable, Sendable {
    package var address: IPAddress
    package var port: UInt16
    package var transport: Transport
    /// Index of the identity in the report.
    package var identity: Int
    /// Where in the sealed file the words begin that say so, in bytes.
    package var offset: UInt64
    /// The line, the first being 1.
    package var line: UInt64

    package init(
        address: IPAddress,
        port: UInt16,
        transport: Transport = .tcp,
        identity: Int,
        offset: UInt64 = 0,
        line: UInt64 = 0
    ) {
        self.address = address
        self.port = port
        self.transport = transport
        self.identity = identity
        self.offset = offset
        self.line = line
    }

    package var endpoint: Endpoint { Endpoint(address, port) }
}

extension SeenPort: Comparable {
    /// By address, transport and port.
    package static func < (left: Self, right: Self) -> Bool {
        if left.address != right.address { return left.address < right.address }
        if left.transport != right.transport { return left.transport == .tcp }
        return left.port < right.port
    }
}

/// Many open ports in few bytes, as an outcome carries them: text of base64, a million of them about ten megabytes.
///
/// For each, sorted: a byte (1 for IPv6, 2 for UDP, 4 when the address is the one before, 8 when the identity is), then
/// LEB128 numbers: the address less the one before (IPv6: 16 bytes as they are), the port, the identity, and the offset
/// and line less those before, in zigzag form.
package struct SeenPorts: Hashable, Sendable {
    package var ports: [SeenPort]

    package init(_ ports: [SeenPort]) {
        self.ports = ports
    }

    package var coded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(ports.count * 8)
        var before = SeenPort(address: IPAddress(v4: 0), port: 0, identity: 0)
        for seen in ports {
            let isSameHost = seen.address == before.address && !bytes.isEmpty
            let flags: UInt8 =
                (seen.address.family == .v6 ? 1 : 0) | (seen.transport == .udp ? 2 : 0) | (isSameHost ? 4 : 0)
                | (seen.identity == before.identity ? 8 : 0)
            bytes.append(flags)
            if !isSameHost {
                if seen.address.family == .v6 {
                    bytes += seen.address.bytes
                } else {
                    let last = before.address.family == .v4 ? UInt64(before.address.value) : 0
                    bytes.appendNumber(UInt64(seen.address.value) &- last)
                }
            }
            bytes.appendNumber(UInt64(seen.port))
            if flags & 8 == 0 { bytes.appendNumber(UInt64(seen.identity)) }
            bytes.appendNumber((Int64(bitPattern: seen.offset) &- Int64(bitPattern: before.offset)).zigzag)
            bytes.appendNumber((Int64(bitPattern: seen.line) &- Int64(bitPattern: before.line)).zigzag)
            before = seen
        }
        return bytes
    }

    /// Nil for bytes that are not of this form.
    package init?(coded bytes: [UInt8]) {
        ports = []
        var reader = NumberReader(bytes: bytes)
        var before = SeenPort(address: IPAddress(v4: 0), port: 0, identity: 0)
        while !reader.isAtEnd {
            guard let flags = reader.byte(), flags < 16 else { return nil }
            var seen = before
            seen.transport = flags & 2 == 0 ? .tcp : .udp
            if flags & 4 == 0 {
                guard let address = reader.address(isV6: flags & 1 != 0, after: before.address) else { return nil }
                seen.address = address
            }
            guard let port = reader.number().flatMap(UInt16.init(exactly:)) else { return nil }
            seen.port = port
            if flags & 8 == 0 {
                guard let identity = reader.number().flatMap(Int.init(exactly:)) else { return nil }
                seen.identity = identity
            }
            guard let offset = reader.number(), let line = reader.number() else { return nil }
            seen.offset = before.offset &+ offset.unzigzag
            seen.line = before.line &+ line.unzigzag
            ports.append(seen)
            before = seen
        }
    }
}

/// Reads the numbers of ``SeenPorts``.
private struct NumberReader {
    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place >= bytes.count }

    mutating func byte() -> UInt8? {
        guard place < bytes.count else { return nil }
        defer { place += 1 }
        return bytes[place]
    }

    mutating func number() -> UInt64? {
        var (value, shift): (UInt64, UInt64) = (0, 0)
        while let byte = byte() {
            guard shift < 64 else { return nil }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    mutating func address(isV6: Bool, after before: IPAddress) -> IPAddress? {
        if isV6 {
            guard place + 16 <= bytes.count else { return nil }
            defer { place += 16 }
            return IPAddress(bytes: bytes[place..<place + 16])
        }
        let last = before.family == .v4 ? UInt64(before.value) : 0
        return number().flatMap { UInt32(exactly: last &+ $0) }.map(IPAddress.init(v4:))
    }
}

extension [UInt8] {
    fileprivate mutating func appendNumber(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }
}

extension Int64 {
    fileprivate var zigzag: UInt64 { UInt64(bitPattern: (self << 1) ^ (self >> 63)) }
}

extension UInt64 {
    fileprivate var unzigzag: UInt64 { (self >> 1) ^ (0 &- (self & 1)) }
}
