import Census
import Domain
import Foundation
import Scope
import TestSupport
import Vault

/// A gate, a vault and a scope over one test's own loopback addresses.
struct Workbench {
    let gate: Gate
    let vault: Vault
    var settings: CensusSettings

    /// Impatient, so that silence is soon told.
    static var quick: CensusSettings {
        var settings = CensusSettings()
        settings.greetingWait = .milliseconds(300)
        settings.answerWait = .seconds(2)
        settings.connectWait = .seconds(2)
        settings.sweep = SweepTiming(timeoutMilliseconds: 1_000)
        return settings
    }

    static func running<Result>(
        _ addresses: String...,
        names: [String] = [],
        zones: [String] = [],
        nameServers: [Endpoint] = [],
        settings: CensusSettings = Self.quick,
        _ body: (Workbench) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder("census") { folder in
            let scope = Scope(
                name: "test",
                addresses: AddressSet(addresses.compactMap { CIDR($0) }),
                names: names,
                zones: zones,
                nameServers: nameServers,
                rate: Rate(perAddress: 100_000, total: 1_000_000, concurrent: 500),
                contact: "test@example.org"
            )
            let gate = Gate(scope: scope)
            let vault = try await Vault.create(at: folder.appending(path: "vault").path)
            do {
                let result = try await body(Workbench(gate: gate, vault: vault, settings: settings))
                await gate.close()
                await vault.close()
                return result
            } catch {
                await gate.close()
                await vault.close()
                throw error
            }
        }
    }

    func interview(_ endpoint: Endpoint) -> Interview {
        Interview(
            endpoint,
            gate: gate,
            pages: PageReader(gate: gate, vault: vault, settings: settings),
            settings: settings
        )
    }

    /// A whole census of the endpoints' addresses and ports.
    func census(_ endpoints: [Endpoint], targets: AddressSet? = nil) async throws -> CensusOutcome {
        let run = RunID("test-census-1")
        let job = CensusJob(
            id: JobID(run: run, part: 1),
            run: run,
            targets: targets ?? AddressSet(addresses: endpoints.map(\.address)),
            ports: Set(endpoints.map(\.port)).sorted(),
            zones: gate.scope.zones,
            names: gate.scope.names,
            nameServers: gate.scope.nameServers
        )
        return try await CensusStage(gate: gate, vault: vault, settings: settings).perform(job)
    }
}
