/// An instant in UTC, to the microsecond. Text and JSON are RFC 3339 with a `Z`.
package struct Timestamp: Hashable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package init(seconds: Int64) {
        self.init(microseconds: seconds * 1_000_000)
    }

    package var day: Day {
        Day(number: Int((microseconds - (microseconds < 0 ? 86_399_999_999 : 0)) / 86_400_000_000))
    }

    /// Whole seconds since 1970, rounded down.
    package var seconds: Int64 {
        (microseconds - (microseconds < 0 ? 999_999 : 0)) / 1_000_000
    }

    /// The last whole second that is not later.
    package var roundedDown: Timestamp { Timestamp(seconds: seconds) }

    /// The first whole second that is not earlier.
    package var roundedUp: Timestamp { self == roundedDown ? self : roundedDown.adding(seconds: 1) }

    package func adding(seconds: Int64) -> Timestamp {
        Timestamp(microseconds: microseconds + seconds * 1_000_000)
    }
}

extension Timestamp: Comparable {
    package static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }
}

extension Timestamp: LosslessStringConvertible {
    /// Reads `YYYY-MM-DDTHH:MM:SS[.ffffff]Z`; a bare day means its midnight.
    package init?(_ description: String) {
        guard let day = Day(String(description.prefix(10))) else { return nil }
        let rest = description.dropFirst(10)
        guard !rest.isEmpty else {
            self = day.start
            return
        }
        guard rest.first == "T", rest.last == "Z" else { return nil }
        let clock = rest.dropFirst().dropLast().split(separator: ".", omittingEmptySubsequences: false)
        let parts = clock[0].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count <= 2, parts.map(\.utf8.count) == [2, 2, 2], let hour = Int64(parts[0]),
            let minute = Int64(parts[1]), let second = Int64(parts[2]), (0...23).contains(hour),
            (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        var fraction: Int64 = 0
        if clock.count == 2 {
            guard (1...9).contains(clock[1].utf8.count), clock[1].utf8.allSatisfy({ (48...57).contains($0) }),
                let digits = Int64((clock[1] + "00000").prefix(6))
            else { return nil }
            fraction = digits
        }
        let seconds = (hour * 60 + minute) * 60 + second
        self.init(microseconds: day.start.microseconds + seconds * 1_000_000 + fraction)
    }

    package var description: String {
        let inDay = Int(microseconds - day.start.microseconds)
        let (seconds, fraction) = (inDay / 1_000_000, inDay % 1_000_000)
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0.padded(2) }.joined(separator: ":")
        return "\(day)T\(clock)" + (fraction == 0 ? "Z" : ".\(fraction.padded(6))Z")
    }
}

extension Timestamp: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a time, such as 2024-01-15T09:30:00Z")
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}
