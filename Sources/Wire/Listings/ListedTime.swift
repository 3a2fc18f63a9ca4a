package import Domain

/// A time as a listing shows it: to the day, the minute or the second, in a zone the page does not name.
package struct ListedTime: Hashable, Sendable {
    /// The earliest instant it can mean if the zone were UTC.
    package var start: Timestamp
    /// How many seconds wide the time is: 1, 60 or 86,400.
    package var grain: Int64

    /// Zones lie within 14 hours of UTC.
    private static let widestZone: Int64 = 14 * 3_600

    var hasClock: Bool { grain < 86_400 }

    /// As wide as grain and unknown zone make it.
    package var bounds: TimeBounds {
        TimeBounds(
            notBefore: start.adding(seconds: -Self.widestZone),
            notAfter: start.adding(seconds: Self.widestZone + grain - 1)
        )
    }

    /// Whether the exact `instant`, shown in some zone, reads as this time: zones differ by quarters of an hour.
    package func isShown(of instant: Timestamp) -> Bool {
        let quarter: Int64 = 900
        let offset = start.seconds - (instant.seconds - (grain == 60 ? (instant.seconds % 60 + 60) % 60 : 0))
        return grain <= 60 && abs(offset) <= Self.widestZone && offset % quarter == 0
    }

    /// Reads `15-Jan-2024`, `2024-01-15` or `2024-Jan-15`, and `09:30` or `09:30:12`.
    init?(date: [UInt8], clock: [UInt8]) {
        guard let day = Self.day(date) else { return nil }
        let parts = clock.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { Self.number($0) }
        guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1], hour < 24, minute < 60,
            let second = parts.count == 3 ? parts[2] : 0, second <= 60
        else {
            start = day.start
            grain = 86_400
            return
        }
        start = day.start.adding(seconds: Int64(hour * 3_600 + minute * 60 + second))
        grain = parts.count == 3 ? 1 : 60
    }

    static func isDate(_ word: [UInt8]) -> Bool { day(word) != nil }

    private static func day(_ word: [UInt8]) -> Day? {
        guard (10...11).contains(word.count) else { return nil }
        let parts = word.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, let month = month(parts[1]) else { return nil }
        let isYearFirst = parts[0].count == 4
        guard let year = number(isYearFirst ? parts[0] : parts[2]), let day = number(isYearFirst ? parts[2] : parts[0])
        else { return nil }
        return Day(year: year, month: month, day: day)
    }

    private static func month(_ word: ArraySlice<UInt8>) -> Int? {
        if word.count == 2 { return number(word) }
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        return names.firstIndex(of: String(decoding: word.map(\.lowercased), as: UTF8.self)).map { $0 + 1 }
    }

    private static func number(_ word: ArraySlice<UInt8>) -> Int? {
        guard (1...4).contains(word.count), word.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return word.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
}
