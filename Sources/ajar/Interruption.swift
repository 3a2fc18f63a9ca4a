import Foundation
import Glibc
import Synchronization

/// Lets Ctrl-C and a polite kill end long work cleanly: the work's task is cancelled, and what it has is kept.
///
/// A second Ctrl-C ends the program at once; the vault then recovers at the next start.
enum Interruption {
    private static let signals = [SIGINT, SIGTERM]

    static func guarding<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        // A reader of our output that went away is no reason to stop in the middle of a run.
        Glibc.signal(SIGPIPE, SIG_IGN)
        let (interruptions, continuation) = AsyncStream.makeStream(of: Void.self)
        bell.listen(continuation)
        for signal in signals { Glibc.signal(signal) { _ in ring() } }
        defer { for signal in signals { Glibc.signal(signal, SIG_DFL) } }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                var iterator = interruptions.makeAsyncIterator()
                await iterator.next()
                return nil
            }
            var result: Value?
            var isInterrupted = false
            while let next = try await group.next() {
                guard let value = next else {
                    guard !isInterrupted, result == nil else { continue }
                    isInterrupted = true
                    ProgressReport.write("\ninterrupted: finishing what is under way; once more to stop at once\n")
                    for signal in signals { Glibc.signal(signal, SIG_DFL) }
                    group.cancelAll()
                    continue
                }
                result = value
                continuation.finish()
                group.cancelAll()
            }
            guard let result else { throw CancellationError() }
            return result
        }
    }
}

/// The end of a pipe that a signal handler writes to: it may do nothing else. Set once, before any handler is.
nonisolated(unsafe) private var rope: Int32 = -1

private let bell = Bell()

private func ring() {
    var byte: UInt8 = 1
    _ = Glibc.write(rope, &byte, 1)
}

/// Tells whoever guards some work that a signal came. There is one for the program, as there is one set of signals.
private final class Bell: Sendable {
    /// Guards who is told of the next signal.
    private let listener = Mutex<AsyncStream<Void>.Continuation?>(nil)

    init() {
        var ends: [Int32] = [-1, -1]
        // Without a pipe no signal is heard, and only a kill that cannot be caught ends the work.
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        rope = ends[1]
        let input = ends[0]
        Thread.detachNewThread {
            var byte: UInt8 = 0
            while true {
                let count = Glibc.read(input, &byte, 1)
                if count == 1 { self.tell() } else if count == 0 || errno != EINTR { return }
            }
        }
    }

    func listen(_ continuation: AsyncStream<Void>.Continuation) {
        listener.withLock { $0 = continuation }
    }

    private func tell() {
        _ = listener.withLock { $0 }?.yield()
    }
}
