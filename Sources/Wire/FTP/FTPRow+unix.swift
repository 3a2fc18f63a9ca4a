import Domain

extension FTPRow {
    /// Words before the name that are looked at: rights, links, owner, group (of several words, perhaps), size, date.
    private static let mostWords = 16

    /// `-rw-r--r-- 1 owner group 204 Jan 15 09:13 name`, whatever columns are missing: what counts is a size before a date.
    init?(unix line: ArraySlice<UInt8>) {
        let words = Self.words(line)
        guard let rights = words.first, let first = rights.first else { return nil }
        let form: Form
        if rights.count == 1, words.count > 1, words[1].first == UInt8(ascii: "["), words[1].last == UInt8(ascii: "]") {
            form = .netware
        } else if (10...11).contains(rights.count), rights.dropFirst().prefix(9).allSatisfy("-rwxsStTlL".utf8.contains)
        {
            form = .unix
        } else {
            // The sum that `ls` begins with.
            guard words.count == 2, words[1].isLongNumber, words[1].endIndex == line.endIndex,
                rights.elementsEqual("total".utf8) || rights.contains(where: { $0 >= 0x80 })
            else { return nil }
            self.init(.unix, .none, line)
            return
        }
        guard let date = UnixDate(words, of: line), date.end < line.endIndex else { return nil }
        let name = line[(date.end + 1)...]
        guard !name.isEmpty else { return nil }
        switch first {
        case UInt8(ascii: "-"):
            guard let size = date.size else { return nil }
            self.init(form, .file, name, columns: date.columns + [0x20] + size, mark: date.mark)
        case UInt8(ascii: "d"): self.init(form, .folder, name, columns: date.columns, mark: date.mark)
        case UInt8(ascii: "l"): self.init(form, .link, Self.linkName(name, size: date.size))
        case _ where "bcpsDCM".utf8.contains(first): self.init(form, .other, name)
        default: return nil
        }
    }

    private static func words(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var words: [ArraySlice<UInt8>] = []
        var place = line.startIndex
        while words.count < mostWords {
            let start = line[place...].firstIndex { $0 != 0x20 && $0 != 0x09 }
            guard let start else { break }
            let end = line[start...].firstIndex { $0 == 0x20 || $0 == 0x09 } ?? line.endIndex
            words.append(line[start..<end])
            place = end
        }
        return words
    }

    /// What stands before ` -> `. A link's size is the length of what it leads to, which tells where either name has an
    /// arrow of its own.
    private static func linkName(_ name: ArraySlice<UInt8>, size: ArraySlice<UInt8>?) -> ArraySlice<UInt8> {
        let arrow = Array(" -> ".utf8)
        if let length = size.flatMap({ Int(String(decoding: $0, as: UTF8.self)) }), length < name.count - arrow.count {
            let start = name.endIndex - length - arrow.count
            if name[start..<start + arrow.count].elementsEqual(arrow) { return name[..<start] }
        }
        var place = name.startIndex
        while place + arrow.count <= name.endIndex {
            if name[place..<place + arrow.count].elementsEqual(arrow) { return name[..<place] }
            place += 1
        }
        return name
    }
}

/// The date of a row, and what stands beside it.
private struct UnixDate {
    /// As ``ListedColumns`` reads it.
    var columns: [UInt8] = []
    /// The date's words, where the month is in a language that nobody here reads.
    var mark: ArraySlice<UInt8> = []
    /// The digits before the date.
    var size: ArraySlice<UInt8>?
    /// Where the date's last word ends.
    var end: Int

    private typealias Word = ArraySlice<UInt8>

    /// The first place where a number stands before a date. A device has two numbers there.
    init?(_ words: [ArraySlice<UInt8>], of line: ArraySlice<UInt8>) {
        for index in words.indices.dropFirst(2) where words[index - 1].isLongNumber {
            guard let date = UnixDate(words, at: index, of: line) else { continue }
            self = date
            size = words[index - 1]
            return
        }
        return nil
    }

