import Domain

/// Dates as the NCSA server wrote them, `[15/Jan/2024:09:30:00 +0800]`.
enum LogDate {
    /// Seconds since 1970 of a bracketed date of 28 bytes; nil for any other text, and for a day that never was.
    static func parse(_ text: Span<UInt8>) -> Int64? {
        guard text.count == 28, text[27] == UInt8(ascii: "]"), text[3] == slash, text[7] == slash, text[12] == colon,
            text[15] == colon, text[18] == colon, text[21] == UInt8(ascii: " "),
            let day = number(text, 1, 2), let month = month(text[4], text[5], text[6]), let year = number(text, 8, 4),
            let hour = number(text, 13, 2), let minute = number(text, 16, 2), let second = number(text, 19, 2),
            let zoneHour = number(text, 23, 2), let zoneMinute = number(text, 25, 2),
            hour < 24, minute < 60, second <= 60, zoneHour <= 15, zoneMinute < 60,
            let date = Day(year: year, month: month, day: day)
        else { return nil }
        let isWest = text[22] == UInt8(ascii: "-")
        guard isWest || text[22] == UInt8(ascii: "+") else { return nil }
        let offset = (zoneHour * 60 + zoneMinute) * (isWest ? -60 : 60)
        return Int64(date.number * 86_400 + (hour * 60 + minute) * 60 + second - offset)
    }

    private static let slash = UInt8(ascii: "/")
    private static let colon = UInt8(ascii: ":")

    private static func number(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for index in start..<start + count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    private static func month(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int? {
        let name = UInt32(first | 0x20) << 16 | UInt32(second | 0x20) << 8 | UInt32(third | 0x20)
        return switch name {
        case 0x6a616e: 1 // jan
        case 0x666562: 2 // feb
        case 0x6d6172: 3 // mar
        case 0x617072: 4 // apr
        case 0x6d6179: 5 // may
        case 0x6a756e: 6 // jun
        case 0x6a756c: 7 // jul
        case 0x617567: 8 // aug
        case 0x736570: 9 // sep
        case 0x6f6374: 10 // oct
        case 0x6e6f76: 11 // nov
        case 0x646563: 12 // dec
        default: nil
        }
    }
}
