import Domain
import Foundation
import Subprocess
import Synchronization

/// The talk with one reader: a file is sent, its reply read. Not shared: one task owns it.
struct ReaderConversation {
    /// Why there is no reply. The reader is then of no more use.
    enum Break: Error {
        case died
        case outOfTime
        case broken(String)

        /// For the reading of the file that was in hand.
        var reason: String {
            switch self {
            case .died: "the reader died on this file"
            case .outOfTime: "the reader ran out of time on this file"
            case .broken(let what): "the reader broke the protocol on this file: \(what)"
            }
        }
    }

    /// What the reader said of itself.
    private(set) var greeting = ReaderGreeting(version: 0, tools: [], layers: [])

    private let writer: StandardInputWriter
    private var output: SubprocessOutputSequence.Iterator
    private let kill: @Sendable () -> Void
    private let settings: ReaderProcess
    private var pending: [UInt8] = []

    init(
        writer: StandardInputWriter,
        output: SubprocessOutputSequence.Iterator,
        kill: @escaping @Sendable () -> Void,
        settings: ReaderProcess
    ) {
        self.writer = writer
        self.output = output
        self.kill = kill
        self.settings = settings
    }

    /// The reader's first message; a reader of another version is refused.
    mutating func greet() async throws {
        do {
            let (header, _) = try await limited { try await $0.receive() }
            greeting = try JSONDecoder().decode(ReaderGreeting.self, from: Data(header))
        } catch let error as CancellationError {
            throw error
        } catch {
            throw ReadingError(.readerUnfit, "the reader at \(settings.path) did not greet: \(error)")
        }
        guard greeting.version == ReaderProtocol.version else {
            throw ReadingError(.readerUnfit, "the reader at \(settings.path) speaks version \(greeting.version)")
        }
    }

    /// Sends one file, whose bytes come in pieces from `next`, and waits for what it says.
    mutating func read(
        _ request: ReaderRequest,
        next: () throws -> [UInt8]?
    ) async throws -> (reply: ReaderReply, thumbnail: [UInt8]) {
        try await limited { try await $0.exchange(request, next: next) }
    }

    private mutating func exchange(
        _ request: ReaderRequest,
        next: () throws -> [UInt8]?
    ) async throws -> (reply: ReaderReply, thumbnail: [UInt8]) {
        let whole = request.length <= UInt64(settings.fileLimit)
        let sent = whole ? Int(request.length) : min(ReaderProtocol.headLength, settings.fileLimit)
        let header = try JSONEncoder().encode(request)
        let frame = ReaderFrame(header: UInt32(header.count), body: UInt64(sent))
        try await write(frame.bytes + Array(header))
        var left = sent
        while left > 0 {
            guard let piece = try next(), !piece.isEmpty else {
                throw ReadingError(.vault, "a blob of \(request.length) bytes ended \(left) bytes early")
            }
            try await write(piece.count > left ? Array(piece[..<left]) : piece)
            left -= min(left, piece.count)
        }
        let (answer, thumbnail) = try await receive()
        do {
            return (try JSONDecoder().decode(ReaderReply.self, from: Data(answer)), thumbnail)
        } catch {
            throw Break.broken("a reply that is none")
        }
    }

    private func write(_ bytes: [UInt8]) async throws {
        do {
            _ = try await writer.write(bytes)
        } catch {
            throw Break.died
        }
    }

    private mutating func receive() async throws -> (header: [UInt8], body: [UInt8]) {
        guard let frame = ReaderFrame(bytes: try await take(ReaderFrame.length)) else { throw Break.broken("no frame") }
        guard frame.header <= ReaderProtocol.headerLimit, frame.body <= ReaderProtocol.replyBodyLimit else {
            throw Break.broken("a length beyond its limit")
        }
        let header = try await take(Int(frame.header))
        return (header, try await take(Int(frame.body)))
    }

    private mutating func take(_ count: Int) async throws -> [UInt8] {
        while pending.count < count {
            let buffer: SubprocessOutputSequence.Buffer?
            do {
                buffer = try await output.next()
            } catch {
                throw Break.died
            }
            guard let buffer else { throw Break.died }
            buffer.withUnsafeBytes { pending.append(contentsOf: $0) }
        }
        defer { pending.removeFirst(count) }
        return Array(pending[..<count])
    }

    /// Runs one exchange; the reader is killed when the time is over or the task cancelled, which ends the exchange.
    private mutating func limited<Result>(
        _ body: (inout ReaderConversation) async throws -> Result
    ) async throws -> Result {
        let watch = Watch()
        let (kill, limit) = (kill, settings.wallLimit)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await Task.sleep(for: limit)
                    if watch.expire() { kill() }
                } catch {
                    // The exchange ended, or the whole stage is being cancelled.
                    if !watch.isOver { kill() }
                }
            }
            do {
                let result = try await body(&self)
                watch.end()
                group.cancelAll()
                return result
            } catch {
                let isOutOfTime = watch.isExpired
                watch.end()
                group.cancelAll()
                try Task.checkCancellation()
                throw isOutOfTime ? Break.outOfTime : error
            }
        }
    }
}

/// Whether an exchange is over or out of time; asked by the exchange and by its clock.
private final class Watch: Sendable {
    private enum State {
        case running
        case over
        case expired
    }

    /// Guards the one state that both tasks change.
    private let state = Mutex(State.running)

    var isOver: Bool { state.withLock { $0 == .over } }
    var isExpired: Bool { state.withLock { $0 == .expired } }

    /// True when the exchange was still running.
    func expire() -> Bool {
        state.withLock {
            guard $0 == .running else { return false }
            $0 = .expired
            return true
        }
    }

    func end() {
        state.withLock { if $0 == .running { $0 = .over } }
    }
}
