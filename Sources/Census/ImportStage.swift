package import Domain
package import Vault

/// Reads a scan file of the vault into a report in the one form that runs are kept in.
package struct ImportStage: Stage {
    private let vault: Vault
    private let clock: CaseClock
    private let progress: @Sendable (StageProgress) -> Void

    package init(
        vault: Vault,
        clock: CaseClock = .system,
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) {
        self.vault = vault
        self.clock = clock
        self.progress = progress
    }

    /// Throws an ``ImportError`` for what is no scan at all. Cancelled, it returns what it has read.
    package func perform(_ job: ImportJob) async throws -> ImportOutcome {
        let began = clock.now()
        guard let payload = job.file.payload else { throw ImportError(.empty, "holds nothing", at: job.name) }
        let file = try vault.open(payload: payload)
        var reader = ScanReader(name: job.name, hints: job.hints)
        var read = 0
        while !Task.isCancelled, let piece = try file.next(upTo: 1 << 20) {
            try reader.feed(piece)
            read += piece.count
            progress(StageProgress(done: read, total: Int(clamping: job.file.length), what: "bytes of \(job.name)"))
            await Task.yield()
        }
        var (report, draft) = try reader.finish()
        if Task.isCancelled { report.completeness = .incomplete(reason: "the import was interrupted") }
        return ImportOutcome(
            job: job.id,
            run: job.run,
            completeness: Task.isCancelled ? .incomplete(reason: "interrupted") : .complete,
            file: job.file,
            name: job.name,
            vantage: job.vantage,
            format: reader.formatName ?? "",
            sameness: Self.sameness(of: report),
            lines: draft.lines,
            passedOver: draft.passedOver,
            report: report,
            faults: draft.faults,
            during: TimeBounds(notBefore: began, notAfter: clock.now())
        )
    }

    /// Of a run with a command line, that line without where its output went; of another, its beginning and first answers.
    package static func sameness(of report: ScanReport) -> Digest {
        var words = ["\(report.reach.tool)", report.toolVersion]
        if report.arguments.isEmpty {
            words.append(report.began.map { "\($0)" } ?? "")
            words += report.open.ports.sorted { $0.offset < $1.offset }.prefix(20).map {
                "\($0.endpoint)/\($0.transport)"
            }
        } else {
            words += plain(report.arguments)
        }
        return Digest(of: Array(words.joined(separator: "\n").utf8))
    }

    /// The words of a command line without `-oN FILE` and its like.
    private static func plain(_ arguments: String) -> [String] {
        var words: [String] = []
        var isValue = false
        for word in arguments.split(separator: " ") {
            if isValue {
                isValue = false
            } else if word.hasPrefix("-o"), word.utf8.count == 3 {
                isValue = true
            } else {
                words.append(String(word))
            }
        }
        return words
    }
}
