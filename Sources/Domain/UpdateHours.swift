/// At which hours of the day, in UTC, a source's files were last modified, as their server says.
package struct UpdateHours: Hashable, Codable, Sendable {
    /// Files by the hour, 24 of them.
    package var counts: [Int]
    /// Days on which any of them was modified.
    package var days: Int

    /// The shortest stretch of hours that holds four fifths of the files.
    package struct Stretch: Hashable, Codable, Sendable {
        /// 0 to 23, UTC.
        package var from: Int
        /// Hours it lasts, 1 to 24.
        package var hours: Int

        /// Such as `00:00 to 09:00 UTC`.
        package var words: String {
            let ends = (from + hours) % 24
            return "\(Self.two(from)):00 to \(Self.two(ends)):00 UTC"
        }

        private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    }

    /// Only times known to the hour are counted.
    package init(_ modified: [TimeBounds]) {
        counts = [Int](repeating: 0, count: 24)
        var days: Set<Day> = []
        for bounds in modified {
            guard let from = bounds.notBefore, let to = bounds.notAfter, to.microseconds >= from.microseconds,
                to.microseconds - from.microseconds <= 3_600_000_000
            else { continue }
            let seconds = from.microseconds / 1_000_000
            counts[Int((seconds % 86_400 + 86_400) % 86_400 / 3_600)] += 1
            days.insert(from.day)
        }
        self.days = days.count
    }

    package var total: Int { counts.reduce(0, +) }

    /// Nil where there are no files.
    package var stretch: Stretch? {
        let wanted = (total * 4 + 4) / 5
        guard wanted > 0 else { return nil }
        for length in 1...24 {
            let sums = (0..<24).map { from in (from..<from + length).reduce(0) { $0 + counts[$1 % 24] } }
            guard let best = sums.max(), best >= wanted, let from = sums.firstIndex(of: best) else { continue }
            return Stretch(from: from, hours: length)
        }
        return nil
    }

    /// Hours east of UTC where the stretch would be a day's work, nine to six: a hint and no more, for people work at night
    /// and files are copied by clocks. Nil with fewer than twenty files or five days, or where the stretch is longer than
    /// twelve hours.
    package var officeHint: Int? {
        guard total >= 20, days >= 5, let stretch, stretch.hours <= 12 else { return nil }
        // The middle of nine to six is half past one.
        let offset = 13.5 - (Double(stretch.from) + Double(stretch.hours) / 2)
        let hours = Int(offset.rounded())
        return hours < -12 ? hours + 24 : hours > 14 ? hours - 24 : hours
    }
}
