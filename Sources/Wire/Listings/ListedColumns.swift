package import Domain

/// What a listing says beside a name: when it was modified and how large it is.
package struct ListedColumns: Hashable, Sendable {
    /// A time as it is shown, in the server's zone, which the page does not name.
    package var time: ListedTime?
    package var size: ListedSize?
    /// The words that time and size were read from, as they stand: two looks at the same server are compared by these.
    package var shown: String

    /// Finds a time in any of the known forms, and a size after it or, failing that, before it.
    package init(_ text: [UInt8]) {
        let words = text.prefix(512).split { $0.isSpace || $0 == 0xa0 || $0 == 0xc2 }.map(Array.init)
        shown = ""
        guard let date = words.indices.first(where: { ListedTime.isDate(words[$0]) }) else {
            size = words.first.flatMap { Self.size($0, unit: words.dropFirst().first) }
            if size != nil { shown = String(decoding: words[0], as: UTF8.self) }
            return
        }
        let clock = date + 1 < words.count ? words[date + 1] : []
        time = ListedTime(date: words[date], clock: clock)
        let next = time?.hasClock == true ? date + 2 : date + 1
        var read = words[date..<min(next, words.count)].map { String(decoding: $0, as: UTF8.self) }
        if next < words.count, let found = Self.size(words[next], unit: words.dropFirst(next + 1).first) {
            size = found
            read.append(String(decoding: words[next], as: UTF8.self))
        } else if date > 0, let found = Self.size(words[0], unit: date > 1 ? words[1] : nil) {
            size = found
            read.append(String(decoding: words[0], as: UTF8.self))
        }
        shown = read.joined(separator: " ")
    }

    /// A number of bytes, or a number with K, M, G, T, P or E (1,024 to the power of one to six), alone or as `KiB`.
    ///
    /// Servers round in different ways, so a shortened number stands for one unit of its last digit to either side.
    static func size(_ word: [UInt8], unit: [UInt8]?) -> ListedSize? {
        let digits = word.prefix { (48...57).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        guard (1...20).contains(digits.count), digits.first != UInt8(ascii: ".") else { return nil }
        let parts = digits.filter { $0 != UInt8(ascii: ",") }
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = UInt64(String(decoding: parts[0], as: UTF8.self)) else { return nil }
        let suffix = Array(word[digits.count...])
        // A description may follow the size: a lone letter after a whole number is no unit.
        let isApart = suffix.isEmpty && (parts.count == 2 || (unit?.count ?? 0) >= 2)
        guard let power = power(of: isApart ? unit ?? [] : suffix) else {
            return suffix.isEmpty && parts.count == 1 ? ListedSize(exactly: whole) : nil
        }
        guard power > 0 else { return ListedSize(exactly: whole) }
        return range(whole, fraction: parts.count == 2 ? parts[1].prefix(3) : [], power: power)
    }

    private static func range(_ whole: UInt64, fraction: ArraySlice<UInt8>, power: Int) -> ListedSize? {
        let scale = fraction.reduce(1) { scale, _ in scale * 10 } as Double
        let tenths = Double(String(decoding: fraction, as: UTF8.self)) ?? 0
        let unit = Double(UInt64(1) << UInt64(power * 10))
        let least = max(0, (Double(whole) + (tenths - 1) / scale) * unit)
        let most = (Double(whole) + (tenths + 1) / scale) * unit
        guard most < 9e18 else { return nil }
        return ListedSize(atLeast: UInt64(least), atMost: UInt64(most.rounded(.up)))
    }

    private static func power(of unit: [UInt8]) -> Int? {
        switch String(decoding: unit.prefix(6), as: UTF8.self).lowercased() {
        case "b", "byte", "bytes": 0
        case "k", "kb", "kib": 1
        case "m", "mb", "mib": 2
        case "g", "gb", "gib": 3
        case "t", "tb", "tib": 4
        case "p", "pb", "pib": 5
        case "e", "eb", "eib": 6
        default: nil
        }
    }
}
