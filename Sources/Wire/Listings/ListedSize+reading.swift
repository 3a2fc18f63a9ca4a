import Domain

extension ListedSize {
    /// Where a size's unit stands.
    enum Unit {
        case none
        case attached
        case apart
    }

    /// A number of bytes, or a number with a unit behind it: K, M, G, T, P or E, alone or as `KiB` or `kB`.
    ///
    /// Servers round in different ways, so a shortened number stands for one unit of its last digit to either side; `MB` is
    /// a million bytes for some and 1,048,576 for others.
    init?(_ word: [UInt8], unit: [UInt8]?, found: inout Unit) {
        let digits = word.prefix { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        guard (1...20).contains(digits.count), digits.first != UInt8(ascii: ".") else { return nil }
        let parts = digits.filter { $0 != UInt8(ascii: ",") }
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = UInt64(String(decoding: parts[0], as: UTF8.self)) else { return nil }
        let suffix = Array(word[digits.count...])
        // A description may follow the size: a lone letter after a whole number is no unit.
        let isByte = unit?.count == 1 && unit?.first == UInt8(ascii: "B")
        let isApart = suffix.isEmpty && (parts.count == 2 || (unit?.count ?? 0) >= 2 || isByte)
        guard let scale = Self.scale(of: isApart ? unit ?? [] : suffix) else {
            guard suffix.isEmpty, parts.count == 1 else { return nil }
            found = .none
            self.init(exactly: whole)
            return
        }
        found = isApart ? .apart : .attached
        guard scale.power > 0 else {
            self.init(exactly: whole)
            return
        }
        self.init(whole, fraction: parts.count == 2 ? parts[1].prefix(3) : [], scale)
    }

    private init?(_ whole: UInt64, fraction: ArraySlice<UInt8>, _ scale: (power: Int, isDoubtful: Bool)) {
        let parts = fraction.reduce(1) { parts, _ in parts * 10 } as Double
        let tenths = Double(String(decoding: fraction, as: UTF8.self)) ?? 0
        let most = Double(UInt64(1) << UInt64(scale.power * 10))
        let least = scale.isDoubtful ? (0..<scale.power).reduce(1) { unit, _ in unit * 1_000 } : most
        let atLeast = max(0, (Double(whole) + (tenths - 1) / parts) * least)
        let atMost = (Double(whole) + (tenths + 1) / parts) * most
        guard atMost < 9e18 else { return nil }
        self.init(atLeast: UInt64(atLeast), atMost: UInt64(atMost.rounded(.up)))
    }

    /// The unit's power of 1,024, and whether it may be one of 1,000.
    private static func scale(of unit: [UInt8]) -> (power: Int, isDoubtful: Bool)? {
        let text = String(decoding: unit.prefix(7), as: UTF8.self).lowercased()
        if ["b", "o", "byte", "bytes"].contains(text) { return (0, false) }
        guard let first = text.first, let power = "kmgtpe".firstIndex(of: first) else { return nil }
        let number = "kmgtpe".distance(from: "kmgtpe".startIndex, to: power) + 1
        switch text.dropFirst() {
        case "", "ib": return (number, false)
        case "b", "o", "byte", "bytes": return (number, true)
        default: return nil
        }
    }
}
