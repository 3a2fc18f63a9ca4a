package import Domain

/// One connection to a service, with its limits: so much may come, and each answer in so much time.
///
/// Belongs to the task that holds the interview. Errors of the network end it quietly: what came before stands.
package final class Dialogue {
    /// What a parser makes of the bytes that have come.
    package enum Reading<Value> {
        /// A value, which took that many bytes.
        case done(Value, Int)
        case unfinished
        /// Nothing that may follow makes this a value.
        case no
    }

    package private(set) var transcript = Transcript()
    /// What came and was not read yet.
    package private(set) var pending: [UInt8] = []
    /// Whether the server has closed, or the limits are used up.
    package private(set) var hasEnded = false
    package var tls: TLSFacts? { stream.tls }

    private let stream: GateStream
    private let clock: CaseClock
    private var room: Int
    private let end: ContinuousClock.Instant?

    /// `end` is when nothing more is read, however long an answer might take; nil where only the answers have limits.
    package init(_ stream: GateStream, clock: CaseClock, length: Int, until end: ContinuousClock.Instant? = nil) {
        self.end = end
        self.stream = stream
        self.clock = clock
        room = length
    }

    /// Sends the bytes; does nothing once the dialogue has ended.
    package nonisolated(nonsending) func say(_ bytes: [UInt8]) async {
        guard !hasEnded else { return }
        transcript.note(.sent, bytes, at: clock.now())
        do {
            try await stream.write(bytes)
        } catch {
            hasEnded = true
        }
    }

    /// Sends a line with its end.
    package nonisolated(nonsending) func say(line: String) async {
        await say(Array("\(line)\r\n".utf8))
    }

    /// Waits for the first bytes, unless some are there.
    package nonisolated(nonsending) func listen(within limit: Duration) async {
        guard pending.isEmpty else { return }
        await take(until: .now + limit)
    }

    /// Reads on until `parse` has a value or gives up, the server closes, or the time is over.
    package nonisolated(nonsending) func read<Value>(
        within limit: Duration,
        _ parse: ([UInt8]) -> Reading<Value>
    ) async -> Value? {
        let wanted = ContinuousClock.now + limit
        let deadline = end.map { min($0, wanted) } ?? wanted
        while true {
            switch parse(pending) {
            case .done(let value, let count):
                pending.removeFirst(min(count, pending.count))
                return value
            case .no: return nil
            case .unfinished:
                guard !hasEnded, ContinuousClock.now < deadline else { return nil }
                await take(until: deadline)
            }
        }
    }

    /// Hands over what was said so far and begins a new transcript, for a dialogue that goes on and on: `length` bytes may
    /// come from now on.
    package func turnPage(length: Int) -> Transcript {
        defer { transcript = Transcript() }
        room = length
        return transcript
    }

    package nonisolated(nonsending) func close() async {
        hasEnded = true
        await stream.close()
    }

    private nonisolated(nonsending) func take(until deadline: ContinuousClock.Instant) async {
        guard !hasEnded else { return }
        do {
            let left = max(deadline - .now, .zero)
            guard let bytes = try await stream.read(upTo: min(room, 16_384), within: left) else {
                hasEnded = true
                return
            }
            transcript.note(.received, bytes, at: clock.now())
            pending += bytes
            room -= bytes.count
            hasEnded = room <= 0
        } catch {
            // Silence is no end: the same connection can still be asked.
            hasEnded = error.code != .timedOut
        }
    }
}
