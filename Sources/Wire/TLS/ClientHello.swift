/// A TLS greeting made by hand, sent where the library's handshake fails: it tells whether TLS is spoken at all.
///
/// It offers TLS 1.0 to 1.2 and the suites of old servers (RFC 5246 7.4.1.2). The handshake is never completed.
package struct ClientHello: Sendable {
    package var random: [UInt8]

    /// `random` must be 32 bytes; others are cut or filled with zeros.
    package init(random: [UInt8]) {
        self.random = Array((random + Array(repeating: 0, count: 32)).prefix(32))
    }

    private static let suites: [UInt16] = [
        0xc02f, 0xc030, 0xc02b, 0xc02c, 0xcca8, 0xc013, 0xc014, 0xc009, 0xc00a, 0x009c, 0x009d, 0x003c, 0x002f, 0x0035,
        0x000a, 0x0005, 0x0004,
    ]

    /// One record with one handshake message.
    package var bytes: [UInt8] {
        let suites = Self.suites.flatMap(Self.pair)
        let groups = [0x001d, 0x0017, 0x0018].flatMap { Self.pair($0) }
        let signatures = [0x0403, 0x0503, 0x0804, 0x0805, 0x0401, 0x0501, 0x0201, 0x0203].flatMap { Self.pair($0) }
        let extensions =
            Self.field(0x000a, Self.counted(groups)) + Self.field(0x000b, [1, 0])
            + Self.field(0x000d, Self.counted(signatures))
        let body = [3, 3] + random + [0] + Self.counted(suites) + [1, 0] + Self.counted(extensions)
        let message = [1, 0] + Self.counted(body)
        return [22, 3, 1] + Self.counted(message)
    }

    private static func pair(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)] }

    private static func counted(_ bytes: [UInt8]) -> [UInt8] { pair(UInt16(clamping: bytes.count)) + bytes }

    private static func field(_ type: UInt16, _ bytes: [UInt8]) -> [UInt8] { pair(type) + counted(bytes) }
}
