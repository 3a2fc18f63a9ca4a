import Domain

/// What a user may say of the times in scan files.
package enum ScanTimes {
    /// Minutes east of UTC: `UTC`, `CEST`, `+02:00`, `-5`; nil for what could mean several zones.
    package static func zone(_ text: String) -> Int? { LocalTime.offset(text[...]) }
}

/// Times as scanners print them.
enum LocalTime {
    /// Abbreviations that stand for one offset everywhere, in minutes east of UTC; others (`CST`, `IST`) have several
    /// meanings and so bound a time no better than none.
    private static let zones: [String: Int] = [
        "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180,
        "JST": 540, "KST": 540, "HKT": 480, "NZST": 720, "NZDT": 780, "AEST": 600, "AEDT": 660, "PDT": -420,
        "MDT": -360, "EDT": -240, "AKDT": -480, "AKST": -540, "HST": -600,
    ]

    /// `Mon Sep 13 00:00:05 2021` (C's ctime), in a zone that is known or not.
    static func ctime(_ text: Substring, zone: Int?) -> TimeBounds? {
        let words = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count >= 5, let month = months.firstIndex(of: String(words[1])), let day = Int(words[2]),
            let year = Int(words[4]), let date = Day(year: year, month: month + 1, day: day),
            let local = Timestamp("\(date)T\(words[3])Z")
        else { return nil }
        return bounds(local, grain: 1, zone: zone)
    }

    /// `2021-09-13 00:00 UTC` (nmap's first line on a terminal); the minute is all it says.
    static func starting(_ text: Substring, zone: Int?) -> TimeBounds? {
        let words = text.split(separator: " ")
        guard words.count >= 2, let local = Timestamp("\(words[0])T\(words[1]):00Z") else { return nil }
        return bounds(local, grain: 60, zone: words.count > 2 ? offset(words[2]) ?? zone : zone)
    }

    /// Minutes east of UTC: `UTC`, `CEST`, `+0200`, `+02:00`, `-5`; nil for what could mean several.
    static func offset(_ text: Substring) -> Int? {
        if let known = zones[String(text)] { return known }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(digits)
        else { return nil }
        let minutes = digits.utf8.count <= 2 ? number * 60 : number / 100 * 60 + number % 100
        return minutes <= 14 * 60 ? (sign == "-" ? -minutes : minutes) : nil
    }

    private static func bounds(_ local: Timestamp, grain: Int64, zone: Int?) -> TimeBounds {
        let last = local.adding(seconds: grain).microseconds - 1
        guard let zone else {
            return TimeBounds(
                notBefore: local.adding(seconds: -TimeBounds.zones.east),
                notAfter: Timestamp(microseconds: last).adding(seconds: TimeBounds.zones.west)
            )
        }
        let shift = Int64(-zone * 60)
        return TimeBounds(
            notBefore: local.adding(seconds: shift),
            notAfter: Timestamp(microseconds: last).adding(seconds: shift)
        )
    }
}
