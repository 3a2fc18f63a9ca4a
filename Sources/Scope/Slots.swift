import Synchronization

/// A fixed number of slots for open connections; whoever finds too few waits its turn.
final class Slots: Sendable {
    private struct Queue {
        var free: Int
        var waiting: [(id: UInt64, count: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var cancelled: Set<UInt64> = []
        var next: UInt64 = 0
    }

    private let all: Int
    /// Guards the count of free slots and those who wait, first come first served.
    private let queue: Mutex<Queue>

    init(_ count: Int) {
        all = max(count, 1)
        queue = Mutex(Queue(free: all))
    }

    /// Takes so many slots at once, or all where there are fewer. Throws when the task is cancelled before they are free.
    func take(_ count: Int = 1) async throws(CancellationError) {
        let count = min(count, all)
        let id = queue.withLock { queue in
            queue.next += 1
            return queue.next
        }
        let taken = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in enqueue(id, count, continuation) }
        } onCancel: {
            cancel(id)
        }
        queue.withLock { _ = $0.cancelled.remove(id) }
        if !taken { throw CancellationError() }
    }

    /// Takes so many slots if they are free and nobody waits for one; false where not.
    func takeNow(_ count: Int) -> Bool {
        queue.withLock { queue in
            guard queue.free >= count, queue.waiting.isEmpty else { return false }
            queue.free -= count
            return true
        }
    }

    /// Whether fewer than so many slots are free, so that what is only kept for later should be let go.
    func lacks(_ count: Int) -> Bool { queue.withLock { $0.free < min(count, all) } }

    /// Whether someone waits for a slot.
    var hasWaiting: Bool { queue.withLock { !$0.waiting.isEmpty } }

    /// Gives back so many slots, or all where there are fewer.
    func giveBack(_ count: Int = 1) {
        let next = queue.withLock { queue -> [CheckedContinuation<Bool, Never>] in
            queue.free += min(count, all)
            var next: [CheckedContinuation<Bool, Never>] = []
            while let first = queue.waiting.first, first.count <= queue.free {
                queue.free -= first.count
                next.append(queue.waiting.removeFirst().continuation)
            }
            return next
        }
        for continuation in next { continuation.resume(returning: true) }
    }

    private func enqueue(_ id: UInt64, _ count: Int, _ continuation: CheckedContinuation<Bool, Never>) {
        let answer = queue.withLock { queue -> Bool? in
            if queue.cancelled.contains(id) { return false }
            guard count > 0, queue.free < count || !queue.waiting.isEmpty else {
                queue.free -= count
                return true
            }
            queue.waiting.append((id, count, continuation))
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
        // Whoever waits behind for fewer slots may have its turn now.
        giveBack(0)
    }
}
