import Domain

/// Finds a date among a row's words, in the forms that servers and index scripts use.
struct ListedDate {
    /// Nil where the words are a date, but may mean more than one: day or month first, a year left out.
    var time: ListedTime?
    /// How many words it takes.
    var count: Int

    private typealias Word = ArraySlice<UInt8>

    /// Whether a date begins at `index`; one without a year is the last before `latest`.
    init?(_ words: [ArraySlice<UInt8>], at index: Int, latest: Timestamp? = nil) {
        let first = Self.trimmed(words[index])
        if first.first == UInt8(ascii: "@"), let seconds = Int64(String(decoding: first.dropFirst(), as: UTF8.self)),
            abs(seconds) < 1 << 40
        {
            self.init(time: ListedTime(epoch: seconds), count: 1)
        } else if let found = Self.international(first, words, index) ?? Self.joined(first, words, index) {
            self = found
        } else if let found = Self.inWords(first, words, index, latest) {
            self = found
        } else {
            return nil
        }
    }

    private init(time: ListedTime?, count: Int) {
        self.time = time
        self.count = count
    }

    /// `2024-01-15T09:30:12Z`, with a fraction or an offset.
    private static func international(_ word: Word, _ words: [Word], _ index: Int) -> ListedDate? {
        guard word.count >= 16, let mark = word.dropFirst(10).first, mark == UInt8(ascii: "T"),
            let day = Day(String(decoding: word.prefix(10), as: UTF8.self))
        else { return nil }
        let rest = word.dropFirst(11)
        let clockWord = rest.prefix { $0.isDigit || $0 == UInt8(ascii: ":") }
        guard let clock = ListedTime.Clock(clockWord) else { return nil }
        var tail = rest.dropFirst(clockWord.count)
        if tail.first == UInt8(ascii: ".") { tail = tail.dropFirst().drop(while: \.isDigit) }
        return ListedDate(time: ListedTime(day: day, clock: clock, zone: offset(tail)), count: 1)
    }

