import Synchronization

/// A fixed number of slots for open connections; whoever finds none waits its turn.
final class Slots: Sendable {
    private struct Queue {
        var free: Int
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
        var cancelled: Set<UInt64> = []
        var next: UInt64 = 0
    }

    /// Guards the count of free slots and those who wait, first come first served.
    private let queue: Mutex<Queue>

    init(_ count: Int) {
        queue = Mutex(Queue(free: max(count, 1)))
    }

    /// Takes a slot. Throws when the task is cancelled before there is one.
    func take() async throws(CancellationError) {
        let id = queue.withLock { queue in
            queue.next += 1
            return queue.next
        }
        let taken = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in enqueue(id, continuation) }
        } onCancel: {
            cancel(id)
        }
        queue.withLock { _ = $0.cancelled.remove(id) }
        if !taken { throw CancellationError() }
    }

    /// Whether all slots are taken, so that what is only kept for later should be let go.
    var isContended: Bool { queue.withLock { $0.free == 0 } }

    /// Whether someone waits for a slot.
    var hasWaiting: Bool { queue.withLock { !$0.waiting.isEmpty } }

    func giveBack() {
        let next = queue.withLock { queue -> CheckedContinuation<Bool, Never>? in
            guard !queue.waiting.isEmpty else {
                queue.free += 1
                return nil
            }
            return queue.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }

    private func enqueue(_ id: UInt64, _ continuation: CheckedContinuation<Bool, Never>) {
        let answer = queue.withLock { queue -> Bool? in
            if queue.cancelled.contains(id) { return false }
            guard queue.free == 0 else {
                queue.free -= 1
                return true
            }
            queue.waiting.append((id, continuation))
            return nil
        }
        if let answer { continuation.resume(returning: answer) }
    }

    private func cancel(_ id: UInt64) {
        let waiting = queue.withLock { queue -> CheckedContinuation<Bool, Never>? in
            guard let index = queue.waiting.firstIndex(where: { $0.id == id }) else {
                queue.cancelled.insert(id)
                return nil
            }
            return queue.waiting.remove(at: index).continuation
        }
        waiting?.resume(returning: false)
    }
}
