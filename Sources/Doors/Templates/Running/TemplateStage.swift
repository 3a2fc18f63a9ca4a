package import Domain
package import Scope
package import Vault

/// Runs the checks that others wrote on websites and services. What matches is compared with random names before it is told.
///
/// Its outcome has no doors: ``TemplateFinding`` says what a template saw, and how sure that is. See `docs/templates.md`.
package struct TemplateStage: Stage {
    private let gate: Gate
    private let vault: Vault
    private let limits: TemplateLimits
    private let progress: @Sendable (StageProgress) -> Void

    package init(
        gate: Gate,
        vault: Vault,
        limits: TemplateLimits = TemplateLimits(),
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) {
        self.gate = gate
        self.vault = vault
        self.limits = limits
        self.progress = progress
    }

    package func perform(_ job: DoorsJob) async throws -> DoorsOutcome {
        let began = gate.clock.now()
        let templates = try Self.templates(of: job, in: vault)
        let targets = Self.targets(of: job)
        let known = Set(job.known ?? [])
        var results: [TargetResult] = []
        try await bounded(targets, atOnce: limits.targets) { target throws(DoorsError) in
            try await run(templates, on: target, known: known)
        } each: { result in
            results.append(result)
            progress(StageProgress(done: results.count, total: targets.count, what: "websites and services"))
        }
        let cut = results.count(where: \.isCutShort) + targets.count - results.count
        let completeness: Completeness =
            Task.isCancelled
            ? .incomplete(reason: "interrupted")
            : cut == 0 ? .complete : .incomplete(reason: "\(cut) websites or services were not tried to the end")
        return DoorsOutcome(
            job: job.id,
            run: job.run,
            completeness: completeness,
            faults: results.flatMap(\.faults),
            during: TimeBounds(notBefore: began, notAfter: gate.clock.now()),
            findings: results.flatMap(\.findings).sorted {
                ($0.website, $0.place, $0.template) < ($1.website, $1.place, $1.template)
            },
            missed: results.flatMap(\.missed)
        )
    }

    /// What one website or service gave.
    private struct TargetResult: Sendable {
        var findings: [TemplateFinding] = []
        /// What was known, and was not found again.
        var missed: [TemplateFinding.Key] = []
        var faults: [Fault] = []
        var isCutShort = false
    }

    private static func templates(of job: DoorsJob, in vault: Vault) throws -> [TemplateBook.Entry] {
        guard let digest = job.templates else { return [] }
        let bytes = try vault.bytes(of: digest, upTo: TemplateBook.longest)
        return try TemplateBook(parsing: bytes).entries()
    }

    /// Each website once; services that are none, where templates of other protocols may be at home.
    private static func targets(of job: DoorsJob) -> [(target: TemplateTarget, isWebsite: Bool)] {
        var seen: Set<WebAddress> = []
        let sites = DoorsStage.distinct(job.websites).map { site in
            TemplateTarget(
                host: site.name,
                endpoint: site.endpoint,
                scheme: site.scheme,
                frontPage: site.seal,
                seen: site.at
            )
        }
        let services = job.services.filter { $0.transport == .tcp }.map { service in
            let isTLS = [.https, .tls].contains(service.speaks)
            return TemplateTarget(
                host: "\(service.endpoint.address)",
                endpoint: service.endpoint,
                scheme: isTLS ? .https : .http
            )
        }
        return sites.filter { seen.insert($0.address).inserted }.map { ($0, true) } + services.map { ($0, false) }
    }

    private func run(
        _ templates: [TemplateBook.Entry],
        on place: (target: TemplateTarget, isWebsite: Bool),
        known: Set<TemplateFinding.Key>
    ) async throws(DoorsError) -> TargetResult {
        let visit = TemplateVisit(place.target, gate: gate, vault: vault, limits: limits)
        if place.isWebsite { try await visit.takeStoredFrontPage() }
        let surroundings = Surroundings(now: gate.clock.now())
        let comparison = TemplateComparison(visit: visit, surroundings: surroundings)
        var result = TargetResult()
        for entry in templates where entry.template.fits(place.target, isWebsite: place.isWebsite) {
            guard !Task.isCancelled else { break }
            switch try await comparison.verdict(of: entry.template, entry.source) {
            case .found(let finding): result.findings.append(finding)
            case .absent:
                let key = TemplateFinding.Key(
                    website: place.target.host,
                    endpoint: place.target.endpoint,
                    template: entry.template.id,
                    source: entry.source
                )
                if known.contains(key) { result.missed.append(key) }
            case .unclear: break
            }
        }
        result.faults = await visit.faults
        result.isCutShort = await visit.isCutShort || Task.isCancelled
        return result
    }
}

extension Template {
    /// Templates of HTTP and DNS are for websites; the others for the services that they name.
    fileprivate func fits(_ target: TemplateTarget, isWebsite: Bool) -> Bool {
        let isOfWebsites = blocks.contains { block in
            switch block.action {
            case .http, .dns: true
            case .tcp, .tls: false
            }
        }
        if isWebsite || isOfWebsites { return isWebsite && isOfWebsites }
        return blocks.allSatisfy { block in
            switch block.action {
            case .tcp(let asking): asking.ports.isEmpty || asking.ports.contains(target.endpoint.port)
            case .tls: target.scheme == .https
            case .http, .dns: false
            }
        }
    }
}
