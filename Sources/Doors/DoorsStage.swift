package import Domain
package import Scope
package import Vault

/// Looks for ways in that are open without a credential, and proves each with sealed exchanges.
///
/// See `docs/doors.md` for the checks, the proof, the budget, and what is done about one site under several addresses.
package struct DoorsStage: Stage {
    let gate: Gate
    let vault: Vault
    let limits: DoorsLimits
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
        // A service may keep its visitor waiting: it begins first, and waits beside the websites.
        let targets = Self.services(of: job).map(Target.service) + Self.distinct(job.websites).map(Target.website)
        var (sites, services): ([SiteResult], [ServiceResult]) = ([], [])
        try await bounded(targets, atOnce: limits.atOnce) { target throws(DoorsError) in
            switch target {
            case .website(let site): Sighted.website(try await look(at: site))
            case .service(let service): Sighted.service(try await look(at: service))
            }
        } each: { seen in
            switch seen {
            case .website(let result): sites.append(result)
            case .service(let result): services.append(result)
            }
            let done = sites.count + services.count
            progress(StageProgress(done: done, total: targets.count, what: "websites and services"))
        }
        sites.sort { ($0.site.name, $0.site.endpoint) < ($1.site.name, $1.site.endpoint) }
        services.sort { $0.endpoint < $1.endpoint }
        return outcome(of: job, left: targets.count - sites.count - services.count, sites, services, began: began)
    }

    private enum Target: Sendable {
        case website(WebsiteSighting)
        case service(ServiceSighting)
    }

    private enum Sighted: Sendable {
        case website(SiteResult)
        case service(ServiceResult)
    }

    private func outcome(
        of job: DoorsJob,
        left: Int,
        _ results: [SiteResult],
        _ services: [ServiceResult],
        began: Timestamp
    ) -> DoorsOutcome {
        let cut = results.count { $0.isCutShort } + services.count { $0.isCutShort } + left
        let completeness =
            Task.isCancelled
            ? Completeness.incomplete(reason: "interrupted")
            : cut == 0 ? .complete : .incomplete(reason: "\(cut) websites or services were not tried to the end")
        return DoorsOutcome(
            job: job.id,
            run: job.run,
            completeness: completeness,
            doors: Sameness.once(results.flatMap(\.doors)) + services.flatMap(\.findings.doors),
            rejections: results.flatMap(\.rejections) + services.flatMap(\.findings.rejections),
            examined: results.filter { !$0.isCutShort && !$0.wasBusy }.map(\.site.address)
                + services.flatMap(\.examined),
            faults: results.flatMap(\.faults) + services.flatMap(\.faults),
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
        /// Whether an answer said that the server is too busy, so that a door may have been missed.
        var wasBusy = false

        mutating func take(_ verdict: Proof.Verdict, _ kind: DoorKind, _ address: WebAddress, _ check: String) {
            switch verdict {
            case .open(let steps, let grade, let reason):
                doors.append(
                    Door(
                        kind: kind,
                        address: address,
                        endpoint: site.endpoint,
                        website: site.name,
                        check: check,
                        proof: steps,
                        grade: grade,
                        reason: reason
                    )
                )
            case .rejected(let reason, let seal):
                rejections.append(DoorRejection(address: address, check: check, reason: reason, seal: seal))
            }
        }

        /// Whether a door stands there already, or a folder above is listed and leads to it.
        func covers(_ candidate: Candidate) -> Bool {
            doors.contains { door in
                let isWithin =
                    [.leftover, .unguardedContent, .webDAV].contains(candidate.kind)
                    && [.listing, .dataFolder].contains(door.kind)
                    && candidate.address.target.hasPrefix(door.address.target)
                return door.address == candidate.address || isWithin
            }
        }
    }

    private func look(at site: WebsiteSighting) async throws(DoorsError) -> SiteResult {
        let visit = Visit(site: site, gate: gate, vault: vault, limits: limits)
        var result = SiteResult(site: site)
        var folders: [Findings.Folder] = []
        var finders: [WebAddress: String] = [:]
        var candidates: [(candidate: Candidate, check: String)] = []
        for check in checks {
            let findings = try await check.look(at: visit)
            result.rejections += findings.rejections
            candidates += findings.candidates.map { ($0, check.name) }
            for folder in findings.folders where finders[folder.address] == nil {
                finders[folder.address] = check.name
                folders.append(folder)
            }
        }
        await visit.beginProof()
        let proof = Proof(visit: visit, survey: try await visit.surveyed())
        for folder in try await Trees(visit: visit).doors(folders) {
            let check = finders[folder.address] ?? (folder.kind == .dataFolder ? "data folder" : "listing")
            result.take(try await proof.of(folder), folder.kind, folder.address, check)
        }
        for (candidate, check) in candidates where !result.covers(candidate) {
            result.take(try await proof.of(candidate), candidate.kind, candidate.address, check)
        }
        result.rejections = Sameness.once(result.rejections)
        result.faults = await visit.faults
        result.isCutShort = await visit.isCutShort
        result.wasBusy = await visit.wasBusy
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
