import Glibc

/// The time that a case goes by.
///
/// A simulated clock starts at a given instant and then runs at real speed; each run records that it was simulated,
/// and nothing measured under one can be mistaken for the other.
package struct CaseClock: Sendable {
    package let isSimulated: Bool
    private let read: @Sendable () -> Timestamp

    package init(isSimulated: Bool, read: @escaping @Sendable () -> Timestamp) {
        self.isSimulated = isSimulated
        self.read = read
    }

    /// The machine's clock.
    package static let system = CaseClock(isSimulated: false, read: wallClock)

    /// A clock that shows `start` now and runs at real speed from there.
    package static func simulated(from start: Timestamp) -> CaseClock {
        let began = ContinuousClock.now
        return CaseClock(isSimulated: true) {
            let (seconds, attoseconds) = (ContinuousClock.now - began).components
            return Timestamp(microseconds: start.microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
        }
    }

    package func now() -> Timestamp { read() }
}

@Sendable private func wallClock() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
}
