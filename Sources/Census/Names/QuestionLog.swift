import Domain
import Scope

/// The questions put to one name server, with its answers, as they are sealed together.
///
/// Its bytes: the line `ajar-dns/1`, then for each message a line of `>` (sent) or `<` (received), the transport, the
/// number of bytes and the time at which the answer was whole; those bytes, without the length that TCP puts in front;
/// and a line feed. A question begins with its `>`; its answers follow it.
struct QuestionLog: Sendable {
    /// The media type of the bytes.
    static let contentType = "application/vnd.ajar.dns"

    private(set) var bytes = Array("ajar-dns/1\n".utf8)
    /// When the last answer came; nil where there is none.
    private(set) var ended: Timestamp?

    /// Adds a question with its answers; returns where in the bytes it begins.
    mutating func note(_ reply: DNSReply) -> UInt64 {
        let offset = UInt64(bytes.count)
        add(">", reply.query, reply)
        for message in reply.messages { add("<", message, reply) }
        ended = max(ended ?? reply.at, reply.at)
        return offset
    }

    private mutating func add(_ direction: String, _ message: [UInt8], _ reply: DNSReply) {
        bytes += Array("\(direction) \(reply.transport.rawValue) \(message.count) \(reply.at)\n".utf8)
        bytes += message
        bytes.append(0x0a)
    }
}
