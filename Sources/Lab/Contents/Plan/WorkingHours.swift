import Domain

/// The moments at which a day's files appear: office hours in China and Korea, a few late in the evening.
///
/// All lie before 14:00 UTC of the same day.
struct WorkingHours {
    private let day: Day
    private var generator: SeededGenerator

    init(_ day: Day, seed: UInt64) {
        self.day = day
        generator = SeededGenerator(seed, "hours", day.description)
    }

    /// Instructions come in before work begins.
    mutating func morning() -> Timestamp { moment(from: 70, to: 200) }

    /// Results come in over the day; one in eleven late.
    mutating func working() -> Timestamp {
        generator.chance(0.09) ? moment(from: 690, to: 815) : moment(from: 150, to: 600)
    }

    /// Minutes after midnight UTC.
    private mutating func moment(from first: Int, to last: Int) -> Timestamp {
        day.start.adding(seconds: Int64(generator.number(in: first * 60...last * 60)))
    }
}
