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
                let job = CollectJob(
                    id: JobID(run: run.id, part: source.base),
                    run: run.id,
                    source: source,
                    level: scope.level,
                    previous: try catalogue.state(of: source.base),
                    limits: limits
                )
                let stage = CollectStage(gate: gate, vault: vault) { report.show($0) }
                outcomes.append(try await perform(job, by: stage, as: StageOutcome.collect))
            }
            report.finish()
            return (outcomes, outcomes.completeness)
        }
    }

    private var limits: CollectLimits {
        var limits = CollectLimits()
        limits.connections = configuration.collectConnections
        limits.rereadAfterDays = configuration.rereadAfterDays
        limits.fileBytes = configuration.maximumFileBytes
        return limits
    }

    /// Doors ever found, also those that now seem shut: collection says itself whether it could look.
    private func collectable() throws -> [Source] {
        try catalogue.doors().map(\.value).filter { [.listing, .dataFolder].contains($0.kind) }.map {
            Source(base: $0.address, endpoint: $0.endpoint, kind: $0.kind)
        }
    }
}

extension [CollectOutcome] {
    /// Complete when all are; otherwise what kept the first of them.
    fileprivate var completeness: Completeness {
        first { $0.completeness != .complete }?.completeness ?? .complete
    }
}
