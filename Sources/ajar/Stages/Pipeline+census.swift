import Catalogue
import Census
import Domain
import Scope

extension Pipeline {
    /// Sweeps the scope, asks what is open what it is, and looks for websites.
    func census() async throws -> CensusOutcome {
        let settings = [
            "ports": scope.ports.map(String.init).joined(separator: " "),
            "addresses": scope.addresses.description,
            "rate.total": "\(scope.rate.total)",
            "rate.perAddress": "\(scope.rate.perAddress)",
        ]
        return try await run(.census, settings: settings) { run in
            let report = ProgressReport("census", isQuiet: isQuiet)
            let known = try catalogue.websites().map(\.value.name)
            let job = CensusJob(
                id: JobID(run: run.id, part: "scope"),
                run: run.id,
                targets: scope.addresses,
                ports: scope.ports,
                zones: scope.zones,
                names: Array(Set(scope.names.filter { !$0.hasPrefix("*") } + known)).sorted(),
                nameServers: scope.nameServers
            )
            let stage = CensusStage(gate: gate, vault: vault, settings: censusSettings) { report.show($0) }
            let outcome = try await perform(job, by: stage, as: StageOutcome.census)
            report.finish()
            return (outcome, outcome.completeness)
        }
    }

    private var censusSettings: CensusSettings {
        var settings = CensusSettings()
        settings.sweep.concurrency = configuration.sweepConcurrency
        settings.sweep.timeoutMilliseconds = Int(configuration.connectSeconds * 1_000)
        settings.connectWait = .seconds(configuration.connectSeconds)
        return settings
    }
}
