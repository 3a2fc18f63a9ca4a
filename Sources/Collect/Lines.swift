import Synchronization

/// The connections that one walk over a source may have at one time.
///
/// What was received is sealed while its line already carries the next exchange: the wait for the disk costs the server's
/// neighbours in the queue nothing.
final class Lines: Sendable {
    private struct Queue {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// Guards the count of free lines and those who wait, first come first served.
    private let queue: Mutex<Queue>

    init(_ count: Int) {
        queue = Mutex(Queue(free: max(count, 1)))
    }

    /// A line that is free now, if there is one.
    func free() -> Line? {
        queue.withLock { queue in
            guard queue.free > 0 else { return nil }
            queue.free -= 1
            return Line(self)
        }
    }

    /// Returns when a line is free, or was a moment ago. Lines come free without fail: no exchange lasts for ever.
    func becomeFree() async {
        await take()
        giveBack()
    }

    fileprivate func take() async {
        await withCheckedContinuation { continuation in
            let isFree = queue.withLock { queue in
                guard queue.free == 0 else {
                    queue.free -= 1
                    return true
                }
                queue.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    fileprivate func giveBack() {
        let next = queue.withLock { queue -> CheckedContinuation<Void, Never>? in
            guard !queue.waiting.isEmpty else {
                queue.free += 1
                return nil
            }
            return queue.waiting.removeFirst()
        }
        next?.resume()
    }
}

/// One piece of work's claim to a line: held during its exchanges, not while what they brought is sealed.
final class Line: Sendable {
    private let lines: Lines
    /// Guards whether the line is held. One task uses it.
    private let isHeld = Mutex(true)

    /// Made held.
    fileprivate init(_ lines: Lines) {
        self.lines = lines
    }

    func hold() async {
        if isHeld.withLock({ $0 }) { return }
        await lines.take()
        isHeld.withLock { $0 = true }
    }

    func letGo() {
        let wasHeld = isHeld.withLock { held in
            defer { held = false }
            return held
        }
        if wasHeld { lines.giveBack() }
    }
}

/// Bytes of bodies that came in one run, those that are not sealed yet among them.
final class BytesTaken: Sendable {
    /// Guards the count.
    private let count = Mutex<UInt64>(0)

    var value: UInt64 { count.withLock { $0 } }

    func add(_ bytes: Int) { count.withLock { $0 += UInt64(bytes) } }
}
