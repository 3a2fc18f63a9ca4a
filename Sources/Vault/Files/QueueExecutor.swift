import Dispatch

/// Runs an actor's jobs on a thread of their own, one after the other, so that waiting for a disk blocks nobody else.
final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Does work behind all jobs that are in the queue already.
    func perform(_ work: @escaping @Sendable () -> Void) {
        queue.async(execute: work)
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}

/// Where reads that take long are done.
private let readers = DispatchQueue(label: "vault.readers", attributes: .concurrent)

/// Does blocking work away from the cooperative threads.
package func blocking<Value: Sendable>(
    _ work: @escaping @Sendable () throws(VaultError) -> Value
) async throws(VaultError) -> Value {
    let result: Result<Value, VaultError> = await withCheckedContinuation { continuation in
        readers.async {
            do throws(VaultError) { continuation.resume(returning: .success(try work())) } catch {
                continuation.resume(returning: .failure(error))
            }
        }
    }
    return try result.get()
}
