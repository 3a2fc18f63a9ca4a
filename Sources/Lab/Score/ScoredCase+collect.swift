import Domain

extension ScoredCase {
    var collectRows: [Score.Row] {
        let parts = sources.map { ScoredSource(truth: $0.truth, found: $0.found) }
        let strays = Set(
            findings.sources.filter { found in
                !truth.sources.contains { ($0.endpoint, $0.base.target) == (found.endpoint, found.base.target) }
            }
            .flatMap { source in source.entries.map { "\(source.base)\($0.path)" } }
        )
        return [
            Score.Row(
                "collect",
                "entries present",
                truth: Set(parts.flatMap(\.present)),
                found: Set(parts.flatMap(\.foundPresent)).union(strays)
            ),
            Score.Row(
                "collect",
                "entries ever",
                truth: Set(parts.flatMap(\.ever)),
                found: Set(parts.flatMap(\.foundEver)).union(strays)
            ),
            changeRow(parts),
            Score.Row(
                "collect",
                "last update",
                truth: Set(parts.compactMap(\.lastUpdate)),
                found: Set(parts.compactMap(\.foundLastUpdate))
            ),
            Score.Row(
                "collect",
                "day of silence",
                truth: Set(parts.compactMap(\.silence)),
                found: Set(parts.compactMap(\.foundSilence))
            ),
        ]
    }

    private func changeRow(_ parts: [ScoredSource]) -> Score.Row {
        var truth: Set<String> = []
        var found: Set<String> = []
        for part in parts {
            let (due, seen) = part.changes
            truth.formUnion(due)
            found.formUnion(seen)
        }
        return Score.Row("collect", "daily changes", truth: truth, found: found)
    }
}

/// One source beside its truth, on the days that were looked at.
struct ScoredSource {
    let truth: SourceTruth
    let found: CaseFindings.FoundSource?
    private let looks: [CaseFindings.Look]
    private let history: History

    init(truth: SourceTruth, found: CaseFindings.FoundSource?) {
        self.truth = truth
        self.found = found
        looks = (found?.looks ?? []).sorted { $0.began < $1.began }
        history = History(truth, looks: looks.map(\.began.day))
    }

    private func label(_ path: PathName) -> String { "\(truth.base)\(path)" }

    var present: [String] {
        if looks.isEmpty {
            return truth.entries(on: truth.events.last?.day ?? .init(number: 0)).map { label($0.key) }
        }
        return history.last.map { "\(label($0.key)) \($0.value)" }
    }

    var foundPresent: [String] {
        (found?.entries ?? []).filter(\.isPresent).map {
            "\(label($0.path)) \($0.payload.map(\.description) ?? "unread")"
        }
    }

    /// Everything that lay there at a look.
    var ever: [String] {
        looks.isEmpty ? present : history.ever.map(label)
    }

    var foundEver: [String] { (found?.entries ?? []).map { label($0.path) } }

    /// The changes between looks, and those that were found: a found one that is right reads like its truth.
    var changes: (due: [String], found: [String]) {
        let all = history.due
        var open = Dictionary(grouping: all, by: \.path)
        var due = Set(all.filter { !$0.isSilent || wasRereadDue(after: $0) }.map(text))
        var seen: [String] = []
        for change in found?.changes ?? [] where change.when.notBefore != nil {
            guard change.kind != .unknown else { continue }
            if let index = open[change.path]?.firstIndex(where: { matches(change, $0) }),
                let right = open[change.path]?.remove(at: index)
            {
                if right.isSilent { due.insert(text(right)) }
                seen.append(text(right))
            } else {
                seen.append(
                    "\(change.kind.rawValue) \(label(change.path)) \(change.when.notAfter?.description ?? "?") (wrong)"
                )
            }
        }
        return (Array(due), seen)
    }

    private func text(_ due: History.Due) -> String { "\(due.kind.rawValue) \(label(due.path)) look \(due.look)" }

    /// A change is found when kind and path match, its bounds hold the true day, and they are no wider than the looks.
    ///
    /// A silent one shows only when the bytes are read again: its bounds may reach back to the reading before.
    private func matches(_ change: CaseFindings.FoundChange, _ due: History.Due) -> Bool {
        guard change.path == due.path, change.kind == due.kind, change.when.overlaps(due.day) else { return false }
        guard let notBefore = change.when.notBefore, let notAfter = change.when.notAfter else { return false }
        if due.isSilent { return looks.contains { $0.began <= notAfter && notAfter <= $0.ended.adding(seconds: 1) } }
        return notBefore >= looks[due.look - 1].began && notAfter <= looks[due.look].ended.adding(seconds: 1)
    }

    /// Files are read again after a week, so a silent change is due only when a look followed that late.
    private func wasRereadDue(after due: History.Due) -> Bool {
        let reread = CollectLimits().rereadAfterDays
        return looks.contains { $0.began.day.number > due.day.number + reread }
    }

    private var rhythm: UpdateRhythm {
        let updates = Dictionary(grouping: history.due.filter { $0.kind != .removed && !$0.isSilent }, by: \.look)
        return UpdateRhythm(
            looks: looks.enumerated().map { number, look in
                UpdateRhythm.Look(at: look.ended, updates: number == 0 ? nil : updates[number]?.count ?? 0)
            }
        )
    }

    var lastUpdate: String? {
        rhythm.lastUpdate.map {
            "\(truth.base) \($0.notBefore?.day.description ?? "")…\($0.notAfter?.day.description ?? "")"
        }
    }

    var foundLastUpdate: String? {
        found?.rhythm.lastUpdate.map {
            "\(truth.base) \($0.notBefore?.day.description ?? "")…\($0.notAfter?.day.description ?? "")"
        }
    }

    var silence: String? { rhythm.silenceSince.map { "\(truth.base) \($0)" } }

    var foundSilence: String? { found?.rhythm.silenceSince.map { "\(truth.base) \($0)" } }
}
