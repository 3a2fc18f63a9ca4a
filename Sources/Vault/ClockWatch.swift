import Domain
import Synchronization

/// Watches that the machine's clock goes on as fast as its steady clock, which nobody can set.
final class ClockWatch: Sendable {
    /// Microseconds that the two may come apart without being spoken of: clocks are corrected in small steps all the time.
    private static let tolerance: Int64 = 2_000_000

    private struct Reading {
        var clock: Timestamp
        var steady: ContinuousClock.Instant
    }

    private let clock: CaseClock
    /// Guards what both clocks showed when they were last compared.
    private let last: Mutex<Reading>

    init(_ clock: CaseClock) {
        self.clock = clock
        last = Mutex(Reading(clock: clock.now(), steady: .now))
    }

    /// By how many microseconds the clock has jumped since this was last asked, back where it is negative; nil where it has
    /// not. A simulated clock shows what it is told to.
    func jump() -> Int64? {
        guard !clock.isSimulated else { return nil }
        let now = Reading(clock: clock.now(), steady: .now)
        let before = last.withLock { last in
            defer { last = now }
            return last
        }
        let (seconds, attoseconds) = (now.steady - before.steady).components
        let steady = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        let jump = now.clock.microseconds - before.clock.microseconds - steady
        return abs(jump) > Self.tolerance ? jump : nil
    }
}
