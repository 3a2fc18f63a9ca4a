import Domain

extension FTPRow {
    /// What stands between `<DIR>` and a name at most: more blanks belong to the name.
    private static let blanksBehindKind = 10

    /// `01-15-24  09:30AM       <DIR>          name`, `01-15-2024  09:30 204 name`: the month stands first.
    init?(dos line: ArraySlice<UInt8>) {
        var rest = line
        guard let date = Self.word(&rest), let clock = Self.word(&rest), let what = Self.word(&rest),
            let parts = Self.parts(date), var time = ListedTime.Clock(clock.prefix { $0.isDigit || $0 == 0x3a })
        else { return nil }
        let half = clock.drop { $0.isDigit || $0 == 0x3a }
        guard half.isEmpty || time.takeHalf(half) else { return nil }
        let columns = Self.columns(parts, time)
        let mark = columns.isEmpty ? line[date.startIndex..<clock.endIndex] : []
        guard rest.first == 0x20 else { return nil }
        if what.isLongNumber {
            self.init(.dos, .file, rest.dropFirst(), columns: columns + [0x20] + what, mark: mark)
        } else {
            guard what.first == UInt8(ascii: "<"), what.last == UInt8(ascii: ">") else { return nil }
            let blanks = rest.prefix { $0 == 0x20 }.count
            let name = rest.dropFirst(min(blanks, Self.blanksBehindKind))
            if what.elementsEqual("<DIR>".utf8) {
                self.init(.dos, .folder, name, columns: columns, mark: mark)
            } else {
                // `<SYMLINKD>`, `<JUNCTION>`: what they lead to stands behind the name, in brackets.
                let end = name.last == UInt8(ascii: "]") ? name.lastIndex(of: UInt8(ascii: "[")) : nil
                let own = end.map { name[..<$0] } ?? name
                self.init(.dos, .link, own.last == 0x20 && end != nil ? own.dropLast() : own)
            }
        }
        if name.isEmpty { return nil }
    }

    private static func word(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let word = rest.drop { $0 == 0x20 }.prefix { $0 != 0x20 }
        guard !word.isEmpty else { return nil }
        rest = rest[word.endIndex...]
        return word
    }

    private static func parts(_ date: ArraySlice<UInt8>) -> [Int]? {
        let parts = date.split(whereSeparator: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") })
        let numbers = parts.compactMap(\.number)
        guard numbers.count == 3, parts[0].count <= 2, parts[1].count <= 2, [2, 4].contains(parts[2].count) else {
            return nil
        }
        return [
            numbers[0], numbers[1], parts[2].count == 4 ? numbers[2] : numbers[2] + (numbers[2] < 70 ? 2_000 : 1_900),
        ]
    }

    /// Empty where the date is not in the order of IIS: it may then mean more than one.
    private static func columns(_ parts: [Int], _ clock: ListedTime.Clock) -> [UInt8] {
        guard let day = Day(year: parts[2], month: parts[0], day: parts[1]) else { return [] }
        let words = "\(day.start.adding(seconds: clock.seconds))".prefix(clock.grain == 1 ? 19 : 16)
        return Array(words.replacing("T", with: " ").utf8)
    }

    /// `+i8388621.29609,m824255902,r,s280,<TAB>name` (cr.yp.to/ftp/list/eplf.html).
    init?(eplf line: ArraySlice<UInt8>) {
        guard let tab = line.firstIndex(of: 0x09), line.index(after: tab) < line.endIndex else { return nil }
        var (time, size): ([UInt8], [UInt8]) = ([], [])
        var kind = Kind.other
        for fact in line[..<tab].dropFirst().split(separator: UInt8(ascii: ",")) {
            let value = fact.dropFirst()
            switch fact.first {
            case UInt8(ascii: "/"): kind = .folder
            case UInt8(ascii: "r") where kind != .folder: kind = .file
            case UInt8(ascii: "m") where value.isLongNumber: time = [UInt8(ascii: "@")] + value
            case UInt8(ascii: "s") where value.isLongNumber: size = [0x20] + value
            default: break
            }
        }
        self.init(.eplf, kind, line[line.index(after: tab)...], columns: time + (kind == .file ? size : []))
    }
}
