import Synchronization

/// The running tally of a gate.
final class Meter: Sendable {
    /// Guards the tally.
    private let counts = Mutex(GateTally())

    var tally: GateTally { counts.withLock { $0 } }

    func count(_ change: (inout GateTally) -> Void) {
        counts.withLock { change(&$0) }
    }
}
