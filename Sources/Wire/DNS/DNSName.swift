/// A domain name: labels of bytes (RFC 1035 3.1). Compared without regard to ASCII case.
package struct DNSName: Sendable {
    /// The labels, outermost last, without the root's empty one. Each has 1 to 63 bytes; with their lengths, at most 255.
    package let labels: [[UInt8]]

    /// Nil when a label is empty or too long, or the whole is.
    package init?(labels: [[UInt8]]) {
        guard labels.allSatisfy({ (1...63).contains($0.count) }), labels.reduce(1, { $0 + 1 + $1.count }) <= 255 else {
            return nil
        }
        self.labels = labels
    }

    package static let root = DNSName(unchecked: [])

    private init(unchecked labels: [[UInt8]]) {
        self.labels = labels
    }

    /// The name inside `zone`, or `zone` itself.
    package func isWithin(_ zone: DNSName) -> Bool {
        labels.count >= zone.labels.count && DNSName(unchecked: labels.suffix(zone.labels.count)) == zone
    }

    /// As RFC 1035 3.1 puts it on the wire, never compressed.
    package var wire: [UInt8] { labels.flatMap { [UInt8($0.count)] + $0 } + [0] }

    private var folded: [[UInt8]] { labels.map { $0.map { (0x41...0x5a).contains($0) ? $0 + 0x20 : $0 } } }
}

extension DNSName: Hashable {
    package static func == (left: Self, right: Self) -> Bool { left.folded == right.folded }
    package func hash(into hasher: inout Hasher) { hasher.combine(folded) }
}

extension DNSName: LosslessStringConvertible {
    /// Reads master-file text (RFC 1035 5.1): `\.` and `\ddd` escape; the final dot may be missing.
    package init?(_ description: String) {
        if description == "." || description.isEmpty {
            self = .root
            return
        }
        var labels: [[UInt8]] = [[]]
        var rest = Array(description.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: ".") {
                guard !rest.isEmpty else { break }
                labels.append([])
            } else if byte == UInt8(ascii: "\\") {
                guard let escaped = Self.unescape(&rest) else { return nil }
                labels[labels.count - 1].append(escaped)
            } else {
                labels[labels.count - 1].append(byte)
            }
        }
        self.init(labels: labels)
    }

    private static func unescape(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
        guard let first = rest.first else { return nil }
        guard (0x30...0x39).contains(first) else {
            rest = rest.dropFirst()
            return first
        }
        let digits = rest.prefix(3)
        rest = rest.dropFirst(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self))
    }

    /// Master-file text with the final dot; bytes that are no letter, digit, `-` or `_` are escaped.
    package var description: String {
        guard !labels.isEmpty else { return "." }
        return labels.map { $0.map(Self.escape).joined() + "." }.joined()
    }

    private static func escape(_ byte: UInt8) -> String {
        switch byte {
        case 0x2e, 0x5c, 0x22, 0x28, 0x29, 0x3b, 0x40, 0x24: "\\" + String(UnicodeScalar(byte))
        case 0x21...0x7e: String(UnicodeScalar(byte))
        default: "\\" + String(String(1_000 + Int(byte)).dropFirst())
        }
    }
}
