package import Domain

/// Dates in header fields such as `Last-Modified` (RFC 9110 5.6.7).
package enum HTTPDate {
    /// Reads the fixed form, `Sun, 06 Nov 1994 08:49:37 GMT`; nil for the two obsolete ones and anything else.
    package static func parse(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard text.utf8.count == 29, words.count == 6, words[0].hasSuffix(","), words[5] == "GMT",
            let day = Int(words[1]), let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]),
            let date = Day(year: year, month: month + 1, day: day)
        else { return nil }
        return Timestamp("\(date)T\(words[4])Z")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
