import Domain
import Synchronization

/// Keeps the rate: books a moment for each contact, per address and in all.
///
/// A virtual scheduling algorithm (GCRA, ITU-T I.371): each rate has the moment at which its next contact would be
/// due; a contact that comes up to ``slack`` early is let through, so that coarse timers cost no throughput.
final class Pace: Sendable {
    /// How far a contact may run ahead of an exact beat, in nanoseconds.
    private static let slack: Int64 = 20_000_000
    /// Above this many addresses, those whose moment has passed are forgotten.
    private static let remembered = 65_536

    private struct Beat {
        var total: Int64 = 0
        var addresses: [IPAddress: Int64] = [:]
    }

    private let perAddress: Int64
    private let total: Int64
    private let start = ContinuousClock.now
    /// Guards the moments at which the next contacts are due, in nanoseconds since `start`.
    private let beat = Mutex(Beat())

    init(_ rate: Rate) {
        perAddress = 1_000_000_000 / Int64(max(rate.perAddress, 1))
        total = 1_000_000_000 / Int64(max(rate.total, 1))
    }

    /// Books a contact and returns how long to wait for its moment, in nanoseconds; zero for now.
    func book(_ address: IPAddress) -> Int64 {
        let now = nanoseconds
        return beat.withLock { beat in
            let due = max(now, beat.total - Self.slack, (beat.addresses[address] ?? 0) - Self.slack)
            beat.total = max(beat.total, due) + total
            beat.addresses[address] = max(beat.addresses[address] ?? 0, due) + perAddress
            if beat.addresses.count > Self.remembered { beat.addresses = beat.addresses.filter { $0.value > now } }
            return due - now
        }
    }

    /// Waits for the contact's moment.
    func wait(for address: IPAddress) async throws(CancellationError) {
        let delay = book(address)
        guard delay > 0 else { return }
        do {
            try await Task.sleep(for: .nanoseconds(delay))
        } catch {
            throw CancellationError()
        }
    }

    private var nanoseconds: Int64 {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
