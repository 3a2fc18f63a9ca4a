/// The head of an HTTP/1 response: status line and fields (RFC 9112 4, 5).
///
/// Reads a head that has already been cut from the stream, such as one from the vault; framing is not its concern.
package struct HTTPHead: Hashable, Sendable {
    /// Why bytes are not the head of a response.
    package enum Fault: Error, Hashable, Sendable {
        case tooLong
        case tooManyLines
        case noStatusLine
    }

    /// A longer head is refused.
    package static let maximumLength = 64 * 1024
    /// A head of more lines is refused.
    package static let maximumLines = 200

    /// Such as `HTTP/1.1`.
    package var version: String
    package var status: Int
    package var reason: String
    package var fields: HTTPFields

    /// Field lines without a colon are left out: the head's own bytes are the evidence, this is a way to read them.
    package init(parsing bytes: some Collection<UInt8>) throws(Fault) {
        guard bytes.count <= Self.maximumLength else { throw .tooLong }
        let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
            .map { $0.last == 0x0d ? $0.dropLast() : $0 }.drop { $0.isEmpty }.prefix { !$0.isEmpty }
        guard lines.count <= Self.maximumLines + 1 else { throw .tooManyLines }
        guard let first = lines.first else { throw .noStatusLine }
        let parts = first.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count >= 2, parts[0].hasPrefix("HTTP/"), let status = Int(parts[1]), (100...999).contains(status)
        else { throw .noStatusLine }
        version = parts[0]
        self.status = status
        reason = parts.count > 2 ? parts[2] : ""
        fields = HTTPFields(lines.dropFirst().compactMap(Self.field))
    }

    private static func field(_ line: some Collection<UInt8>) -> HTTPFields.Field? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let value = Array(line[line.index(after: colon)...])
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let start = value.firstIndex { !isSpace($0) } ?? value.endIndex
        let end = value.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
        return HTTPFields.Field(String(decoding: line[..<colon], as: UTF8.self), value[start..<end])
    }

    /// Where the head ends: the offset behind its empty line, or nil while there is none. Empty lines in front are
    /// skipped (RFC 9112 2.2).
    package static func end(in bytes: some Collection<UInt8>) -> Int? {
        var offset = 0
        var lineLength = 0
        var hasBegun = false
        for byte in bytes {
            offset += 1
            if byte == 0x0a {
                if lineLength == 0, hasBegun { return offset }
                lineLength = 0
            } else if byte != 0x0d {
                hasBegun = true
                lineLength += 1
            }
        }
        return nil
    }
}
