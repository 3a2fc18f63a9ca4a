import Catalogue
import Collect
import Domain
import Scope

extension Pipeline {
    /// Looks at every door that collection can read, and copies what is new behind it.
    func collect() async throws -> [CollectOutcome] {
        let settings = ["level": scope.level.rawValue, "connections": "\(configuration.collectConnections)"]
        return try await run(.collect, settings: settings) { run in
            let report = ProgressReport("collect", isQuiet: isQuiet)
            var outcomes: [CollectOutcome] = []
            for source in try collectable() where !Task.isCancelled {
                outcomes += try await collect(source, in: run, report)
            }
            report.finish()
            return (outcomes, outcomes.completeness)
        }
    }

    /// Bytes after which what was collected is written down, so that a process that is killed starts again from there; the
    /// first, and the most. Each further job walks the listings again, so it may take twice as much as the one before.
    private static let jobBytes: (first: UInt64, most: UInt64) = (4 << 30, 256 << 30)

    /// Collects from one source in as many jobs as its files take.
    private func collect(_ source: Source, in run: Run, _ report: ProgressReport) async throws -> [CollectOutcome] {
        var outcomes: [CollectOutcome] = []
        var limits = limits
        var (left, share) = (limits.runBytes, Self.jobBytes.first)
        let salt = UInt64.random(in: 0 ... .max)
        repeat {
            limits.runBytes = min(left, share)
            let part = outcomes.isEmpty ? "\(source.base)" : "\(source.base) \(outcomes.count + 1)"
            let job = CollectJob(
                id: JobID(run: run.id, part: part),
                run: run.id,
                source: source,
                level: scope.level,
                previous: try catalogue.state(of: source.base),
                limits: limits,
                salt: salt
            )
            let stage = CollectStage(gate: gate, vault: vault) { report.show($0) }
            let outcome = try await perform(job, by: stage, as: StageOutcome.collect)
            outcomes.append(outcome)
            guard outcome.completeness != .complete, outcome.counts.bodyBytes >= limits.runBytes else { break }
            left -= min(left, outcome.counts.bodyBytes)
            share = min(share * 2, Self.jobBytes.most)
        } while left > 0 && !Task.isCancelled
        return outcomes
    }

    private var limits: CollectLimits {
        var limits = CollectLimits()
        limits.connections = configuration.collectConnections
        limits.rereadAfterDays = configuration.rereadAfterDays
        limits.auditShare = configuration.auditShare
        limits.fileBytes = configuration.maximumFileBytes
        return limits
    }

    /// Doors ever found, also those that now seem shut: collection says itself whether it could look.
    private func collectable() throws -> [Source] {
        var bases: Set<WebAddress> = []
        return try catalogue.doors().map(\.value).filter { $0.grade != .cannotTell }
            .map { Source(base: $0.address, endpoint: $0.endpoint, kind: $0.kind) }
            // Some servers list a folder in two ways: one of them is enough.
            .filter { $0.canBeCollected && bases.insert($0.base).inserted }
    }
}

extension [CollectOutcome] {
    /// Complete when the last of each source is; otherwise what kept the first of them.
    fileprivate var completeness: Completeness {
        var last: [Source: Completeness] = [:]
        for outcome in self { last[outcome.source] = outcome.completeness }
        return compactMap { last[$0.source] }.first { $0 != .complete } ?? .complete
    }
}
