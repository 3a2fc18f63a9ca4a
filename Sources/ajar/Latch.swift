import Synchronization

/// Whether something has come about, told across threads; it is never taken back.
final class Latch: Sendable {
    private let state = Atomic(false)

    var isSet: Bool { state.load(ordering: .relaxed) }

    func set() { state.store(true, ordering: .relaxed) }
}
