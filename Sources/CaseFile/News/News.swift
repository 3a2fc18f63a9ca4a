package import Catalogue
package import Domain

/// What is new in a case since it was last told: for people as text, for programs as JSON.
///
/// Strangers' names are in it as they are shown, never as they came.
package struct News: Encodable, Sendable {
    /// Why it is told.
    package enum Occasion: String, Encodable, Sendable {
        /// What a day brought, once a day, also where it brought nothing: no word would look like no news.
        case digest
        /// A door that was never told of, at once.
        case door
        /// Updates that were due and did not come, once it is hardly chance.
        case silence
        /// A round that failed however often it was tried.
        case failure
    }

    /// The first of some things, and how many there are.
    package struct Some: Encodable, Hashable, Sendable {
        package static let shown = 20
        package var first: [String]
        package var total: Int

        package init(_ all: [String]) {
            first = Array(all.prefix(Self.shown))
            total = all.count
        }
    }

    /// One source since then.
    package struct SourceNews: Encodable, Sendable {
        package var base: String
        package var looks: Int
        package var completeLooks: Int
        package var changes: [String: Int]
        /// Names of files that were added, changed or came back.
        package var updates: Some
        package var removals: Some
        /// Files that went and came elsewhere with the same bytes: each counts as removed and as added too.
        package var moves: Some
        package var lastUpdate: TimeBounds?
        package var silenceSince: String?
        /// How likely so long a quiet is by chance; see ``QuietChance``.
        package var chance: Double?
    }

    package var occasion: Occasion
    package var caseName: String
    package var composed: Timestamp
    /// What was first seen after this is new; nil where nothing was told before.
    package var since: Timestamp?
    package var doors: Some = Some([])
    package var shutDoors: Some = Some([])
    package var websites: Some = Some([])
    package var goneWebsites: Some = Some([])
    package var services: Some = Some([])
    package var goneServices: Some = Some([])
    package var sources: [SourceNews] = []
    /// Runs that ended early, and rounds that failed, and why.
    package var shortcomings: Some = Some([])

    package init(_ occasion: Occasion, of caseName: String, since: Timestamp?, composed: Timestamp) {
        self.occasion = occasion
        self.caseName = caseName
        self.since = since
        self.composed = composed
    }
}

extension News {
    /// What a catalogue knows since then. `failures` are rounds that came to nothing, in words.
    package init(
        digestOf catalogue: Catalogue,
        _ caseName: String,
        since: Timestamp?,
        composed: Timestamp,
        failures: [String] = []
    ) throws {
        self.init(.digest, of: caseName, since: since, composed: composed)
        func isNew(_ time: Timestamp) -> Bool { since.map { time > $0 } ?? true }
        let doors = try catalogue.doors().filter { $0.value.grade != .cannotTell }
        self.doors = Some(doors.filter { isNew($0.firstSeen) }.map(\.value.line))
        shutDoors = Some(doors.filter { $0.absentSince.map(isNew) ?? false }.map(\.value.line))
        let websites = try catalogue.websites()
        self.websites = Some(websites.filter { isNew($0.firstSeen) }.map { "\($0.value.address)".shown })
        goneWebsites = Some(websites.filter { $0.absentSince.map(isNew) ?? false }.map { "\($0.value.address)".shown })
        let services = try catalogue.services()
        self.services = Some(services.filter { isNew($0.firstSeen) }.map(\.value.line))
        goneServices = Some(services.filter { $0.absentSince.map(isNew) ?? false }.map(\.value.line))
        sources = try catalogue.sources().map { try SourceNews($0.base, in: catalogue, isNew) }
        let cut = try catalogue.runs().filter { isNew($0.started) }.compactMap { run -> String? in
            guard case .incomplete(let reason) = run.completeness else { return nil }
            return "\(run.id): \(reason.shown)"
        }
        shortcomings = Some(cut + failures)
    }

    /// Doors that were never told of; nil where there are none.
    package static func doors(
        _ doors: [Lasting<Door>],
        _ caseName: String,
        composed: Timestamp
    ) -> News? {
        guard !doors.isEmpty else { return nil }
        var news = News(.door, of: caseName, since: nil, composed: composed)
        news.doors = Some(doors.map(\.value.line))
        return news
    }

    /// A silence that is worth an alarm: long enough, and hardly chance.
    package static func silence(
        of source: Source,
        in catalogue: Catalogue,
        _ caseName: String,
        composed: Timestamp
    ) throws -> News? {
        let news = try SourceNews(source.base, in: catalogue) { _ in false }
        guard news.silenceSince != nil, let chance = news.chance, chance <= QuietChance.remarkable else { return nil }
        var told = News(.silence, of: caseName, since: nil, composed: composed)
        told.sources = [news]
        return told
    }
}

extension News.SourceNews {
    fileprivate init(_ base: WebAddress, in catalogue: Catalogue, _ isNew: (Timestamp) -> Bool) throws {
        let looks = try catalogue.collections(of: base).filter { isNew($0.ended) }
        let runs = Set(looks.map(\.run))
        let recorded = try catalogue.changes(of: base).filter { runs.contains($0.run) }
        let changes = recorded.map(\.change)
        let moved = recorded.compactMap { change in
            change.movedFrom.map { "\($0.display) to \(change.change.path.display)" }
        }
        let rhythm = try catalogue.rhythm(of: base)
        self.init(
            base: "\(base)".shown,
            looks: runs.count,
            completeLooks: Set(looks.filter(\.isComplete).map(\.run)).count,
            changes: Dictionary(grouping: changes, by: \.kind.rawValue).mapValues(\.count),
            updates: News.Some(
                changes.filter { [.added, .changed, .back].contains($0.kind) }.map(\.path.display)
            ),
            removals: News.Some(changes.filter { $0.kind == .removed }.map(\.path.display)),
            moves: News.Some(moved),
            lastUpdate: rhythm.lastUpdate?.inSeconds,
            silenceSince: rhythm.silenceSince?.description,
            chance: rhythm.chance
        )
    }
}

extension Door {
    fileprivate var line: String {
        "\(address) (\(kind.rawValue)\(grade == .proven ? "" : ", \(grade.rawValue)"))".shown
    }
}

extension ServiceSighting {
    fileprivate var line: String { "\(endpoint) (\(speaks.rawValue))" }
}
