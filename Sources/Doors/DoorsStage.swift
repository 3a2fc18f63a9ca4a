package import Domain
package import Scope
package import Vault

/// Looks for ways in that are open without a credential, and proves each with sealed exchanges.
///
/// See `docs/doors.md` for the checks, the proof, the budget, and what is done about one site under several addresses.
package struct DoorsStage: Stage {
    private let gate: Gate
    private let vault: Vault
    private let limits: DoorsLimits
    private let progress: @Sendable (StageProgress) -> Void

    package init(
        gate: Gate,
        vault: Vault,
        limits: DoorsLimits = DoorsLimits(),
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) {
        self.gate = gate
        self.vault = vault
        self.limits = limits
        self.progress = progress
    }

    package func perform(_ job: DoorsJob) async throws -> DoorsOutcome {
        let began = gate.clock.now()
        let sites = Self.distinct(job.websites)
        var results: [SiteResult] = []
        try await bounded(sites, atOnce: limits.websites) { site throws(DoorsError) in
            try await look(at: site)
        } each: { result in
            results.append(result)
            progress(StageProgress(done: results.count, total: sites.count, what: "websites"))
        }
        results.sort { ($0.site.name, $0.site.endpoint) < ($1.site.name, $1.site.endpoint) }
        return outcome(of: job, sites: sites, results, began: began)
    }

    private func outcome(
        of job: DoorsJob,
        sites: [WebsiteSighting],
        _ results: [SiteResult],
        began: Timestamp
    ) -> DoorsOutcome {
        let cut = results.count { $0.isCutShort } + sites.count - results.count
        let completeness =
            Task.isCancelled
            ? Completeness.incomplete(reason: "interrupted")
            : cut == 0 ? .complete : .incomplete(reason: "\(cut) websites were not tried to the end")
        return DoorsOutcome(
            job: job.id,
            run: job.run,
            completeness: completeness,
            doors: Sameness.once(results.flatMap(\.doors)),
            rejections: results.flatMap(\.rejections),
            examined: results.filter { !$0.isCutShort }.map(\.site.address),
            faults: results.flatMap(\.faults),
            during: TimeBounds(notBefore: began, notAfter: gate.clock.now())
        )
    }

    /// What one website gave.
    struct SiteResult: Sendable {
        var site: WebsiteSighting
        var doors: [Door] = []
        var rejections: [DoorRejection] = []
        var faults: [Fault] = []
        var isCutShort = false
    }

    private func look(at site: WebsiteSighting) async throws(DoorsError) -> SiteResult {
        let visit = Visit(site: site, gate: gate, vault: vault, limits: limits)
        var result = SiteResult(site: site)
        var folders: [Findings.Folder] = []
        var finders: [WebAddress: String] = [:]
        for check in checks {
            let findings = try await check.look(at: visit)
            result.rejections += findings.rejections
            for folder in findings.folders where finders[folder.address] == nil {
                finders[folder.address] = check.name
                folders.append(folder)
            }
        }
        await visit.beginProof()
        let survey = try await visit.surveyed()
        for folder in try await Trees(visit: visit).doors(folders) {
            let check = finders[folder.address] ?? (folder.kind == .dataFolder ? "data folder" : "listing")
            switch try await Proof(visit: visit, survey: survey).of(folder) {
            case .proven(let steps):
                result.doors.append(
                    Door(
                        kind: folder.kind,
                        address: folder.address,
                        endpoint: site.endpoint,
                        website: site.name,
                        check: check,
                        proof: steps
                    )
                )
            case .rejected(let reason, let seal):
                let rejection = DoorRejection(address: folder.address, check: check, reason: reason, seal: seal)
                result.rejections.append(rejection)
            }
        }
        result.rejections = Sameness.once(result.rejections)
        result.faults = await visit.faults
        result.isCutShort = await visit.isCutShort
        return result
    }

    /// A website by address is left out where one by name stands at the same place with the same front page.
    static func distinct(_ websites: [WebsiteSighting]) -> [WebsiteSighting] {
        let named = websites.filter { $0.address.address == nil }
        var seen: Set<WebAddress> = []
        return websites.filter { site in
            guard seen.insert(site.address).inserted else { return false }
            guard site.address.address != nil, let page = site.frontPage else { return true }
            return !named.contains { $0.endpoint == site.endpoint && $0.scheme == site.scheme && $0.frontPage == page }
        }
    }
}
