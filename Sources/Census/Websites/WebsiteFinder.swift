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
        try await bounded(fronts.values, atOnce: settings.pagesAtOnce) { page throws(VaultError) in
            try await readDefault(page)
        } each: {
            sites.append($0)
        }
        return sites.sorted { $0.service.endpoint < $1.service.endpoint }
    }

    /// What the service whose front page this is shows to strangers.
    private func readDefault(_ page: Page) async throws(VaultError) -> DefaultSite {
        let service = WebService(endpoint: page.endpoint, scheme: page.address.scheme)
        let bare = try await reader.read(from: page)
        var site = DefaultSite(service: service, bare: bare, strangers: [])
        for _ in 0..<2 {
            guard let front = try await reader.read("\(strangeLabel()).invalid", at: service) else { break }
            site.strangers.append(front)
            // What the bare address shows as well does not change from one time to the next.
            if front.equals(bare) { break }
        }
        return site
    }

    /// A candidate after its look-up.
    private struct LookedUp: Sendable {
        var candidate: Candidate
        var error: GateError?
    }

    /// Looks up the names that no record told of; what leads out of scope is remarked on, and not contacted.
    private func resolve(_ candidates: [Candidate], _ trail: inout NameTrail) async throws(VaultError) -> [Candidate] {
        var results: [LookedUp] = []
        try await bounded(candidates, atOnce: settings.questionsAtOnce) { candidate throws(VaultError) in
            await lookUp(candidate)
        } each: {
            results.append($0)
        }
        results.sort { $0.candidate.name < $1.candidate.name }
        var resolved: [Candidate] = []
        for result in results {
            trail.update(result.candidate)
            if let error = result.error, error.isRefusedByScope {
                // A name that is known to lead elsewhere is not asked for where it was merely named.
                trail.remark("\(result.candidate.name) was not contacted: \(error)")
            } else {
                resolved.append(result.candidate)
            }
        }
        return resolved
    }

    private func lookUp(_ candidate: Candidate) async -> LookedUp {
        var candidate = candidate
        guard candidate.addresses.isEmpty, !gate.scope.nameServers.isEmpty else {
            return LookedUp(candidate: candidate)
        }
        do {
            candidate.addresses = Set(try await gate.resolve(candidate.name))
            return LookedUp(candidate: candidate)
        } catch {
            return LookedUp(candidate: candidate, error: error)
        }
    }

    /// A name, and where to ask for it.
    private struct Question: Sendable {
        var name: String
        var service: WebService
    }

    private func read(_ candidates: [Candidate], at services: [WebService]) async throws(VaultError) -> [Shown] {
        let questions = candidates.flatMap { candidate in
            services.filter { candidate.places.contains($0.endpoint.address) }
                .map { Question(name: candidate.name, service: $0) }
        }
        var shown: [Shown] = []
        try await bounded(questions, atOnce: settings.pagesAtOnce) { question throws(VaultError) in
            try await read(question)
        } each: { result in
            if let result { shown.append(result) }
        }
        return shown
    }

    private func read(_ question: Question) async throws(VaultError) -> Shown? {
        guard let front = try await reader.read(question.name, at: question.service) else { return nil }
        return Shown(name: question.name, service: question.service, front: front)
    }
}