    private init?(_ words: [Word], at index: Int, of line: ArraySlice<UInt8>) {
        guard index + 1 < words.count else { return nil }
        if let date = Self.international(words, index) {
            self = date
            return
        }
        guard index + 2 < words.count else { return nil }
        let (first, second) = (words[index], words[index + 1])
        let isDayFirst = Self.day(first) != nil && first.count <= 2 && second.month != nil
        guard let day = Self.day(isDayFirst ? first : second) else { return nil }
        let month = isDayFirst ? second : first
        guard let (tail, last) = Self.tail(words, index + 2) else { return nil }
        end = words[last].endIndex
        if let name = Self.monthName(month) {
            columns = Array("\(name) \(day) ".utf8) + tail
        } else {
            guard !month.allSatisfy(\.isDigit) else { return nil }
            mark = line[words[index].startIndex..<end]
        }
    }

    private init(columns: [UInt8], end: Int) {
        (self.columns, self.end) = (columns, end)
    }

    /// `2024-01-15 09:30`, `2024-01-15 09:30:12.000 +0900`.
    private static func international(_ words: [Word], _ index: Int) -> UnixDate? {
        let (day, clock) = (words[index], words[index + 1])
        guard day.count == 10, Day(String(decoding: day, as: UTF8.self)) != nil,
            clock.count >= 5, ListedTime.Clock(clock.prefix { $0 != UInt8(ascii: ".") }) != nil
        else { return nil }
        if index + 2 < words.count, let sign = words[index + 2].first, sign == 0x2b || sign == 0x2d,
            words[index + 2].count == 5, words[index + 2].dropFirst().allSatisfy(\.isDigit)
        {
            let columns = Array(day) + [UInt8(ascii: "T")] + clock + words[index + 2]
            return UnixDate(columns: columns, end: words[index + 2].endIndex)
        }
        let plain = clock.prefix { $0 != UInt8(ascii: ".") }
        return UnixDate(columns: Array(day) + [0x20] + plain, end: clock.endIndex)
    }

    private static func day(_ word: Word) -> Int? {
        let digits = word.prefix(while: \.isDigit)
        guard (1...2).contains(digits.count), word.dropFirst(digits.count).allSatisfy({ $0 >= 0x80 }) else {
            return nil
        }
        return digits.number.flatMap { (1...31).contains($0) ? $0 : nil }
    }

    /// `09:30`, `2024`, `09:30:12 2024`: in the order that dates are read in, and which word is its last.
    private static func tail(_ words: [Word], _ index: Int) -> ([UInt8], Int)? {
        let word = words[index]
        if word.count == 4, word.number != nil { return (Array(word), index) }
        guard word.contains(UInt8(ascii: ":")), word.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ":") }),
            let clock = ListedTime.Clock(word)
        else { return nil }
        guard clock.grain == 1 else { return (Array(word), index) }
        guard index + 1 < words.count, words[index + 1].count == 4, words[index + 1].number != nil else { return nil }
        return (Array(words[index + 1]) + [0x20] + word, index + 1)
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    /// The word for month that Chinese, Japanese and Korean put behind its number: in UTF-8, GBK, Shift-JIS, EUC.
    private static let monthSigns: [[UInt8]] = [
        [0xe6, 0x9c, 0x88], [0xd4, 0xc2], [0x8c, 0x8e], [0xb7, 0xee], [0xec, 0x9b, 0x94], [0xbf, 0xf9],
    ]

    private static func monthName(_ word: Word) -> String? {
        if let month = word.month { return months[month - 1] }
        let digits = word.prefix(while: \.isDigit)
        guard let number = digits.number, (1...12).contains(number),
            monthSigns.contains(where: { word.dropFirst(digits.count).elementsEqual($0) })
        else { return nil }
        return months[number - 1]
    }
}
