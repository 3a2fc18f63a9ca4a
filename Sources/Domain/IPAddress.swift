/// An IPv4 or IPv6 address, without a zone.
package struct IPAddress: Hashable, Sendable {
    package enum Family: UInt8, Sendable {
        case v4 = 4
        case v6 = 6

        /// The length of an address in bits: 32 or 128.
        package var bits: Int { self == .v4 ? 32 : 128 }
    }

    package let family: Family
    // Two halves, not one UInt128: passed on the stack to an async closure, that one unbalances it (Swift 6.3.1, x86-64).
    private let high: UInt64
    private let low: UInt64

    /// The address as a number in network order; an IPv4 address uses the low 32 bits.
    package var value: UInt128 { UInt128(high) << 64 | UInt128(low) }

    package init(v4 value: UInt32) {
        family = .v4
        high = 0
        low = UInt64(value)
    }

    package init(v6 value: UInt128) {
        family = .v6
        high = UInt64(truncatingIfNeeded: value >> 64)
        low = UInt64(truncatingIfNeeded: value)
    }

    /// Four or sixteen bytes in network order; nil for any other count.
    package init?(bytes: some Collection<UInt8>) {
        let value = bytes.prefix(17).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        switch bytes.count {
        case 4: self.init(v4: UInt32(value))
        case 16: self.init(v6: value)
        default: return nil
        }
    }

    /// Four or sixteen bytes in network order.
    package var bytes: [UInt8] {
        (0..<family.bits / 8).reversed().map { UInt8(truncatingIfNeeded: value >> UInt128($0 * 8)) }
    }

    /// The IPv4 address that an IPv4-mapped IPv6 address (`::ffff:a.b.c.d`, RFC 4291 2.5.5.2) stands for, else itself.
    ///
    /// Scope decisions are made on this form: otherwise a mapped address would slip past an IPv4 rule.
    package var unmapped: IPAddress {
        guard family == .v6, value >> 32 == 0xffff else { return self }
        return IPAddress(v4: UInt32(truncatingIfNeeded: value))
    }
}

extension IPAddress: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        left.family == right.family ? left.value < right.value : left.family.rawValue < right.family.rawValue
    }
}

extension IPAddress: LosslessStringConvertible {
    /// Reads dotted-decimal IPv4 (exactly four decimal parts, no leading zeros) or RFC 4291 IPv6 text.
    package init?(_ description: String) {
        guard let parsed = Self.parse(Array(description.utf8)) else { return nil }
        self = parsed
    }

    /// Dotted decimal, or RFC 5952 text.
    package var description: String {
        family == .v4 ? bytes.map(String.init).joined(separator: ".") : Self.compressed(value)
    }

    private static func parse(_ text: [UInt8]) -> IPAddress? {
        guard text.count <= 45 else { return nil }
        if !text.contains(UInt8(ascii: ":")) { return parseV4(text[...]).map(IPAddress.init(v4:)) }
        return parseV6(text).map(IPAddress.init(v6:))
    }

    private static func parseV4(_ text: ArraySlice<UInt8>) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0"),
                let octet = UInt8(String(decoding: part, as: UTF8.self)), part.first != UInt8(ascii: "+")
            else { return nil }
            value = value << 8 | UInt32(octet)
        }
        return value
    }

    private static func parseV6(_ text: [UInt8]) -> UInt128? {
        var halves: [[UInt16]] = [[]]
        var rest = text[...]
        if rest.starts(with: "::".utf8) {
            halves.append([])
            rest = rest.dropFirst(2)
        }
        while !rest.isEmpty {
            let part = rest.prefix { $0 != UInt8(ascii: ":") }
            if part.contains(UInt8(ascii: ".")) {
                guard part.endIndex == rest.endIndex, let quad = parseV4(part) else { return nil }
                halves[halves.count - 1] += [UInt16(quad >> 16), UInt16(truncatingIfNeeded: quad)]
                break
            }
            guard (1...4).contains(part.count), part.first != UInt8(ascii: "+"),
                let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16)
            else { return nil }
            halves[halves.count - 1].append(group)
            rest = rest[part.endIndex...]
            guard !rest.isEmpty else { break }
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: ":") {
                guard halves.count == 1 else { return nil }
                halves.append([])
                rest = rest.dropFirst()
            } else if rest.isEmpty {
                return nil
            }
        }
        let count = halves.joined().count
        guard halves.count == 1 ? count == 8 : count <= 7 else { return nil }
        let groups = halves[0] + Array(repeating: 0, count: 8 - count) + (halves.count > 1 ? halves[1] : [])
        return groups.reduce(UInt128(0)) { $0 << 16 | UInt128($1) }
    }

    /// RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups (the first of equals) as `::`.
    private static func compressed(_ value: UInt128) -> String {
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: value >> UInt128((7 - $0) * 16)) }
        var best = 0..<0
        var start = 0
        while start < 8 {
            let end = groups[start...].firstIndex { $0 != 0 } ?? 8
            if end - start > max(best.count, 1) { best = start..<end }
            start = end + 1
        }
        let text = { (part: ArraySlice<UInt16>) in part.map { String($0, radix: 16) }.joined(separator: ":") }
        guard !best.isEmpty else { return text(groups[...]) }
        return text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
    }
}

extension IPAddress: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("an IP address")
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}
