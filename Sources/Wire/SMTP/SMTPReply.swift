/// A reply of a mail server (RFC 5321 4.2).
package struct SMTPReply: Hashable, Sendable {
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

    /// The extensions that a reply to `EHLO` lists after the server's greeting (RFC 5321 4.1.1.1).
    package var extensions: [String] {
        code == 250 ? lines.dropFirst().map(printable) : []
    }

    /// The name a mail server gives itself: the first word of its greeting.
    package var serverName: String? {
        lines.first?.split(separator: 0x20).first.map(printable)
    }

    /// Whether a greeting says SMTP or ESMTP, which FTP's does not.
    package var namesProtocol: Bool {
        lines.contains { line in
            line.split { $0 == 0x20 || $0 == 0x2f || $0 == 0x28 || $0 == 0x29 }.contains {
                ["SMTP", "ESMTP", "LMTP"].contains(String(decoding: $0, as: UTF8.self).uppercased())
            }
        }
    }
}
