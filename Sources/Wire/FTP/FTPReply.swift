package import Domain

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
        let bracket = line.firstIndex(of: UInt8(ascii: "("))
        let inside = line[(bracket.map { $0 + 1 } ?? 0)...].prefix { $0 != UInt8(ascii: ")") }
        let text = String(decoding: inside, as: UTF8.self)
        if code == 229, bracket != nil {
            guard let mark = text.first else { return nil }
            return text.split(separator: mark).last.flatMap { UInt16($0) }.flatMap { $0 > 0 ? $0 : nil }
        }
        // Some servers leave the brackets out (RFC 1123 4.1.2.6).
        let digits = bracket == nil ? text.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "," } : text[...]
        let numbers = digits.split(separator: ",").compactMap { UInt8($0) }
        guard code == 227, numbers.count == 6 else { return nil }
        let port = UInt16(numbers[4]) << 8 | UInt16(numbers[5])
        return port > 0 ? port : nil
    }

    /// The folder in a reply to `PWD` (RFC 959, appendix II): in quotes, of which two stand for one of its own.
    package var folder: [UInt8]? {
        let quote = UInt8(ascii: "\"")
        guard code == 257, let line = lines.first, let start = line.firstIndex(of: quote) else { return nil }
        var (path, place) = ([UInt8](), start + 1)
        while place < line.count {
            guard line[place] == quote else {
                path.append(line[place])
                place += 1
                continue
            }
            guard place + 1 < line.count, line[place + 1] == quote else { return path }
            path.append(quote)
            place += 2
        }
        return nil
    }

    /// The number in a reply to `SIZE` (RFC 3659 4.1).
    package var size: UInt64? {
        guard code == 213, let word = value, word.isLongNumber else { return nil }
        return UInt64(String(decoding: word, as: UTF8.self))
    }

    /// The time in a reply to `MDTM` (RFC 3659 3.1), to the second.
    package var modified: Timestamp? {
        guard code == 213, let word = value else { return nil }
        return FTPTime.instant(word)?.roundedDown
    }

    /// The facts in a reply to `MLST` (RFC 3659 7.2): the line between the first and the last, behind a space.
    package var facts: FTPFacts? {
        guard code == 250, lines.count > 2 else { return nil }
        return FTPFacts(parsing: lines[1].drop { $0 == 0x20 })
    }

    private var value: ArraySlice<UInt8>? {
        guard lines.count == 1, let line = lines.first else { return nil }
        return line[...].split(separator: 0x20).first
    }

    /// Code and first line, fit to be shown: at most 200 characters.
    package var words: String { String(("\(code) " + printable(lines.first?.prefix(200) ?? [])).prefix(200)) }
}
