import Domain
import Scope
import Vault

/// Finds the websites: the names, and the bare addresses, that answer HTTP with content of their own.
///
/// `docs/census.md` gives the rule. Names that pages, redirects and certificates lead to are tried in further rounds.
struct WebsiteFinder: Sendable {
    let gate: Gate
    let reader: FrontReader
    let settings: CensusSettings
    /// A label that no server knows, different each time.
    let strangeLabel: @Sendable () -> String

    /// What was found.
    struct Findings: Sendable {
        var websites: [WebsiteSighting] = []
        var remarks: [Fault] = []
    }

    /// What one name showed at one service.
    struct Shown: Sendable {
        var name: String
        var service: WebService
        var front: Front
    }

    /// `fronts` are the pages by the bare addresses, which the probes have read.
    func find(_ fronts: [WebService: Page], names: NameFindings) async throws(VaultError) -> Findings {
        let defaults = try await readDefaults(fronts)
        var trail = NameTrail(scope: gate.scope, known: names, limit: settings.names)
        for site in defaults {
            for front in [site.bare].compactMap({ $0 }) + site.strangers { trail.follow(front, at: site.service) }
        }
        var shown: [Shown] = []
        for _ in 0..<settings.rounds where !Task.isCancelled {
            let fresh = try await resolve(trail.takeNew(), &trail)
            guard !fresh.isEmpty else { break }
            let results = try await read(fresh, at: defaults.map(\.service))
            for result in results { trail.follow(result.front, at: result.service) }
            shown += results
        }
        let websites = try await judge(defaults, shown, trail.candidates, names.machines)
        return Findings(websites: websites, remarks: trail.remarks)
    }

    private func judge(
        _ defaults: [DefaultSite],
        _ shown: [Shown],
        _ candidates: [String: Candidate],
        _ machines: [IPAddress: Set<String>]
    ) async throws(VaultError) -> [WebsiteSighting] {
        let byService = Dictionary(grouping: shown, by: \.service)
        let housed = defaults.flatMap { site in
            (byService[site.service] ?? []).filter { $0.front.end == .content && !site.shows($0.front) }
        }
        var websites: [WebsiteSighting] = []
        for site in defaults {
            let judge = SiteJudge(
                site: site,
                here: byService[site.service] ?? [],
                housed: housed,
                candidates: candidates,
                machines: machines
            )
            websites += try await judge.websites { parent throws(VaultError) in
                try await reader.read("\(strangeLabel()).\(parent)", at: site.service)
            }
        }
        return websites
    }

    private func readDefaults(_ fronts: [WebService: Page]) async throws(VaultError) -> [DefaultSite] {
        var sites: [DefaultSite] = []
        let services = fronts.sorted { $0.key.endpoint < $1.key.endpoint }
        try await bounded(services, atOnce: settings.pagesAtOnce) { service, page throws(VaultError) in
            let bare = try await reader.read(from: page)
            var site = DefaultSite(service: service, bare: bare, strangers: [])
            for _ in 0..<2 {
                guard let front = try await reader.read("\(strangeLabel()).invalid", at: service) else { break }
                site.strangers.append(front)
                // What the bare address shows as well does not change from one time to the next.
                if front.equals(bare) { break }
            }
            return site
        } each: {
            sites.append($0)
        }
        return sites.sorted { $0.service.endpoint < $1.service.endpoint }
    }

    /// Looks up the names that no record told of; what leads out of scope is remarked on, and not contacted.
    private func resolve(_ candidates: [Candidate], _ trail: inout NameTrail) async throws(VaultError) -> [Candidate] {
        var resolved: [Candidate] = []
        var refused: [(String, GateError)] = []
        try await bounded(candidates, atOnce: settings.questionsAtOnce) {
            candidate throws(VaultError) -> (Candidate, GateError?) in
            guard candidate.addresses.isEmpty, !gate.scope.nameServers.isEmpty else { return (candidate, nil) }
            var candidate = candidate
            do throws(GateError) {
                candidate.addresses = Set(try await gate.resolve(candidate.name))
                return (candidate, nil)
            } catch {
                return (candidate, error)
            }
        } each: { candidate, error in
            resolved.append(candidate)
            if let error, error.isRefusedByScope { refused.append((candidate.name, error)) }
        }
        for (name, error) in refused.sorted(by: { $0.0 < $1.0 }) {
            trail.remark("\(name) was not contacted: \(error)")
        }
        for candidate in resolved { trail.update(candidate) }
        // A name that is known to lead elsewhere is not asked for where it was merely named.
        return resolved.filter { candidate in !refused.contains { $0.0 == candidate.name } }
    }

    private func read(_ candidates: [Candidate], at services: [WebService]) async throws(VaultError) -> [Shown] {
        let asked = candidates.sorted { $0.name < $1.name }.flatMap { candidate in
            services.filter { candidate.places.contains($0.endpoint.address) }.map { (candidate.name, $0) }
        }
        var shown: [Shown] = []
        try await bounded(asked, atOnce: settings.pagesAtOnce) { name, service throws(VaultError) -> Shown? in
            try await reader.read(name, at: service).map { Shown(name: name, service: service, front: $0) }
        } each: { result in
            if let result { shown.append(result) }
        }
        return shown
    }
}
