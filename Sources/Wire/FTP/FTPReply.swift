/// A reply of an FTP server (RFC 959 4.2): a code, and one or more lines.
package struct FTPReply: Hashable, Sendable {
    package var code: Int
    /// The text of each line, without codes and line ends.
    package var lines: [[UInt8]]
    /// Where the reply ends in the bytes it was read from.
    package var end: Int

    /// Reads the reply at the front.
    package init(parsing bytes: some Sequence<UInt8>) throws(CodedReply.Fault) {
        let reply = try CodedReply(parsing: bytes)
        (code, lines, end) = (reply.code, reply.lines, reply.end)
    }

    /// The features that a reply to `FEAT` lists (RFC 2389 3.2), one a line; empty for any other reply.
    package var features: [String] {
        guard code == 211, lines.count > 2 else { return [] }
        return lines.dropFirst().dropLast().map { line in printable(line.drop { $0 == 0x20 }) }
    }
}

extension FTPReply {
    /// The port in a reply to `EPSV` (RFC 2428 3) or `PASV` (RFC 959 4.1.2). The address beside it is never used.
    package var dataPort: UInt16? {
        guard let line = lines.first else { return nil }
        let inside = line.drop { $0 != UInt8(ascii: "(") }.dropFirst().prefix { $0 != UInt8(ascii: ")") }
        let text = String(decoding: inside, as: UTF8.self)
        if code == 229 {
            guard let mark = text.first else { return nil }
            return text.split(separator: mark).last.flatMap { UInt16($0) }.flatMap { $0 > 0 ? $0 : nil }
        }
        let numbers = text.split(separator: ",").compactMap { UInt8($0) }
        guard code == 227, numbers.count == 6 else { return nil }
        let port = UInt16(numbers[4]) << 8 | UInt16(numbers[5])
        return port > 0 ? port : nil
    }
}
