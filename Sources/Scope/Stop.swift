import Synchronization

/// Set from outside, by a cancellation, to end what is under way.
final class Stop: Sendable {
    let isSet = Atomic<Bool>(false)
}
