import Domain

/// A date as it is stamped on drawings and written in sheets, in the forms of the region.
///
/// `2024.01.15`, `2024-1-15`, `24/01/15` (always year, month, day: the order of the region), `2024年1月15日`,
/// `2024년 1월 15일`, `1월 15일` without a year, `20240115`. What is no day of the calendar is no date.
package struct DateStamp: Hashable {
    /// ISO 8601: `2024-01-15`, or `--01-15` where no year is given.
    package var iso: String
    /// As it stood there.
    package var text: String

    /// All dates in a text, in order.
    package static func all(in text: String) -> [DateStamp] {
        var scanner = DateScanner(text)
        var stamps: [DateStamp] = []
        while let stamp = scanner.next() { stamps.append(stamp) }
        return stamps
    }
}

/// Goes through a text once, from number to number.
private struct DateScanner {
    private struct Number {
        var value: Int
        var digits: Int
    }

    private let scalars: [UnicodeScalar]
    private var index = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    mutating func next() -> DateStamp? {
        while index < scalars.count {
            let start = index
            guard isDigit(start), start == 0 || !isJoined(start - 1) else {
                index += 1
                continue
            }
            if let (iso, end) = stamp(at: start) {
                index = end
                var text = String.UnicodeScalarView()
                text.append(contentsOf: scalars[start..<end])
                return DateStamp(iso: iso, text: String(text))
            }
            while index < scalars.count, isDigit(index) { index += 1 }
        }
        return nil
    }

    private func stamp(at start: Int) -> (iso: String, end: Int)? {
        guard let (first, afterFirst) = number(at: start) else { return nil }
        if first.digits == 8 {
            let value = first.value
            let day = Day(year: value / 10_000, month: value / 100 % 100, day: value % 100)
            guard let day, (1900...2100).contains(value / 10_000), isFree(afterFirst) else { return nil }
            return (day.description, afterFirst)
        }
        guard let sign = sign(at: afterFirst) else { return nil }
        guard let (second, afterSecond) = number(at: skipSpace(sign.end)) else { return nil }
        if sign.kind == "m" { return monthAndDay(first, second, afterSecond) }
        guard let nextSign = self.sign(at: afterSecond), nextSign.kind == (sign.kind == "y" ? "m" : sign.kind),
            let (third, afterThird) = number(at: skipSpace(nextSign.end)), let year = year(first, sign.kind),
            let day = Day(year: year, month: second.value, day: third.value), third.digits <= 2
        else { return nil }
        let end = self.sign(at: afterThird).flatMap { $0.kind == "d" ? $0.end : nil } ?? afterThird
        guard isFree(end) || sign.kind == "y" else { return nil }
        // Two digits among more of them are an address or a version.
        guard first.digits == 4 || sign.kind == "y" || !isChained(start, end) else { return nil }
        return (day.description, end)
    }

    /// `1월 15일`: both signs must stand there, or it is a count of months.
    private func monthAndDay(_ month: Number, _ day: Number, _ after: Int) -> (iso: String, end: Int)? {
        // Any leap year serves to tell whether there is such a day.
        guard let end = sign(at: after), end.kind == "d", month.digits <= 2, day.digits <= 2,
            let date = Day(year: 2024, month: month.value, day: day.value)
        else { return nil }
        return ("-" + date.description.dropFirst(4), end.end)
    }

    private func year(_ number: Number, _ sign: Character) -> Int? {
        switch number.digits {
        case 4: (1900...2100).contains(number.value) ? number.value : nil
        case 2: sign == "y" || number.value >= 10 ? 2000 + number.value : nil
        default: nil
        }
    }

    private func number(at start: Int) -> (Number, end: Int)? {
        var (value, end) = (0, start)
        while end < scalars.count, isDigit(end), end - start <= 8 {
            value = value * 10 + digit(end)
            end += 1
        }
        return end > start && end - start <= 8 ? (Number(value: value, digits: end - start), end) : nil
    }

    /// A sign between numbers: `y`, `m`, `d` for year, month, day in words, else itself.
    private func sign(at start: Int) -> (kind: Character, end: Int)? {
        let at = skipSpace(start)
        guard at < scalars.count else { return nil }
        switch scalars[at] {
        case "年", "년": return ("y", at + 1)
        case "月", "월": return ("m", at + 1)
        case "日", "일", "号": return ("d", at + 1)
        case ".", "-", "/": return (Character(scalars[at]), at + 1)
        case "．": return (".", at + 1)
        case "－", "–": return ("-", at + 1)
        case "／": return ("/", at + 1)
        default: return nil
        }
    }

    private func skipSpace(_ start: Int) -> Int {
        var at = start
        while at < scalars.count, at < start + 2, scalars[at] == " " { at += 1 }
        return at
    }

    private func isDigit(_ at: Int) -> Bool {
        (0x30...0x39).contains(scalars[at].value) || (0xff10...0xff19).contains(scalars[at].value)
    }

    private func digit(_ at: Int) -> Int {
        Int(scalars[at].value - (scalars[at].value >= 0xff10 ? 0xff10 : 0x30))
    }

    /// Whether what ends here is not the beginning of something longer.
    private func isFree(_ at: Int) -> Bool { at >= scalars.count || !isJoined(at) }

    /// Whether a dot or dash with another number stands before or behind.
    private func isChained(_ start: Int, _ end: Int) -> Bool {
        let signs: [UnicodeScalar] = [".", "-", "/"]
        let isBefore = start >= 2 && signs.contains(scalars[start - 1]) && isDigit(start - 2)
        return isBefore || end + 1 < scalars.count && signs.contains(scalars[end]) && isDigit(end + 1)
    }

    /// Letters, digits and the signs that make a longer name or number of a date.
    private func isJoined(_ at: Int) -> Bool {
        let scalar = scalars[at]
        if isDigit(at) || scalar == "_" { return true }
        return scalar.isASCII && scalar.properties.isAlphabetic
    }
}
