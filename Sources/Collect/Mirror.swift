import Domain
import Scope
import Wire

/// One walk over a source: what is still to do, what was found, and the state as it becomes known.
///
/// Everything here is touched by one task alone; the work itself (asking, sealing) goes on in child tasks, of which
/// `limits.connections` at most ask at one time. Bodies go before folders, so that no more of them wait than a few folders
/// hold.
struct Mirror {
    /// Pieces of work at one time, those included that only wait to be sealed; each holds a body that is not long.
    private static let atOnce = 32

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

    /// What a child task of the walk brings.
    private enum News: Sendable {
        case done(Done)
        /// A line is free for the next piece of work.
        case line
        /// Nil where no more can come.
        case early(EarlyRows?)
    }

    let job: CollectJob
    let asking: Asking
    let access: any SourceAccess
    let progress: @Sendable (StageProgress) -> Void
    let started: Timestamp

    var state: SourceState
    private(set) var told = ChangeBook()
    /// Entries of which is still to be told that nothing can be said of them.
    var doubts: [Doubts] = []
    var counts = CollectCounts()
    var audit: Audit
    var listings: [Seal] = []
    var faults: [Fault] = []
    /// Files of each extension whose bytes are known, for the level that reads samples.
    var samples: [[UInt8]: Int] = [:]
    /// Why the run is not complete, the first reason that came up.
    var shortfall: String?

    /// What is known of folders whose listing comes in parts, until the last has come.
    var parts: [PathName: PartsSeen] = [:]
    /// Listings of which not all rows are taken yet.
    var waiting: [RowsTaken] = []
    /// Rows of files and folders that were taken; memory grows with them.
    var rows = 0

    private var folders: [FolderTask] = []
    private var nextFolder = 0
    /// Further parts of listings: they go before other folders.
    private var furtherParts: [FolderTask] = []
    private var bodies: [BodyTask] = []
    private var absences: [AbsenceTask] = []
    /// Folders that are being asked for.
    private(set) var asked: Set<PathName> = []
    private var failuresInARow = 0
    /// Set when nothing further may be started.
    private(set) var isStopped = false

    init(job: CollectJob, asking: Asking, state: SourceState, progress: @escaping @Sendable (StageProgress) -> Void) {
        self.job = job
        audit = Audit(share: job.limits.auditShare, rereadAfterDays: job.limits.rereadAfterDays)
        self.asking = asking
        self.state = state
        self.progress = progress
        started = asking.gate.clock.now()
        access = asking.access(to: job.source, format: state[PathName(bytes: [])]?.format)
    }

    /// Walks until nothing is left to do, or no more may be done.
    mutating func walk() async throws {
        countSamples()
        folders = [FolderTask(path: PathName(bytes: []), address: job.source.base, notBefore: nil, above: [])]
        let lines = Lines(job.limits.connections)
        let most = max(Self.atOnce, job.limits.connections)
        try await withThrowingTaskGroup(of: News.self) { group in
            // Idle: there was no work, and there is none until what is running brings some.
            var (running, isIdle, awaitsLine) = (0, false, false)
            let early = asking.early
            group.addTask { .early(await early.next()) }
            while true {
                if Task.isCancelled { stop("interrupted") }
                try await writeDown()
                while running < most, !isIdle, let line = lines.free() {
                    if let child = nextChild(over: line) {
                        group.addTask(operation: child)
                        running += 1
                    } else {
                        line.letGo()
                        isIdle = true
                    }
                }
                if told.isFull {
                    isIdle = false
                    continue
                }
                if running == 0, isIdle { early.close() }
                if !awaitsLine, !isIdle, running < most {
                    awaitsLine = true
                    group.addTask {
                        await lines.becomeFree()
                        return .line
                    }
                }
                switch try await group.next() {
                case nil: return
                case .line: awaitsLine = false
                case .early(let rows?):
                    isIdle = false
                    take(rows)
                    group.addTask { .early(await early.next()) }
                case .early(nil): break
                case .done(let done):
                    (running, isIdle) = (running - 1, false)
                    take(done)
                    progress(StageProgress(done: counts.entries, total: nil, what: "entries"))
                }
            }
        }
        try await leaveWaiting()
    }

    /// Tells of what is in doubt, and writes down what was told where it is too much to be held.
    private mutating func writeDown() async throws {
        repeat {
            while !told.isFull, tellDoubts(upTo: ChangeBook.most) {}
            if told.isFull { try await told.write(for: job, to: asking.vault, at: asking.gate.clock.now()) }
        } while !doubts.isEmpty
    }

    mutating func tell(_ change: EntryChange) { told.add(change) }

    mutating func tell(_ late: LateBytes) { told.add(late) }

    /// Seals what was told and is not held; nothing is told afterwards.
    mutating func finishTelling() async throws -> FurtherChanges? { try await told.finish() }

    private mutating func nextChild(over line: Line) -> (@Sendable () async throws -> News)? {
        guard let work = nextWork() else { return nil }
        let (access, limits) = (access, limitsLeft)
        return { .done(try await Self.run(work, access, limits, over: line)) }
    }

    /// The limits, with what a body of this run may still take.
    private var limitsLeft: CollectLimits {
        var limits = job.limits
        limits.runBytes -= min(limits.runBytes, asking.taken.value)
        return limits
    }

    private static func run(
        _ work: Work,
        _ access: any SourceAccess,
        _ limits: CollectLimits,
        over line: Line
    ) async throws -> Done {
        defer { line.letGo() }
        switch work {
        case .folder(let task):
            return .folder(task, try await access.look(at: task, upTo: limits.listingBytes, over: line))
        case .body(let task):
            let read = try await access.read(task, upTo: limits.fileBytes, budget: limits.runBytes, over: line)
            return .body(task, read)
        case .absence(let task): return .absence(try await access.confirm(task, over: line))
        }
    }

    private mutating func nextWork() -> Work? {
        guard !isStopped else { return nil }
        if let task = absences.popLast() { return .absence(task) }
        let isFull = asking.taken.value >= job.limits.runBytes
        // What was told must be written down before there is room for more.
        while bodies.isEmpty || isFull, !told.isFull, advance() {}
        if !isFull {
            if let task = bodies.popLast() { return .body(task) }
        } else if !bodies.isEmpty {
            fallShort("the limit of \(job.limits.runBytes) bytes a run was reached")
        }
        if let task = furtherParts.popLast() { return .folder(task) }
        guard nextFolder < folders.count else { return nil }
        defer { nextFolder += 1 }
        asked.insert(folders[nextFolder].path)
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
            asked.remove(task.path)
            counts.listingRequests += 1 + look.earlier.count
            noteReach(look.finding.reach)
            take(look, of: task)
        case .body(let task, let read):
            counts.bodyRequests += 1
            noteReach(read.reach)
            take(read, of: task)
        case .absence(let answers): for (path, absence) in answers { take(absence, of: path) }
        }
    }

    mutating func add(_ task: FolderTask) {
        if task.after == nil { folders.append(task) } else { furtherParts.append(task) }
    }
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
        if failuresInARow >= asking.patience.failures { stop("the server stopped answering") }
    }

    /// What a stopped run saw but did not read stays owed: the next run reads it and tells it with this run's times.
    private mutating func leaveWaiting() async throws {
        repeat {
            try await writeDown()
            for task in bodies { owe(task) }
            bodies = []
        } while advance()
        try await writeDown()
    }

    private mutating func countSamples() {
        guard job.level == .sample else { return }
        for place in state.liveFiles(below: PathName(bytes: [])) {
            guard let entry = state.entry(at: place), entry.version?.payload != nil else { continue }
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
