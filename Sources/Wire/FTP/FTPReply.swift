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
