/// The line a server of SSH opens with: `SSH-2.0-OpenSSH_9.2p1 Debian-2` (RFC 4253 4.2).
package struct SSHIdentification: Hashable, Sendable {
    /// Why bytes are no identification.
    package enum Fault: Error, Hashable, Sendable {
        /// The line has not ended yet.
        case unfinished
        case notSSH
        /// Longer than the limits.
        case tooLong
    }

    /// RFC 4253 allows 255 bytes with the line's end; a little more is read, and no more.
    package static let maximumLength = 512
    /// Lines that a server may send before it (RFC 4253 4.2), and their bytes.
    package static let maximumPreamble = 8 * 1024

    /// Such as `2.0` or `1.99`.
    package var version: String
    /// Such as `OpenSSH_9.2p1`.
    package var software: String
    /// What follows the software after a space.
    package var comment: String?
    /// Where the line ends in the bytes: what follows are packets.
    package var end: Int

    /// Finds the identification among the first lines.
    package init(parsing bytes: some Sequence<UInt8>) throws(Fault) {
        let bytes = Array(bytes)
        var start = 0
        while true {
            let rest = bytes[start...]
            let isMarked = rest.starts(with: Self.mark)
            guard let feed = rest.firstIndex(of: 0x0a) else {
                guard rest.count <= Self.maximumLength, start <= Self.maximumPreamble else { throw .tooLong }
                throw rest.isEmpty || isMarked || Self.mark.starts(with: rest) || start > 0 ? .unfinished : .notSSH
            }
            if isMarked {
                guard feed - start < Self.maximumLength else { throw .tooLong }
                try self.init(line: rest[..<feed], end: feed + 1)
                return
            }
            start = feed + 1
            guard start <= Self.maximumPreamble else { throw .tooLong }
        }
    }

    private init(line: ArraySlice<UInt8>, end: Int) throws(Fault) {
        let text = (line.last == 0x0d ? line.dropLast() : line).dropFirst(Self.mark.count)
        let parts = text.split(separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .notSSH }
        let words = parts[1].split(separator: UInt8(ascii: " "), maxSplits: 1)
        version = printable(parts[0])
        software = words.first.map(printable) ?? ""
        comment = words.count > 1 ? printable(words[1]) : nil
        self.end = end
    }

    /// Whether these first bytes are, or may yet become, an identification without a preamble.
    package static func isOpening(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: mark)
    }

    private static let mark = Array("SSH-".utf8)
}
