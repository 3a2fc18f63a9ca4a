import Domain
import Vault

/// Decides which of the names that were asked at one service are websites of its own there.
struct SiteJudge: Sendable {
    let site: DefaultSite
    /// What every name showed here.
    let here: [WebsiteFinder.Shown]
    /// What names showed elsewhere that was their own and no default page.
    let housed: [WebsiteFinder.Shown]
    let candidates: [String: Candidate]
    let machines: [IPAddress: Set<String>]

    /// The websites. `strange` asks the service for a name that nobody has, below the parent given.
    func websites(
        strange: (_ parent: String) async throws(VaultError) -> Front?
    ) async throws(VaultError) -> [WebsiteSighting] {
        var names = try await ownNames(strange)
        let claimant = claimant
        if let claimant { names.append(claimant) }
        var sightings = names.compactMap { sighting($0.front, name: $0.name, origins: origins(of: $0.name)) }
        if let bare = site.bare, isOwn(bare, isClaimed: claimant != nil) {
            let name = "\(site.service.endpoint.address)"
            if let sighting = sighting(bare, name: name, origins: [.address]) { sightings.append(sighting) }
        }
        return sightings
    }

    /// Names that show something else than strangers are shown.
    private func ownNames(
        _ strange: (_ parent: String) async throws(VaultError) -> Front?
    ) async throws(VaultError) -> [WebsiteFinder.Shown] {
        let distinct = here.filter { shown in
            shown.front.end == .content && !site.shows(shown.front) && !Self.misaddressed.contains(shown.status)
        }
        var own: [WebsiteFinder.Shown] = []
        for group in Self.grouped(distinct) {
            let names = Set(group.map(\.name))
            // An alias with `www.` in front shows nothing of its own.
            var rest = group.filter { !($0.name.hasPrefix("www.") && names.contains(String($0.name.dropFirst(4)))) }
            let parents = Set(rest.map { $0.name.drop { $0 != "." }.dropFirst() })
            if rest.count > 1, parents.count == 1, let parent = parents.first, !parent.isEmpty,
                let front = try await strange(String(parent)), front.equals(rest[0].front)
            {
                // The server takes any name below that one: all of them are one website.
                rest = [rest.min { rank($0.name) < rank($1.name) }].compactMap(\.self)
            }
            own += rest
        }
        return own
    }

    /// The statuses of a server that does not want the question under that name.
    private static let misaddressed: Set<Int> = [400, 421]

    /// The one name that the default page belongs to, where any does.
    private var claimant: WebsiteFinder.Shown? {
        here.filter { shown in
            site.shows(shown.front) && shown.front.saysSomething && resolvesHere(shown.name) && mayClaim(shown)
        }.min { rank($0.name) < rank($1.name) }
    }

    private func resolvesHere(_ name: String) -> Bool {
        candidates[name]?.addresses.contains(site.service.endpoint.address) ?? false
    }

    /// A name that has another website of its own at this address claims a default page only with a better ground than
    /// that it resolves here.
    private func mayClaim(_ shown: WebsiteFinder.Shown) -> Bool {
        let elsewhere = housed.filter {
            $0.name == shown.name && $0.service != site.service
                && $0.service.endpoint.address == site.service.endpoint.address
        }
        return elsewhere.isEmpty || elsewhere.contains { $0.front.equals(shown.front) }
            || rank(shown.name).ground <= .certificate
    }

    private func isOwn(_ bare: Front, isClaimed: Bool) -> Bool {
        guard bare.saysSomething else { return false }
        if site.shows(bare) { return !isClaimed }
        return !here.contains { $0.front.equals(bare) }
    }

    private func rank(_ name: String) -> ClaimRank {
        let front = site.strangers.first ?? site.bare
        let isLinked = front?.pages.contains { $0.linkedHosts.contains(name) } ?? false
        let origins = candidates[name]?.origins ?? []
        let ground: ClaimRank.Ground =
            if isLinked {
                .page
            } else if site.certificateNames.contains(name) {
                .certificate
            } else if !origins.isDisjoint(with: [.scope, .redirect, .link, .certificate]) {
                .spokenOf
            } else if machines[site.service.endpoint.address]?.contains(name) ?? false {
                .machine
            } else {
                .zone
            }
        return ClaimRank(ground: ground, name: name)
    }

    private func origins(of name: String) -> [NameOrigin] {
        NameOrigin.allCases.filter { candidates[name]?.origins.contains($0) ?? false }
    }

    private func sighting(_ front: Front, name: String, origins: [NameOrigin]) -> WebsiteSighting? {
        guard let page = front.final else { return nil }
        return WebsiteSighting(
            name: name,
            endpoint: site.service.endpoint,
            scheme: site.service.scheme,
            origins: origins,
            status: page.status,
            title: page.title,
            software: page.software,
            frontPage: page.seal.payload,
            seal: page.seal,
            at: page.at
        )
    }

    private static func grouped(_ shown: [WebsiteFinder.Shown]) -> [[WebsiteFinder.Shown]] {
        var groups: [[WebsiteFinder.Shown]] = []
        for one in shown {
            if let index = groups.firstIndex(where: { $0[0].front.equals(one.front) }) {
                groups[index].append(one)
            } else {
                groups.append([one])
            }
        }
        return groups
    }
}

extension WebsiteFinder.Shown {
    fileprivate var status: Int { front.final?.status ?? 0 }
}
