package import Domain
package import Scope
package import Vault

/// Who is there, and what do they say?
///
/// A sweep of the ports, a probe of each open one, the names that the name servers tell, and the websites behind them;
/// everything that a server said is sealed in the vault.
package struct CensusStage: Stage {
    private let gate: Gate
    private let vault: Vault
    private let settings: CensusSettings
    private let progress: @Sendable (StageProgress) -> Void
    private let strangeLabel: @Sendable () -> String

    /// `strangeLabel` gives a label that no server knows, another each time.
    package init(
        gate: Gate,
        vault: Vault,
        settings: CensusSettings = CensusSettings(),
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in },
        strangeLabel: @escaping @Sendable () -> String = CensusStage.randomLabel
    ) {
        self.gate = gate
        self.vault = vault
        self.settings = settings
        self.progress = progress
        self.strangeLabel = strangeLabel
    }

    /// Sixteen random letters.
    package static let randomLabel: @Sendable () -> String = {
        String(decoding: (0..<16).map { _ in UInt8.random(in: 0x61...0x7a) }, as: UTF8.self)
    }

    /// Looks, and says what it saw. On cancellation the outcome is incomplete, and what was not reached is in no set.
    package func perform(_ job: CensusJob) async throws -> CensusOutcome {
        let began = gate.clock.now()
        var outcome = CensusOutcome(
            job: job.id,
            run: job.run,
            completeness: .running,
            during: TimeBounds(notBefore: began, notAfter: nil)
        )
        var reasons = try await look(job, &outcome)
        if Task.isCancelled { reasons.insert("interrupted", at: 0) }
        outcome.completeness = reasons.isEmpty ? .complete : .incomplete(reason: reasons.joined(separator: "; "))
        outcome.during.notAfter = gate.clock.now()
        return outcome
    }

    /// Fills the outcome; returns why it is incomplete, apart from an interruption.
    private func look(_ job: CensusJob, _ outcome: inout CensusOutcome) async throws(VaultError) -> [String] {
        do throws(GateError) {
            outcome.sweeps = try await sweep(job)
        } catch {
            outcome.faults.append(Fault(what: "\(error)"))
            return ["the sweep failed: \(error)"]
        }
        guard !Task.isCancelled else { return [] }
        var fronts: [WebService: Page] = [:]
        try await probeServices(job, &outcome, &fronts)
        guard !Task.isCancelled else { return [] }
        let names = try await findNames(job, &outcome)
        guard !Task.isCancelled else { return [] }
        let pages = PageReader(gate: gate, vault: vault, settings: settings)
        let finder = WebsiteFinder(
            gate: gate,
            reader: FrontReader(pages: pages, redirects: settings.redirects),
            settings: settings,
            strangeLabel: strangeLabel
        )
        let found = try await finder.find(fronts, names: names)
        outcome.websites = found.websites
        outcome.remarks += found.remarks
        return []
    }

    private func sweep(_ job: CensusJob) async throws(GateError) -> [PortSweep] {
        try await gate.sweep(job.targets, ports: job.ports, timing: settings.sweep) { [progress] sweep in
            progress(StageProgress(done: sweep.done, total: sweep.total, what: "targets"))
        }
    }

    private func probeServices(
        _ job: CensusJob,
        _ outcome: inout CensusOutcome,
        _ fronts: inout [WebService: Page]
    ) async throws(VaultError) {
        let open = outcome.sweeps.flatMap { sweep in sweep.open.addresses.map { Endpoint($0, sweep.port) } }.sorted()
        let finder = ServiceFinder(gate: gate, vault: vault, settings: settings)
        var found: [ServiceFinder.Found] = []
        try await bounded(open, atOnce: settings.servicesAtOnce) { endpoint throws(VaultError) in
            try await finder.find(endpoint)
        } each: { [progress] service in
            found.append(service)
            progress(StageProgress(done: found.count, total: open.count, what: "services"))
        }
        for service in found {
            outcome.faults += service.faults
            guard let front = service.front else { continue }
            let scheme: WebAddress.Scheme = service.sighting.speaks == .https ? .https : .http
            fronts[WebService(endpoint: service.sighting.endpoint, scheme: scheme)] = front
        }
        let datagrams = try await DatagramProbe(gate: gate, vault: vault, settings: settings).find(job, outcome.sweeps)
        outcome.services = (found.map(\.sighting) + datagrams).sorted {
            ($0.endpoint, $0.transport.rawValue) < ($1.endpoint, $1.transport.rawValue)
        }
    }

    private func findNames(_ job: CensusJob, _ outcome: inout CensusOutcome) async throws(VaultError) -> NameFindings {
        let found = outcome.services.filter { $0.speaks == .dns && $0.transport == .udp }.map(\.endpoint)
        let servers = job.nameServers + found.filter { !job.nameServers.contains($0) }
        let questioner = Questioner(gate: gate, vault: vault, servers: servers, atOnce: settings.questionsAtOnce)
        let names = try await NameFinder(scope: gate.scope, questioner: questioner, settings: settings).find(job)
        outcome.names = names.records
        outcome.remarks += names.remarks
        outcome.faults += names.faults
        return names
    }
}
