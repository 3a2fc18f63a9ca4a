package import Domain

/// The facts of a machine-readable row (RFC 3659 7.2): `type=file;size=4;modify=20240115093012; name`.
package struct FTPFacts: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file
        case folder
        /// The folder that is listed, or the one above it.
        case listed
        case link
        case other
    }

    /// Nil where the server says none.
    package var kind: Kind?
    package var size: UInt64?
    package var modified: Timestamp?
    /// What may be done, in the letters of RFC 3659 7.5.5.
    package var permissions: String?
    /// The same for the same thing while one connection lasts, not longer.
    package var unique: [UInt8]?
    /// The bytes behind the facts and one space.
    package var name: ArraySlice<UInt8>
    /// The digits of the time as they came.
    fileprivate var clock: ArraySlice<UInt8> = []

    /// A row without its line end; nil where it has no facts, or something that is none among them.
    package init?(parsing line: ArraySlice<UInt8>) {
        guard let space = line.firstIndex(of: UInt8(ascii: " ")), space > line.startIndex else { return nil }
        name = line[line.index(after: space)...]
        guard !name.isEmpty else { return nil }
        for fact in line[..<space].split(separator: UInt8(ascii: ";")) {
            guard let mark = fact.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            take(fact[..<mark], fact[fact.index(after: mark)...])
        }
    }

    private mutating func take(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        switch String(decoding: key.map(\.lowercased), as: UTF8.self) {
        case "type": kind = Self.kind(String(decoding: value.map(\.lowercased), as: UTF8.self))
        case "size", "sizd": if value.isLongNumber { size = UInt64(String(decoding: value, as: UTF8.self)) }
        case "modify":
            modified = FTPTime.instant(value)
            if modified != nil { clock = value }
        case "perm": permissions = printable(value.prefix(32))
        case "unique": unique = Array(value.prefix(256))
        default: break
        }
    }

    private static func kind(_ word: String) -> Kind {
        switch word {
        case "file": .file
        case "dir": .folder
        case "cdir", "pdir": .listed
        case _ where word.hasPrefix("os.unix=slink") || word.hasPrefix("os.unix=symlink"): .link
        default: .other
        }
    }
}

extension FTPRow {
    init?(facts line: ArraySlice<UInt8>) {
        guard line.contains(UInt8(ascii: "=")), let facts = FTPFacts(parsing: line), let kind = facts.kind else {
            return nil
        }
        let size = kind == .file ? facts.size.map { Array(" \($0)".utf8) } ?? [] : []
        let time = facts.clock.isEmpty ? [] : FTPTime.spelled(facts.clock)
        switch kind {
        case .file: self.init(.facts, .file, facts.name, columns: time + size)
        case .folder: self.init(.facts, .folder, facts.name, columns: time)
        case .link: self.init(.facts, .link, facts.name)
        case .other: self.init(.facts, .other, facts.name)
        case .listed: self.init(.facts, .none, facts.name)
        }
    }
}

/// Times as FTP's newer commands write them (RFC 3659 2.3): `20240115093012`, with a fraction or not, in UTC.
enum FTPTime {
    /// Nil for anything else, such as the `191240115…` of servers that count years from 1900.
    static func instant(_ digits: ArraySlice<UInt8>) -> Timestamp? {
        let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0].count == 14, parts.count == 1 || parts[1].isLongNumber, parts[0].allSatisfy(\.isDigit) else {
            return nil
        }
        return Timestamp(String(decoding: spelled(digits), as: UTF8.self))
    }

    /// The same as ISO 8601 has it, the fraction to the microsecond.
    static func spelled(_ digits: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        for (place, digit) in digits.prefix(21).enumerated() {
            if let mark = [4: "-", 6: "-", 8: "T", 10: ":", 12: ":"][place] { text += mark.utf8 }
            text.append(digit)
        }
        if text.last == UInt8(ascii: ".") { text.removeLast() }
        return text + [UInt8(ascii: "Z")]
    }
}
