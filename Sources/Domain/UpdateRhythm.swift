/// What a source's updates did over the days that were looked at: the last update, and the day of silence.
///
/// Only complete looks count. A day without one is a gap, and a gap is never evidence of silence.
package struct UpdateRhythm: Hashable, Codable, Sendable {
    /// One complete look at a source.
    package struct Look: Hashable, Codable, Sendable {
        package var at: Timestamp
        /// Files added, changed or back since the look before; nil for the first look, which has none before it.
        package var updates: Int?

        package init(at: Timestamp, updates: Int?) {
            self.at = at
            self.updates = updates
        }
    }

    /// When the last update happened: after the look before it, and no later than the look that saw it.
    package var lastUpdate: TimeBounds?
    /// The first day on which an update was due, none came, and none has come since. Nil while updates go on, or
    /// where too few looks followed to tell.
    package var silenceSince: Day?
    /// Weekdays (1 is Monday) on which updates came in at least half of the weeks that were looked at.
    package var weekdays: [Int]

    /// - Parameters:
    ///   - looks: In any order.
    ///   - quietDays: How many due days without an update make a silence.
    package init(looks: [Look], quietDays: Int = 3) {
        let looks = looks.sorted { $0.at < $1.at }
        let last = looks.lastIndex { ($0.updates ?? 0) > 0 }
        lastUpdate = last.map { index in
            TimeBounds(notBefore: index > 0 ? looks[index - 1].at : nil, notAfter: looks[index].at)
        }
        let active = Set(looks.filter { ($0.updates ?? 0) > 0 }.map(\.at.day))
        let seen = Set(looks.map(\.at.day)).filter { day in last.map { day <= looks[$0].at.day } ?? true }
        weekdays = (1...7).filter { weekday in
            let all = seen.filter { $0.weekday == weekday }.count
            return all > 0 && active.filter { $0.weekday == weekday }.count * 2 >= all
        }
        guard let last, let lastDay = active.max() else { return }
        let due = Set(looks[last...].map(\.at.day)).filter { [weekdays] in $0 > lastDay && weekdays.contains($0.weekday)
        }
        silenceSince = due.count >= quietDays ? due.min() : nil
    }
}
