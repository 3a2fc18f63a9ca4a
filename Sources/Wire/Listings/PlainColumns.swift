import Domain

/// A row's columns in the forms that nearly all rows have, read in one pass: a date, a time of day, and a number of bytes or
/// a dash.
///
/// It is what ``ListedColumns`` comes to by looking for words, or nothing; a listing of a million rows is read so in a
/// quarter of the time.
struct PlainColumns {
    var time: ListedTime
    var size: ListedSize?
    /// See ``ListedColumns/shown``.
    var shown: String

    init?(_ text: some Collection<UInt8>) {
        let found = text.withContiguousStorageIfAvailable { bytes -> PlainColumns? in
            var cursor = Cursor(bytes: bytes)
            return PlainColumns(&cursor)
        }
        guard let found, let found else { return nil }
        self = found
    }

    private init?(_ row: inout Cursor) {
        row.skipBlanks()
        guard let time = row.time(), let size = row.size() else { return nil }
        self.time = time
        self.size = size.map { ListedSize(exactly: $0) }
        shown = row.shown
    }

    /// Where the row is read, and the words that were read so far with a blank between each two.
    private struct Cursor {
        let bytes: UnsafeBufferPointer<UInt8>
        private var place = 0
        private var read: [UInt8] = []

        init(bytes: UnsafeBufferPointer<UInt8>) {
            self.bytes = bytes
            read.reserveCapacity(48)
        }

        var shown: String { String(decoding: read, as: UTF8.self) }

        mutating func skipBlanks() {
            while place < bytes.count, bytes[place].isSpace { place += 1 }
        }

        /// Goes over the blanks behind a word of so many bytes; false where it does not end there.
        private mutating func takeWord(_ count: Int) -> Bool {
            guard place + count <= bytes.count else { return false }
            if !read.isEmpty { read.append(UInt8(ascii: " ")) }
            read.append(contentsOf: bytes[place..<place + count])
            place += count
            guard place == bytes.count || bytes[place].isSpace else { return false }
            skipBlanks()
            return true
        }

        private func byte(_ offset: Int) -> UInt8 { place + offset < bytes.count ? bytes[place + offset] : 0 }

        private func number(_ offset: Int, _ digits: Int) -> Int? {
            var value = 0
            for index in offset..<offset + digits {
                guard byte(index).isDigit else { return nil }
                value = value * 10 + Int(byte(index) - UInt8(ascii: "0"))
            }
            return value
        }

        private static let months = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ]
        .map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } }

        private func month(_ offset: Int) -> Int? {
            let name = (offset..<offset + 3).reduce(UInt32(0)) { $0 << 8 | UInt32(byte($1).lowercased) }
            return Self.months.firstIndex(of: name).map { $0 + 1 }
        }

        private static func day(_ year: Int?, _ month: Int?, _ day: Int?) -> Day? {
            guard let year, let month, let day, (1_970...2_200).contains(year) else { return nil }
            return Day(year: year, month: month, day: day)
        }

        /// `15-Jan-2024 09:13`, `2024-01-15 09:13:20`, `2024-01-15T09:13:20Z`, `Mon, 15 Jan 2024 09:13:20 GMT`.
        mutating func time() -> ListedTime? {
            if byte(3) == UInt8(ascii: ",") { return inWords() }
            let dash = UInt8(ascii: "-")
            if byte(2) == dash, byte(6) == dash {
                let day = Self.day(number(7, 4), month(3), number(0, 2))
                guard let day, takeWord(11), let clock = clock() else { return nil }
                return ListedTime(day: day, clock: clock)
            }
            guard byte(4) == dash, byte(7) == dash, let day = Self.day(number(0, 4), number(5, 2), number(8, 2)) else {
                return nil
            }
            if byte(10) == UInt8(ascii: "T") {
                guard let clock = clock(at: 11, 8), byte(19) == UInt8(ascii: "Z"), takeWord(20) else { return nil }
                return ListedTime(day: day, clock: clock, zone: 0)
            }
            guard takeWord(10), let clock = clock() else { return nil }
            return ListedTime(day: day, clock: clock)
        }

        private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
            .map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } }

        private mutating func inWords() -> ListedTime? {
            let weekday = (0..<3).reduce(UInt32(0)) { $0 << 8 | UInt32(byte($1).lowercased) }
            guard Self.weekdays.contains(weekday), takeWord(4) else { return nil }
            let digits = number(0, 2)
            guard takeWord(2) else { return nil }
            let month = month(0)
            guard takeWord(3), let day = Self.day(number(0, 4), month, digits), takeWord(4), let clock = clock(),
                byte(0) == UInt8(ascii: "G"), byte(1) == UInt8(ascii: "M"), byte(2) == UInt8(ascii: "T"), takeWord(3)
            else { return nil }
            return ListedTime(day: day, clock: clock, zone: 0)
        }

        private mutating func clock() -> ListedTime.Clock? {
            let length = byte(5) == UInt8(ascii: ":") ? 8 : 5
            guard let clock = clock(at: 0, length), takeWord(length) else { return nil }
            return clock
        }

        private func clock(at offset: Int, _ length: Int) -> ListedTime.Clock? {
            guard byte(offset + 2) == UInt8(ascii: ":"), let hour = number(offset, 2),
                let minute = number(offset + 3, 2),
                hour < 24, minute < 60
            else { return nil }
            guard length == 8 else { return ListedTime.Clock(hour: hour, minute: minute) }
            guard byte(offset + 5) == UInt8(ascii: ":"), let second = number(offset + 6, 2), second <= 60 else {
                return nil
            }
            return ListedTime.Clock(hour: hour, minute: minute, second: second)
        }

        /// The number of bytes that ends the row; none for a dash, or for nothing at all.
        mutating func size() -> UInt64?? {
            guard place < bytes.count else { return .some(nil) }
            if byte(0) == UInt8(ascii: "-") {
                guard place + 1 == bytes.count || bytes[(place + 1)...].allSatisfy(\.isSpace) else { return nil }
                return .some(nil)
            }
            var digits = 0
            while byte(digits).isDigit, digits < 19 { digits += 1 }
            guard (1...18).contains(digits), let size = number(0, digits), takeWord(digits), place == bytes.count else {
                return nil
            }
            return UInt64(size)
        }
    }
}
