import Catalogue
import Domain
import Foundation
import Scope
import Vault

/// The one place where stages meet: it makes their jobs from what is known, seals what they found, and records it.
struct Pipeline: Sendable {
    let folder: CaseFolder
    let configuration: Configuration
    let scope: Scope
    let scopeDigest: Digest
    let configurationDigest: Digest
    /// Who works with the case.
    let actor: String
    let vault: Vault
    let catalogue: Catalogue
    let gate: Gate
    let clock: CaseClock
    let isQuiet: Bool
    /// Set when a run has begun.
    let hadRun = Latch()

    /// Opens a case for work, hands it to `body`, and closes it whatever happens.
    static func on<Value: Sendable>(
        _ options: CaseOptions,
        _ body: @escaping @Sendable (Pipeline) async throws -> Value
    ) async throws -> Value {
        let folder = try CaseFolder.find(options.folder)
        return try await Interruption.guarding {
            let pipeline = try await Pipeline(folder: folder, clock: options.caseClock, isQuiet: options.quiet)
            do {
                let value = try await body(pipeline)
                await pipeline.close()
                return value
            } catch {
                await pipeline.close()
                throw error
            }
        }
    }

    private init(folder: CaseFolder, clock: CaseClock, isQuiet: Bool) async throws {
        self.folder = folder
        self.clock = clock
        self.isQuiet = isQuiet
        configuration = try Configuration.load(folder.configuration)
        let file = try Scope.load(from: folder.scope)
        scope = file.scope
        catalogue = try folder.openCatalogue(configuration)
        vault = try await Vault.open(
            at: folder.vault,
            key: folder.keyFile(configuration),
            clock: clock,
            limits: configuration.vaultLimits,
            store: folder.objectStore(configuration)
        )
        gate = Gate(scope: scope, clock: clock)
        actor = Operator.name(configuration)
        scopeDigest = try await Self.seal(file.bytes, as: "ajar:scope", in: vault, at: clock.now())
        let settings = Array(try configuration.text().utf8)
        configurationDigest = try await Self.seal(settings, as: "ajar:configuration", in: vault, at: clock.now())
        try await recorder.catchUp(with: vault)
        try recorder.withhold(vault.withheldReasons)
        try await closeAbandonedRuns()
    }

    /// Runs that an earlier process left open, having been killed, are closed as what they are.
    private func closeAbandonedRuns() async throws {
        for var run in try catalogue.runs() where run.completeness == .running {
            try await end(&run, .incomplete(reason: "the program ended before the run did"))
        }
    }

    private func close() async {
        // What is said of segments in a store is to be stamped as well.
        await pushAfterRun()
        await stampWhatWaits()
        await gate.close()
        await vault.close()
    }

    var recorder: Recorder { Recorder(catalogue, reading: vault) }

    /// Runs one stage: the run's beginning and end are sealed and recorded, however it ends.
    func run<Value: Sendable>(
        _ stage: StageName,
        settings: [String: String] = [:],
        _ body: (Run) async throws -> (value: Value, completeness: Completeness)
    ) async throws -> Value {
        var run = Run(
            id: try nextRunID(stage),
            stage: stage,
            started: clock.now(),
            scope: scopeDigest,
            settings: settings.merging(["configuration": configurationDigest.description]) { own, _ in own },
            vantage: scope.vantage,
            toolVersion: ajarVersion,
            clockWasSimulated: clock.isSimulated,
            actor: actor
        )
        hadRun.set()
        let seal = try await vault.record(runStarted: run)
        try recorder.record(started: run, leaf: seal.leaf)
        do {
            let (value, completeness) = try await body(run)
            try await end(&run, Task.isCancelled ? .incomplete(reason: "interrupted") : completeness)
            try Task.checkCancellation()
            return value
        } catch {
            if run.completeness == .running {
                let reason = error is CancellationError ? "interrupted" : Complaint(error).description
                try await end(&run, .incomplete(reason: reason))
            }
            throw error
        }
    }

    /// Has a stage do a job, seals the outcome, and records it.
    func perform<Worker: Stage>(
        _ job: Worker.Job,
        by worker: Worker,
        as wrap: (Worker.Outcome) -> StageOutcome
    ) async throws -> Worker.Outcome {
        let outcome = try await worker.perform(job)
        let sealed = wrap(outcome)
        let seal = try await vault.record(outcome: sealed)
        try recorder.record(sealed, seal: seal)
        return outcome
    }

    private func end(_ run: inout Run, _ completeness: Completeness) async throws {
        run.ended = clock.now()
        run.completeness = completeness
        _ = try await vault.record(runEnded: run)
        try recorder.record(ended: run)
        _ = try await vault.checkpoint(isLast: true)
        try await stamp()
    }

    /// The next free name of the day: `2024-01-15-census-1`.
    private func nextRunID(_ stage: StageName) throws -> RunID {
        let prefix = "\(clock.now().day)-\(stage.rawValue)-"
        let taken = try catalogue.runs(of: stage).filter { $0.id.description.hasPrefix(prefix) }.count
        return RunID(prefix + "\(taken + 1)")
    }
}

extension CaseFolder {
    /// Where the ledger's key lies by these settings.
    func keyFile(_ configuration: Configuration) -> String {
        configuration.keyFile.map { CaseFolder.absolute($0) } ?? key
    }
}
