/// How a sweep asks.
package struct SweepTiming: Hashable, Codable, Sendable {
    /// How long a connection may take to come about before it counts as no answer, in milliseconds.
    package var timeoutMilliseconds: Int
    /// How often a target that gives no answer is asked.
    package var attempts: Int
    /// How often such a target is asked at an address that has been seen to lose packets: it answered, on whichever
    /// port, only when it was asked again.
    package var attemptsWhereLossy: Int
    /// Connections under way at one time; held below the descriptors that the system allows.
    package var concurrency: Int
    /// Connections a second, within the scope's own rate.
    package var perSecond: Int

    package init(
        timeoutMilliseconds: Int = 1_000,
        attempts: Int = 2,
        attemptsWhereLossy: Int = 8,
        concurrency: Int = 1_000,
        perSecond: Int = 100_000
    ) {
        self.timeoutMilliseconds = timeoutMilliseconds
        self.attempts = attempts
        self.attemptsWhereLossy = attemptsWhereLossy
        self.concurrency = concurrency
        self.perSecond = perSecond
    }
}

/// How far a sweep has come.
package struct SweepProgress: Hashable, Sendable {
    /// Targets whose state is known.
    package var done: Int
    package var total: Int
    package var open: Int

    package init(done: Int, total: Int, open: Int) {
        self.done = done
        self.total = total
        self.open = open
    }
}
