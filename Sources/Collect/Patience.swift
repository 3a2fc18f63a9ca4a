import Synchronization

/// How long collection waits for a server: one that says it is busy (429, 503), and one that is slow.
package struct Patience: Hashable, Sendable {
    /// Times that one address is asked again.
    package var retries = 2
    /// A server that wants a longer wait is left alone until the next run.
    package var longestWait: Duration = .seconds(60)
    /// The wait where the server names none.
    package var unnamedWait: Duration = .seconds(2)
    /// All waits of one job together.
    package var budget: Duration = .seconds(300)
    /// Bytes of a large file that are asked for at one time, where the server lets the rest be asked for: what a process
    /// that is killed has lost of it.
    package var pieceBytes: UInt64 = 1 << 30
    /// How long one answer may take.
    package var answerTime: Duration = .seconds(3_600)
    /// How long a server that is spoken to line by line (FTP) may take for a reply.
    package var replyTime: Duration = .seconds(60)
    /// Over how long the slowest bearable rate of an answer (1 KiB a second) is averaged.
    package var rateWindow: Duration = .seconds(60)
    /// Connections that fail, or only drip, one after another before the server counts as silent.
    package var failures = 8

    package init() {}
}

/// What is left of a job's patience.
final class WaitBudget: Sendable {
    /// Guards the time that may still be waited.
    private let left: Mutex<Duration>

    init(_ budget: Duration) {
        left = Mutex(budget)
    }

    /// Takes `wait` out of the budget; false when it does not hold so much.
    func take(_ wait: Duration) -> Bool {
        left.withLock { left in
            guard wait <= left else { return false }
            left -= wait
            return true
        }
    }
}
