import Domain
import Scope
import Vault
import Wire

/// One walk over a source: what is still to do, what was found, and the state as it becomes known.
///
/// Everything here is touched by one task alone; the work itself (asking, sealing) goes on in at most
/// `limits.connections` child tasks. Bodies go before folders, so that no more of them wait than a few folders hold.
struct Mirror {
    enum Work: Sendable {
        case folder(FolderTask)
        case body(BodyTask)
        case absence(AbsenceTask)
    }

    enum Done: Sendable {
        case folder(FolderTask, FolderLook)
        case body(BodyTask, BodyRead)
        case absence([(PathName, Absence)])
    }

    let job: CollectJob
    let fetch: SealedFetch
    let progress: @Sendable (StageProgress) -> Void
    let started: Timestamp

    var state: SourceState
    var changes: [EntryChange] = []
    var lateBytes: [LateBytes] = []
    var counts = CollectCounts()
    var listings: [Seal] = []
    var faults: [Fault] = []
    /// Files of each extension whose bytes are known, for the level that reads samples.
    var samples: [[UInt8]: Int] = [:]
    /// Why the run is not complete, the first reason that came up.
    var shortfall: String?

    private var folders: [FolderTask] = []
    private var nextFolder = 0
    private var bodies: [BodyTask] = []
    private var absences: [AbsenceTask] = []
    private var failuresInARow = 0
    /// Set when nothing further may be started.
    private(set) var isStopped = false

    init(job: CollectJob, fetch: SealedFetch, state: SourceState, progress: @escaping @Sendable (StageProgress) -> Void)
    {
        self.job = job
        self.fetch = fetch
        self.state = state
        self.progress = progress
        started = fetch.gate.clock.now()
    }

    /// Walks until nothing is left to do, or no more may be done.
    mutating func walk() async throws {
        countSamples()
        folders = [FolderTask(path: PathName(bytes: []), address: job.source.base, notBefore: nil, above: [])]
        let (fetch, endpoint) = (fetch, job.source.endpoint)
        try await withThrowingTaskGroup(of: Done.self) { group in
            var running = 0
            while true {
                if Task.isCancelled { stop("interrupted") }
                while running < max(1, job.limits.connections), let work = nextWork() {
                    running += 1
                    var limits = job.limits
                    // What a body of this run may still take.
                    limits.runBytes -= min(limits.runBytes, counts.bodyBytes)
                    group.addTask { [limits] in try await Self.run(work, fetch, endpoint, limits) }
                }
                guard let done = try await group.next() else { return }
                running -= 1
                take(done)
                progress(StageProgress(done: counts.entries, total: nil, what: "entries"))
            }
        }
        leaveWaiting()
    }

    private static func run(
        _ work: Work,
        _ fetch: SealedFetch,
        _ endpoint: Endpoint,
        _ limits: CollectLimits
    ) async throws -> Done {
        switch work {
        case .folder(let task): .folder(task, try await fetch.list(task, at: endpoint, upTo: limits.listingBytes))
        case .body(let task):
            .body(task, try await fetch.read(task, at: endpoint, upTo: limits.fileBytes, budget: limits.runBytes))
        case .absence(let task): .absence(try await fetch.confirm(task, at: endpoint))
        }
    }

    private mutating func nextWork() -> Work? {
        guard !isStopped else { return nil }
        if let task = absences.popLast() { return .absence(task) }
        if counts.bodyBytes < job.limits.runBytes {
            if let task = bodies.popLast() { return .body(task) }
        } else if !bodies.isEmpty {
            fallShort("the limit of \(job.limits.runBytes) bytes a run was reached")
        }
        guard nextFolder < folders.count else { return nil }
        defer { nextFolder += 1 }
        // What was walked over is let go now and then, not one by one.
        if nextFolder > 1_024 {
            folders.removeFirst(nextFolder)
            nextFolder = 0
        }
        return .folder(folders[nextFolder])
    }

    private mutating func take(_ done: Done) {
        switch done {
        case .folder(let task, let look):
            counts.listingRequests += 1
            noteReach(look.finding.reach)
            take(look, of: task)
        case .body(let task, let read):
            counts.bodyRequests += 1
            noteReach(read.reach)
            take(read, of: task)
        case .absence(let answers): for (path, absence) in answers { take(absence, of: path) }
        }
    }

    mutating func add(_ task: FolderTask) { folders.append(task) }
    mutating func add(_ task: BodyTask) { bodies.append(task) }
    mutating func add(_ task: AbsenceTask) { absences.append(task) }

    /// Notes why the run is not complete; the first reason stays.
    mutating func fallShort(_ reason: String) {
        shortfall = shortfall ?? reason
    }

    private mutating func stop(_ reason: String) {
        isStopped = true
        fallShort(reason)
    }

    /// Stops when the server has failed to answer several times in a row: it is left alone until the next run.
    private mutating func noteReach(_ reach: Bool?) {
        guard let reach else { return }
        failuresInARow = reach ? 0 : failuresInARow + 1
        if failuresInARow >= fetch.patience.failures { stop("the server stopped answering") }
    }

    /// What a stopped run saw but did not read stays owed: the next run reads it and tells it with this run's times.
    private mutating func leaveWaiting() {
        for task in bodies { owe(task) }
    }

    private mutating func countSamples() {
        guard job.level == .sample else { return }
        for entry in state.liveFiles(below: PathName(bytes: [])) where entry.version?.payload != nil {
            samples[entry.path.fileExtension, default: 0] += 1
        }
    }

    /// The address of an entry, as the server spelled it.
    func address(of entry: KnownEntry) -> WebAddress {
        var address = job.source.base
        address.target = entry.target ?? job.source.base.path + entry.path.description
        return address
    }
}

extension FolderLook.Finding {
    /// Whether the server answered; nil where that was not seen.
    fileprivate var reach: Bool? {
        switch self {
        case .listed, .unlisted: true
        case .unreached: false
        case .interrupted: nil
        }
    }
}

extension BodyRead {
    /// Whether the server answered; nil where that was not seen.
    fileprivate var reach: Bool? {
        switch end {
        case .read, .failed: true
        case .unreached: false
        case .unfinished: nil
        }
    }
}
