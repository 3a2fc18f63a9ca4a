package import Domain

/// A time as a listing shows it: to the day, the minute or the second, in a zone that most pages do not name.
package struct ListedTime: Hashable, Sendable {
    /// The earliest instant it can mean; where the zone is unknown, if that were UTC.
    package var start: Timestamp
    /// How many seconds wide the time is: 1, 60 or 86,400.
    package var grain: Int64
    /// Seconds east of UTC, where the listing says so.
    package var zone: Int64?

    /// Zones lie within so many seconds of UTC: 14 hours.
    package static let widestZone: Int64 = 14 * 3_600

    /// As wide as grain and zone make it.
    package var bounds: TimeBounds {
        let doubt = zone == nil ? Self.widestZone : 0
        return TimeBounds(
            notBefore: start.adding(seconds: -doubt),
            notAfter: start.adding(seconds: doubt + grain - 1)
        )
    }

    /// Whether the exact `instant`, shown in some zone, reads as this time: zones differ by quarters of an hour.
    package func isShown(of instant: Timestamp) -> Bool {
        if grain == 86_400 { return bounds.contains(instant) }
        let quarter: Int64 = 900
        let offset = start.seconds - (instant.seconds - (grain == 60 ? (instant.seconds % 60 + 60) % 60 : 0))
        if zone != nil { return grain <= 60 && offset == 0 }
        return grain <= 60 && abs(offset) <= Self.widestZone && offset % quarter == 0
    }

    init(day: Day, clock: Clock?, zone: Int64? = nil) {
        start = day.start.adding(seconds: (clock?.seconds ?? 0) - (zone ?? 0))
        grain = clock?.grain ?? 86_400
        self.zone = zone
    }

    /// From seconds since 1970, as data formats have it.
    init(epoch seconds: Int64) {
        start = Timestamp(seconds: seconds)
        grain = 1
        zone = 0
    }

    /// A time of day.
    struct Clock {
        var seconds: Int64
        var grain: Int64
        var isTwelveHours = false

        /// To the second where that is given, else to the minute.
        init(hour: Int, minute: Int, second: Int? = nil) {
            seconds = Int64(hour * 3_600 + minute * 60 + (second ?? 0))
            grain = second == nil ? 60 : 1
        }

        /// `09:30`, `09:30:12`, `9:30pm`.
        init?(_ word: ArraySlice<UInt8>) {
            var digits = word.prefix { $0.isDigit || $0 == UInt8(ascii: ":") }
            if digits.last == UInt8(ascii: ":") { digits = digits.dropLast() }
            let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(\.number)
            guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1], hour < 24, minute < 60,
                let second = parts.count == 3 ? parts[2] : 0, second <= 60
            else { return nil }
            self.init(hour: hour, minute: minute, second: parts.count == 3 ? second : nil)
            if digits.endIndex < word.endIndex, word[digits.endIndex] != UInt8(ascii: ".") {
                guard takeHalf(word[digits.endIndex...]) else { return nil }
            }
        }

        /// Whether `word` says which half of the day it is.
        mutating func takeHalf(_ word: ArraySlice<UInt8>) -> Bool {
            let mark = String(decoding: word.filter(\.isLetter).map(\.lowercased), as: UTF8.self)
            guard mark == "am" || mark == "pm", !isTwelveHours, seconds < 13 * 3_600 else { return false }
            isTwelveHours = true
            let hour = seconds / 3_600 % 12
            seconds = seconds % 3_600 + (hour + (mark == "pm" ? 12 : 0)) * 3_600
            return true
        }
    }
}

extension UInt8 {
    var isDigit: Bool { (48...57).contains(self) }
}

extension ArraySlice<UInt8> {
    /// One to four digits as a number.
    var number: Int? {
        guard (1...4).contains(count), allSatisfy(\.isDigit) else { return nil }
        return reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    /// The month that a word of three letters or more begins: 1 to 12.
    var month: Int? {
        guard (3...9).contains(count), allSatisfy(\.isLetter) else { return nil }
        let word = map(\.lowercased)
        guard let index = Months.names.firstIndex(where: { $0.starts(with: word.prefix(3)) }) else { return nil }
        return Months.names[index].starts(with: word) || count <= 4 ? index + 1 : nil
    }
}

private enum Months {
    static let names = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ].map { Array($0.utf8) }
}
