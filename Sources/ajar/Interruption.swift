import Dispatch
import Glibc

/// Lets Ctrl-C and a polite kill end long work cleanly: the work's task is cancelled, and what it has is kept.
///
/// A second Ctrl-C ends the program at once; the vault then recovers at the next start.
enum Interruption {
    static func guarding<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let signals = [SIGINT, SIGTERM]
        for signal in signals { Glibc.signal(signal, SIG_IGN) }
        let (interruptions, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = signals.map { signal in
            let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
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