    /// `Z`, `GMT`, `UTC`, `+09:00`, `GMT+0900`: seconds east of UTC.
    private static func offset(_ word: Word) -> Int64? {
        let text = String(decoding: word.prefix(9), as: UTF8.self)
        if ["Z", "GMT", "UTC"].contains(text) { return 0 }
        let digits = word.filter(\.isDigit)
        guard digits.count == 4, let sign = word.first(where: { !$0.isLetter }), let value = digits[...].number,
            sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
        else { return nil }
        let seconds = Int64(value / 100 * 3_600 + value % 100 * 60)
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    /// A date in one word, its parts joined by dashes, slashes or dots, or run together: `15Feb2020`.
    private static func joined(_ word: Word, _ words: [Word], _ index: Int) -> ListedDate? {
        guard (6...17).contains(word.count), let parts = parts(word) else { return nil }
        let (clock, used) = Self.clock(words, index + 1)
        let count = used + 1
        guard let day = day(parts, separator: word.first { !$0.isDigit && !$0.isLetter }, clock) else {
            return isDate(parts) ? ListedDate(time: nil, count: count) : nil
        }
        let zone = index + count < words.count ? namedOffset(words[index + count]) : nil
        return ListedDate(time: ListedTime(day: day, clock: clock, zone: zone), count: count + (zone == nil ? 0 : 1))
    }

    private static func namedOffset(_ word: Word) -> Int64? {
        word.starts(with: "GMT".utf8) || word.starts(with: "UTC".utf8) ? offset(word) : nil
    }

    private static func parts(_ word: Word) -> [Word]? {
        for mark in "-/.".utf8 where word.contains(mark) {
            let parts = word.split(separator: mark, omittingEmptySubsequences: false)
            return parts.count == 3 ? parts : nil
        }
        let day = word.prefix(while: \.isDigit)
        let month = word.dropFirst(day.count).prefix(while: \.isLetter)
        guard !day.isEmpty, month.month != nil else { return nil }
        return [day, month, word.dropFirst(day.count + month.count)]
    }

    /// Three parts that are numbers, or two and a month, one of them as long as a year, or all of two digits.
    private static func isDate(_ parts: [Word]) -> Bool {
        let numbers = parts.compactMap(\.number)
        guard numbers.count == 3 || (numbers.count == 2 && parts.contains { $0.month != nil }) else { return false }
        let widths = parts.filter { $0.number != nil }.map(\.count)
        guard widths.allSatisfy({ $0 == 4 || $0 <= 2 }), widths.count(where: { $0 == 4 }) <= 1 else { return false }
        return widths.contains(4) || parts.contains { $0.month != nil } || widths.allSatisfy { $0 == 2 }
    }

    private static func day(_ parts: [Word], separator: UInt8?, _ clock: ListedTime.Clock?) -> Day? {
        guard isDate(parts) else { return nil }
        if let month = parts[1].month {
            let isYearFirst = parts[0].count == 4
            return dated(parts[isYearFirst ? 0 : 2], month, parts[isYearFirst ? 2 : 0])
        }
        if let month = parts[0].month { return dated(parts[2], month, parts[1]) }
        guard let first = parts[0].number, let second = parts[1].number else { return nil }
        if parts[0].count == 4 { return dated(parts[0], second, parts[2]) }
        guard parts[2].count == 4 || separator != UInt8(ascii: "-") else { return nil }
        if separator == UInt8(ascii: ".") || first > 12 { return dated(parts[2], second, parts[0]) }
        // Only where it says AM or PM, or cannot be a month, is it known which of the two is the day.
        return second > 12 || clock?.isTwelveHours == true ? dated(parts[2], first, parts[1]) : nil
    }

    private static func dated(_ year: Word, _ month: Int, _ day: Word) -> Day? {
        guard var number = year.number, let day = day.number else { return nil }
        if year.count == 2 { number += number < 70 ? 2_000 : 1_900 }
        // Other calendars count other years.
        return (1_970...2_200).contains(number) ? Day(year: number, month: month, day: day) : nil
    }

    /// `Jan 30 2015 12:58 AM`, `Apr 28th 2016 at 4:28pm`, `15 Jan 2024`, `Sat, 21 Nov 2026 06:46:11 GMT`,
    /// `Tuesday, June 9, 2015 2:57 AM`, `May 23 11:34`, `Sun Feb 28 2021 22:14:05 GMT+0900`, `3 weeks ago`.
    private static func inWords(_ first: Word, _ words: [Word], _ index: Int, _ latest: Timestamp?) -> ListedDate? {
        var next = index
        if isWeekday(first) { next += 1 }
        guard next + 1 < words.count else { return nil }
        let (left, right) = (trimmed(words[next]), trimmed(words[next + 1]))
        if next == index, let ago = ago(left, words, index) { return ago }
        let day: Word
        let month: Int
        if let found = left.month, let number = ordinal(right) {
            (month, day) = (found, number)
        } else if let found = right.month, left.number != nil, left.count <= 2 {
            (month, day) = (found, left)
        } else {
            return nil
        }
        next += 2
        let year = next < words.count ? trimmed(words[next]) : []
        let hasYear = year.count == 4 && year.number != nil
        if hasYear { next += 1 }
        if next < words.count, words[next].elementsEqual("at".utf8) { next += 1 }
        let (clock, used) = Self.clock(words, next)
        guard hasYear || clock != nil else { return nil }
        next += used
        let zone = next < words.count && clock != nil ? namedOffset(words[next]) : nil
        if zone != nil { next += 1 }
        let date = hasYear ? dated(year, month, day) : latest.flatMap { yearless(month, day, before: $0) }
        return ListedDate(time: date.map { ListedTime(day: $0, clock: clock, zone: zone) }, count: next - index)
    }

    /// The last such day before the one behind `latest`: clocks and zones differ by a day at most.
    private static func yearless(_ month: Int, _ day: Word, before latest: Timestamp) -> Day? {
        guard let number = day.number else { return nil }
        let year = latest.day.parts.year
        return (0...4).lazy.compactMap { Day(year: year + 1 - $0, month: month, day: number) }
            .first { $0 <= latest.day.adding(1) }
    }

    private static func ago(_ first: Word, _ words: [Word], _ index: Int) -> ListedDate? {
        guard index + 2 < words.count, words[index + 2].elementsEqual("ago".utf8), first.count <= 3 else { return nil }
        return first.number != nil || first.elementsEqual("a".utf8) || first.elementsEqual("an".utf8)
            ? ListedDate(time: nil, count: 3) : nil
    }

    private static func ordinal(_ word: Word) -> Word? {
        let digits = word.prefix(while: \.isDigit)
        let ending = String(decoding: word.dropFirst(digits.count), as: UTF8.self)
        return (1...2).contains(digits.count) && ["", "st", "nd", "rd", "th"].contains(ending) ? digits : nil
    }

    private static func isWeekday(_ word: Word) -> Bool {
        let start = String(decoding: word.prefix(3).map(\.lowercased), as: UTF8.self)
        return (3...9).contains(word.count) && word.allSatisfy(\.isLetter)
            && ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(start)
    }

    /// A time of day in the words from `index` on, and how many of them it takes.
    private static func clock(_ words: [Word], _ index: Int) -> (ListedTime.Clock?, Int) {
        guard index < words.count, var clock = ListedTime.Clock(trimmed(words[index])) else { return (nil, 0) }
        guard index + 1 < words.count, clock.takeHalf(words[index + 1]), words[index + 1].count <= 4 else {
            return (clock, 1)
        }
        return (clock, 2)
    }

    private static func trimmed(_ word: Word) -> Word {
        let isBracket: (UInt8) -> Bool = { ",;[]()".utf8.contains($0) }
        var word = word.drop(while: isBracket)
        while let last = word.last, isBracket(last) { word = word.dropLast() }
        return word
    }
}
