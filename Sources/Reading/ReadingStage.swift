package import Domain
import Synchronization
package import Vault

/// Reads blobs with confined readers, several at once, and interprets what they say: languages, dates, note pairs.
///
/// A file that kills, stalls or confuses its reader is `failed` with the reason; a fresh reader goes on with the next.
package struct ReadingStage: Stage {
    private let vault: Vault
    private let reader: ReaderProcess
    /// Files that are never opened.
    private let lists: HashLists
    private let progress: @Sendable (StageProgress) -> Void

    package init(
        vault: Vault,
        reader: ReaderProcess,
        lists: HashLists = HashLists(),
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) {
        self.vault = vault
        self.reader = reader
        self.lists = lists
        self.progress = progress
    }

    /// Throws ``ReadingError`` when no reader can be started at all; everything else is in the outcome.
    package func perform(_ job: ReadingJob) async throws -> ReadingOutcome {
        let work = Work(items: job.items, progress: progress)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<min(reader.lanes, max(1, job.items.count)) {
                    group.addTask { try await self.lane(work) }
                }
                try await group.waitForAll()
            }
        } catch is CancellationError {
            return work.outcome(of: job, .incomplete(reason: "interrupted"))
        }
        return work.outcome(of: job, Task.isCancelled ? .incomplete(reason: "interrupted") : .complete)
    }

    /// One reader after another, until no file is left.
    private func lane(_ work: Work) async throws {
        while !Task.isCancelled, work.isUnfinished {
            try await reader.converse { conversation in
                for _ in 0..<reader.filesPerReader {
                    guard !Task.isCancelled, let (index, item) = work.next() else { return }
                    let (reading, fault, isUsable) = try await read(item, in: &conversation)
                    work.finish(index, reading, fault)
                    guard isUsable else { return }
                }
            }
        }
    }

    private func read(
        _ item: ReadingJob.Item,
        in conversation: inout ReaderConversation
    ) async throws -> (FileReading, Fault?, isUsable: Bool) {
        let request = ReaderRequest(
            name: item.name.lastComponent,
            length: item.length,
            processorSeconds: reader.processorSeconds
        )
        do {
            if let why = try lists.reason(item.input, in: vault) {
                let status = FileReading.Status.failed(reason: FileReading.neverOpened + why)
                return (FileReading(input: item.input, status: status, type: nil), nil, true)
            }
            let payload = try vault.open(payload: item.input)
            let (reply, thumbnail) = try await conversation.read(request) { try payload.next(upTo: 256 << 10) }
            return (try interpret(reply, thumbnail, of: item), nil, true)
        } catch let error as ReaderConversation.Break {
            let failed = FileReading(input: item.input, status: .failed(reason: error.reason), type: nil)
            return (failed, Fault(what: "reading \(item.input): \(error.reason)"), false)
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as VaultError where error.code == .withheld {
            let why = vault.withholding(of: item.input)?.sentence ?? "\(error)"
            return (FileReading(input: item.input, status: .failed(reason: why), type: nil), nil, true)
        } catch let error as VaultError where ![.damaged, .unknown, .missing].contains(error.code) {
            // A disk that is full or fails says nothing of this file, which stays to be read.
            throw ReadingError(.vault, "\(error)")
        } catch {
            // The vault could not give this blob: said here, and found by verification.
            let reason = "the vault could not give the bytes: \(error)"
            let failed = FileReading(input: item.input, status: .failed(reason: reason), type: nil)
            return (failed, Fault(what: "reading \(item.input): \(reason)"), false)
        }
    }

    private func interpret(
        _ reply: ReaderReply,
        _ thumbnail: [UInt8],
        of item: ReadingJob.Item
    ) throws -> FileReading {
        var reading = Interpretation.of(reply, input: item.input)
        // What comes back from a confined process is taken for a picture only with a JPEG's first bytes.
        if thumbnail.starts(with: [0xff, 0xd8, 0xff]) { reading.thumbnail = try vault.storeDerived(thumbnail) }
        return reading
    }
}

/// The files still to be read and those that are, shared by the lanes.
private final class Work: Sendable {
    private struct State {
        var next = 0
        var readings: [FileReading?]
        var faults: [Fault] = []
        var done = 0
    }

    private let items: [ReadingJob.Item]
    private let progress: @Sendable (StageProgress) -> Void
    /// Guards which item is next and what has been read.
    private let state: Mutex<State>

    init(items: [ReadingJob.Item], progress: @escaping @Sendable (StageProgress) -> Void) {
        self.items = items
        self.progress = progress
        state = Mutex(State(readings: Array(repeating: nil, count: items.count)))
    }

    var isUnfinished: Bool { state.withLock { $0.next < items.count } }

    func next() -> (Int, ReadingJob.Item)? {
        state.withLock { state in
            guard state.next < items.count else { return nil }
            defer { state.next += 1 }
            return (state.next, items[state.next])
        }
    }

    func finish(_ index: Int, _ reading: FileReading, _ fault: Fault?) {
        let done = state.withLock {
            $0.readings[index] = reading
            if let fault { $0.faults.append(fault) }
            $0.done += 1
            return $0.done
        }
        progress(StageProgress(done: done, total: items.count, what: "files"))
    }

    func outcome(of job: ReadingJob, _ completeness: Completeness) -> ReadingOutcome {
        state.withLock { state in
            ReadingOutcome(
                job: job.id,
                run: job.run,
                completeness: completeness,
                files: state.readings.compactMap { $0 },
                faults: state.faults
            )
        }
    }
}
