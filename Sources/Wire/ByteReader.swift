/// Reads numbers and runs of bytes from the front of a message, in network order.
///
/// Never reads past the end, whatever lengths the message claims: it throws ``Shortage`` instead, and stays where it was.
package struct ByteReader: Sendable {
    /// The message ended before what it promised.
    package struct Shortage: Error, Hashable, Sendable {
        package let wanted: Int
        package let left: Int
    }

    /// The whole message.
    package let bytes: [UInt8]
    /// The offset of the next byte.
    package private(set) var position: Int

    private let end: Int

    /// Reads from `position` on, and not beyond `end`; both are held within the message.
    package init(_ bytes: some Sequence<UInt8>, at position: Int = 0, upTo end: Int = .max) {
        self.bytes = Array(bytes)
        self.end = min(max(end, 0), self.bytes.count)
        self.position = min(max(position, 0), self.end)
    }

    package var remaining: Int { end - position }

    package var isAtEnd: Bool { remaining == 0 }

    /// The bytes not yet read.
    package var rest: ArraySlice<UInt8> { bytes[position..<end] }

    package mutating func readBytes(_ count: Int) throws(Shortage) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw Shortage(wanted: count, left: remaining) }
        defer { position += count }
        return bytes[position..<position + count]
    }

    package mutating func skip(_ count: Int) throws(Shortage) {
        _ = try readBytes(count)
    }

    /// A big-endian number as wide as its type.
    package mutating func read<Number: FixedWidthInteger & UnsignedInteger>(
        _ type: Number.Type = Number.self
    ) throws(Shortage) -> Number {
        try readBytes(Number.bitWidth / 8).reduce(0) { $0 << (Number.bitWidth > 8 ? 8 : 0) | Number($1) }
    }

    package mutating func readUInt8() throws(Shortage) -> UInt8 {
        guard position < end else { throw Shortage(wanted: 1, left: 0) }
        defer { position += 1 }
        return bytes[position]
    }

    package mutating func readUInt16() throws(Shortage) -> UInt16 { try read() }

    /// Three bytes, as TLS counts its messages.
    package mutating func readUInt24() throws(Shortage) -> Int {
        try readBytes(3).reduce(0) { $0 << 8 | Int($1) }
    }

    package mutating func readUInt32() throws(Shortage) -> UInt32 { try read() }

    package mutating func readUInt64() throws(Shortage) -> UInt64 { try read() }

    /// What precedes the next line feed, without it and without a carriage return before it; nil when no line feed is
    /// left within `limit` bytes.
    package mutating func readLine(upTo limit: Int = 8_192) -> ArraySlice<UInt8>? {
        guard let end = rest.prefix(limit).firstIndex(of: 0x0a) else { return nil }
        defer { position = end + 1 }
        let line = bytes[position..<end]
        return line.last == 0x0d ? line.dropLast() : line
    }
}
