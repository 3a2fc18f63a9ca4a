/// What a server of SSH offers before anybody logs in: the lists of its `SSH_MSG_KEXINIT` (RFC 4253 7.1).
package struct SSHKeyExchange: Hashable, Sendable {
    /// Why bytes are no such message.
    package enum Fault: Error, Hashable, Sendable {
        /// The packet has not come whole yet.
        case unfinished
        /// A length that no packet may have (RFC 4253 6.1).
        case badLength
        case otherMessage(UInt8)
        case badList
    }

    /// RFC 4253 6.1 asks for 35,000 bytes at least to be taken; no more are.
    package static let maximumPacket = 35_000

    package var keyExchange: [String]
    package var hostKeys: [String]
    package var ciphers: Directions
    package var macs: Directions
    package var compression: Directions

    /// A list for what the server receives, and one for what it sends.
    package struct Directions: Hashable, Sendable {
        package var received: [String]
        package var sent: [String]
    }

    /// Reads the first binary packet that follows the identification.
    package init(parsing bytes: some Sequence<UInt8>) throws(Fault) {
        var reader = ByteReader(bytes)
        guard let length = try? reader.readUInt32() else { throw .unfinished }
        guard (2...UInt32(Self.maximumPacket)).contains(length) else { throw .badLength }
        guard let packet = try? reader.readBytes(Int(length)) else { throw .unfinished }
        var body = ByteReader(packet)
        do {
            let padding = try body.readUInt8()
            guard Int(padding) + 1 < Int(length) else { throw Fault.badLength }
            let message = try body.readUInt8()
            guard message == 20 else { throw Fault.otherMessage(message) }
            try body.skip(16)
            var lists: [[String]] = []
            for _ in 0..<8 { lists.append(try Self.list(&body)) }
            keyExchange = lists[0]
            hostKeys = lists[1]
            ciphers = Directions(received: lists[2], sent: lists[3])
            macs = Directions(received: lists[4], sent: lists[5])
            compression = Directions(received: lists[6], sent: lists[7])
        } catch let fault as Fault {
            throw fault
        } catch {
            throw .badList
        }
    }

    /// What an SSH server fingerprint is made of: its lists for key exchange and for what it sends.
    package var hasshText: String {
        [keyExchange, ciphers.sent, macs.sent, compression.sent].map { $0.joined(separator: ",") }.joined(
            separator: ";"
        )
    }

    private static func list(_ reader: inout ByteReader) throws -> [String] {
        let count = try reader.readUInt32()
        guard count <= UInt32(maximumPacket) else { throw Fault.badList }
        return try reader.readBytes(Int(count)).split(separator: UInt8(ascii: ",")).map(printable)
    }
}
