import Domain

/// Numbers in names that speak of no work: dates, picture sizes, cameras, checksums. The grammar leaves them alone.
package enum Noise {
    /// The ranges of `part` that hold noise, in order.
    package static func ranges(in part: NamePart) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index < part.scalars.count {
            if let end = date(part, index) ?? size(part, index) ?? device(part, index) ?? checksum(part, index) {
                ranges.append(index..<end)
                index = end
            } else {
                index += 1
            }
        }
        return ranges
    }

    private static func run(_ part: NamePart, _ start: Int, where accepts: (UnicodeScalar) -> Bool) -> Int {
        var end = start
        while end < part.scalars.count, accepts(part.scalar(end)) { end += 1 }
        return end
    }

    private static func number(_ part: NamePart, _ range: Range<Int>) -> Int? {
        range.count <= 8 ? Int(part.text(range)) : nil
    }

    /// `20240115`, `240115`, `2024-01-15`, `2024年1月15日`, `1월15일`, or a year by itself.
    private static func date(_ part: NamePart, _ start: Int) -> Int? {
        guard part.scalar(start).isDigit, !part.scalar(start - 1).isLatinWord else { return nil }
        let end = run(part, start, where: \.isDigit)
        guard let value = number(part, start..<end) else { return nil }
        let next = part.scalar(end)
        if let words = wordedDate(part, end) { return words }
        switch end - start {
        case 8 where !next.isLatinLetter: return isDay(value / 10_000, value / 100 % 100, value % 100) ? end : nil
        case 6 where !next.isLatinLetter:
            return isDay(2000 + value / 10_000, value / 100 % 100, value % 100) ? end : nil
        case 4 where (1950...2049).contains(value) && !next.isLatinLetter:
            return separatedDate(part, year: value, at: end) ?? (isFramePlace(part, start, end) ? nil : end)
        default: return nil
        }
    }

    /// `name.2019.tga`: a number between dots before the extension is a frame, whatever year it looks like.
    private static func isFramePlace(_ part: NamePart, _ start: Int, _ end: Int) -> Bool {
        part.isFile && end == part.scalars.count && part.scalar(start - 1) == "."
    }

    private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        (1950...2049).contains(year) && Day(year: year, month: month, day: day) != nil
    }

    private static func separatedDate(_ part: NamePart, year: Int, at start: Int) -> Int? {
        let separator = part.scalar(start)
        guard "-_. ".unicodeScalars.contains(separator) else { return nil }
        let monthEnd = run(part, start + 1, where: \.isDigit)
        guard part.scalar(monthEnd) == separator, let month = number(part, start + 1..<monthEnd) else { return nil }
        let dayEnd = run(part, monthEnd + 1, where: \.isDigit)
        guard let day = number(part, monthEnd + 1..<dayEnd), !part.scalar(dayEnd).isLatinLetter else { return nil }
        return isDay(year, month, day) ? dayEnd : nil
    }

    /// A number before 年, 月 or 日 (년, 월, 일), and what follows of the same date.
    private static func wordedDate(_ part: NamePart, _ start: Int) -> Int? {
        let units = "年月日号년월일".unicodeScalars
        guard units.contains(part.scalar(start)) else { return nil }
        var end = start + 1
        while true {
            let digits = run(part, end, where: \.isDigit)
            guard digits > end, units.contains(part.scalar(digits)) else { return end }
            end = digits + 1
        }
    }

    /// `1080p`, `1920x1080`, `24fps`, `300dpi`.
    private static func size(_ part: NamePart, _ start: Int) -> Int? {
        guard part.scalar(start).isDigit, !part.scalar(start - 1).isLatinWord else { return nil }
        let end = run(part, start, where: \.isDigit)
        let wordEnd = run(part, end, where: \.isLatinWord)
        let unit = part.text(end..<wordEnd).lowercased()
        if ["p", "i"].contains(unit), (3...4).contains(end - start) { return wordEnd }
        if ["fps", "dpi", "px", "k", "mm", "kbps", "khz", "hz", "mb", "kb"].contains(unit) { return wordEnd }
        guard unit.hasPrefix("x"), end - start >= 3, unit.count >= 4, unit.dropFirst().allSatisfy(\.isNumber) else {
            return nil
        }
        return wordEnd
    }

    /// `IMG_1234`, `DSC01234`, `MVI 0012`.
    private static func device(_ part: NamePart, _ start: Int) -> Int? {
        guard part.scalar(start).isLatinLetter, !part.scalar(start - 1).isLatinWord else { return nil }
        let wordEnd = run(part, start, where: \.isLatinLetter)
        let words = ["img", "dsc", "dscn", "dscf", "mvi", "vid", "pict", "pxl", "scan", "screenshot", "gopr"]
        guard words.contains(part.text(start..<wordEnd).lowercased()) else { return nil }
        let digits = wordEnd + ("_- ".unicodeScalars.contains(part.scalar(wordEnd)) ? 1 : 0)
        let end = run(part, digits, where: \.isDigit)
        return end > digits ? end : nil
    }

    /// Twelve or more hexadecimal digits, with letters and digits among them, dashes between.
    private static func checksum(_ part: NamePart, _ start: Int) -> Int? {
        guard !part.scalar(start - 1).isLatinWord else { return nil }
        let isHex = { (scalar: UnicodeScalar) in scalar.properties.isASCIIHexDigit }
        let end = run(part, start, where: isHex)
        guard end - start >= 8, !part.scalar(end).isLatinLetter else { return nil }
        let whole = run(part, start) { isHex($0) || $0 == "-" }
        let text = part.scalars[start..<whole]
        guard text.count >= 12, text.contains(where: \.isDigit), text.contains(where: \.isLatinLetter) else {
            return nil
        }
        return whole
    }
}
