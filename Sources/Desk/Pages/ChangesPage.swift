import Catalogue
import Domain

/// The days with changes, and the changes of one of them.
struct ChangesPage: Page {
    static let template = "changes"

    struct DayLine: Sendable {
        var day: String
        var count: Int
        var isChosen: Bool
    }

    struct Line: Sendable {
        var kind: String
        var path: String
        var notBefore: String
        var notAfter: String
        var reason: String
        var payload: String?
    }

    /// Rows shown of one day; the rest is counted.
    static let shown = 1_000

    var days: [DayLine]
    var day: String?
    var changes: [Line]
    var hidden: Int

    init(catalogue: Catalogue, day: Day?) throws {
        let all = try catalogue.changes().map(\.change)
        let byDay = Dictionary(grouping: all) { $0.when.notAfter?.day }
        let chosen = day ?? byDay.keys.compactMap(\.self).max()
        days = byDay.compactMap { key, changes in key.map { ($0, changes.count) } }.sorted { $0.0 < $1.0 }
            .map { DayLine(day: "\($0.0)", count: $0.1, isChosen: $0.0 == chosen) }
        self.day = chosen?.description
        let ofDay = chosen.flatMap { byDay[$0] } ?? []
        hidden = max(0, ofDay.count - Self.shown)
        changes = ofDay.prefix(Self.shown).map { change in
            Line(
                kind: change.kind.rawValue,
                path: change.path.display,
                notBefore: change.when.inSeconds.notBefore?.description ?? "unknown",
                notAfter: change.when.inSeconds.notAfter?.description ?? "unknown",
                reason: (change.reason ?? "").shown,
                payload: (change.after ?? change.before)?.payload?.description
            )
        }
    }
}
