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

    /// Updates on one day: of days that brought any, the fewest, the one in the middle, the most.
    package struct Batch: Hashable, Codable, Sendable {
        package var least: Int
        package var median: Int
        package var most: Int
    }

    /// When the last update happened: after the look before it, and no later than the look that saw it.
    package var lastUpdate: TimeBounds?
    /// The first day on which an update was due, none came, and none has come since. Nil while updates go on, or
    /// where too few looks followed to tell.
    package var silenceSince: Day?
    /// Weekdays (1 is Monday) on which updates came in at least half of the weeks that were looked at.
    package var weekdays: [Int]
    /// Days since the last update on which one was due, that were looked at, and brought none.
    package var quietDays: Int
    /// How likely so long a quiet is under the rhythm that was learned; nil where nothing is quiet, or too few days were
    /// looked at to learn it. See ``QuietChance``.
    package var chance: Double?
    /// Nil where no update was ever seen.
    package var batch: Batch?

    /// - Parameters:
    ///   - looks: In any order.
    ///   - holidays: Days on which no update is due, whatever weekday they are.
    ///   - leastQuiet: How many due days without an update make a silence.
    package init(looks: [Look], holidays: Set<Day> = [], leastQuiet: Int = 3) {
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
        quietDays = 0
        batch = Self.batch(looks)
        guard let last, let lastDay = active.max() else { return }
        // A source without weekdays of its own may bring something on any day.
        let dueWeekdays = Set(weekdays.isEmpty ? Array(1...7) : weekdays)
        func isDue(_ day: Day) -> Bool { dueWeekdays.contains(day.weekday) && !holidays.contains(day) }
        let quiet = Set(looks[last...].map(\.at.day)).filter { $0 > lastDay && isDue($0) }
        quietDays = quiet.count
        let learned = seen.filter { day in day == lastDay || isDue(day) && day != looks.first?.at.day }
        chance = QuietChance(days: learned.sorted().map { active.contains($0) }).ofQuiet(days: quietDays)
        let isSilent =
            weekdays.isEmpty ? chance.map { $0 <= QuietChance.remarkable } ?? false : quietDays >= leastQuiet
        silenceSince = isSilent ? quiet.min() : nil
    }

    private static func batch(_ looks: [Look]) -> Batch? {
        var byDay: [Day: Int] = [:]
        for look in looks { byDay[look.at.day, default: 0] += look.updates ?? 0 }
        let sizes = byDay.values.filter { $0 > 0 }.sorted()
        guard let least = sizes.first, let most = sizes.last else { return nil }
        return Batch(least: least, median: sizes[sizes.count / 2], most: most)
    }
}

/// How likely a quiet of some days is, learned from the due days before it.
///
/// A chain of two states, active and quiet, in which a day depends on the one before it alone: so days off that come
/// together, as holidays do, count for less than as many single ones. Each of the two probabilities is estimated by
/// Laplace's rule of succession, (seen + 1) / (asked + 2): after one month without a quiet day the first quiet day has a
/// chance of about 1 in 25, and each that follows of 1 in 2, until a longer pause is seen and taught it better.
package struct QuietChance: Hashable, Sendable {
    /// Due days that must be known before anything is said.
    package static let leastDays = 5
    /// A chance at and below which a quiet is worth an alarm.
    package static let remarkable = 0.01

    /// Of a quiet day after an active one.
    package let first: Double
    /// Of a quiet day after a quiet one.
    package let next: Double
    private let isLearned: Bool

    /// `days` are the due days in their order, the last one active: true where an update came.
    package init(days: [Bool]) {
        var (active, activeThenQuiet, quiet, quietThenQuiet) = (0, 0, 0, 0)
        for (day, following) in zip(days, days.dropFirst()) {
            if day {
                active += 1
                activeThenQuiet += following ? 0 : 1
            } else {
                quiet += 1
                quietThenQuiet += following ? 0 : 1
            }
        }
        first = Double(activeThenQuiet + 1) / Double(active + 2)
        next = Double(quietThenQuiet + 1) / Double(quiet + 2)
        isLearned = days.count >= Self.leastDays
    }

    /// The chance that at least so many due days after an update bring none; nil for no day, and where too little is known.
    package func ofQuiet(days: Int) -> Double? {
        guard days > 0, isLearned else { return nil }
        return (1..<days).reduce(first) { chance, _ in chance * next }
    }
}
