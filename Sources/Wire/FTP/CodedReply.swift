/// A reply as FTP (RFC 959 4.2) and SMTP (RFC 5321 4.2.1) share it: three digits, a hyphen while lines follow.
///
/// FTP's inner lines need no code, SMTP's have one on each; both are read.
package struct CodedReply: Hashable, Sendable {
    /// Why bytes are no reply.
    package enum Fault: Error, Hashable, Sendable {
        /// No line with code and space has come yet.
        case unfinished
        case noCode
        /// Longer than ``CodedReply/maximumLength``.
        case tooLong
    }

    /// A server may talk for ever; this much is read.
    package static let maximumLength = 64 * 1024

    package var code: Int
    package var lines: [[UInt8]]
    package var end: Int

    package init(parsing bytes: some Sequence<UInt8>) throws(Fault) {
        let bytes = Array(bytes.prefix(Self.maximumLength + 1))
        guard let code = Self.code(bytes[...]) else {
            throw bytes.count < 4 && Self.mayBegin(bytes) ? .unfinished : .noCode
        }
        var (lines, start) = ([[UInt8]](), 0)
        while let feed = bytes[start...].firstIndex(of: 0x0a) {
            guard feed < Self.maximumLength else { throw .tooLong }
            var line = bytes[start..<feed]
            if line.last == 0x0d { line = line.dropLast() }
            let isCoded = Self.code(line) == code
            let isLast = isCoded && (line.count == 3 || line[line.startIndex + 3] == 0x20)
            lines.append(Array(isCoded ? line.dropFirst(4) : line))
            start = feed + 1
            if isLast {
                (self.code, self.lines, self.end) = (code, lines, start)
                return
            }
            // The first line must be marked as the first of many.
            guard lines.count > 1 || line.dropFirst(3).first == UInt8(ascii: "-") else { throw .noCode }
        }
        throw bytes.count > Self.maximumLength ? .tooLong : .unfinished
    }

    private static func code(_ line: ArraySlice<UInt8>) -> Int? {
        guard line.count >= 3, line.prefix(3).allSatisfy({ (0x30...0x39).contains($0) }),
            line.dropFirst(3).first.map({ $0 == 0x20 || $0 == 0x2d || $0 == 0x0d || $0 == 0x0a }) ?? true,
            (0x31...0x36).contains(line[line.startIndex])
        else { return nil }
        return line.prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func mayBegin(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { (0x30...0x39).contains($0) }
    }
}
