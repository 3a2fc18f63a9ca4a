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
    /// A change between two looks that a case could see.
    private struct Due: Hashable {
        var path: PathName
        var kind: ChangeKind
        /// The number of the look that first sees the new state.
        var look: Int
        /// The first day on which it was so.
        var day: Day
        var isSilent: Bool
    }

    let truth: SourceTruth
    let found: CaseFindings.FoundSource?

    private var looks: [CaseFindings.Look] { (found?.looks ?? []).sorted { $0.began < $1.began } }

    private func label(_ path: PathName) -> String { "\(truth.base)\(path)" }

    var present: [String] {
        guard let last = looks.last else {
            return truth.entries(on: truth.events.last?.day ?? .init(number: 0)).map { label($0.key) }
        }
        return truth.entries(on: last.began.day).map { "\(label($0.key)) \($0.value)" }
    }

    var foundPresent: [String] {
        (found?.entries ?? []).filter(\.isPresent).map {
            "\(label($0.path)) \($0.payload.map(\.description) ?? "unread")"
        }
    }

    /// Everything that lay there at a look.
    var ever: [String] {
        looks.isEmpty ? present : Array(Set(looks.flatMap { truth.entries(on: $0.began.day).keys.map(label) }))
    }

    var foundEver: [String] { (found?.entries ?? []).map { label($0.path) } }

    /// The changes between looks, and those that were found: a found one that is right reads like its truth.
    var changes: (due: [String], found: [String]) {
        let all = dueChanges
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

    private func text(_ due: Due) -> String { "\(due.kind.rawValue) \(label(due.path)) look \(due.look)" }

    /// Between each look and the next: a change that came and went between the two was never to be seen.
    private var dueChanges: [Due] {
        guard let first = looks.first else { return [] }
        let events = Dictionary(grouping: truth.events, by: \.path)
        var known = Set(truth.entries(on: first.began.day).keys)
        var result: [Due] = []
        for (number, (before, after)) in zip(looks, looks.dropFirst()).enumerated() {
            let old = truth.entries(on: before.began.day)
            let new = truth.entries(on: after.began.day)
            for path in Set(old.keys).union(new.keys) where old[path] != new[path] {
                let between = (events[path] ?? []).filter { $0.day > before.began.day && $0.day <= after.began.day }
                guard let last = between.last else { continue }
                let kind: ChangeKind =
                    new[path] == nil ? .removed : old[path] != nil ? .changed : known.contains(path) ? .back : .added
                let isSilent = kind == .changed && between.allSatisfy(\.isSilent)
                result.append(Due(path: path, kind: kind, look: number + 1, day: last.day, isSilent: isSilent))
            }
            known.formUnion(new.keys)
        }
        return result
    }

    /// A change is found when kind and path match, its bounds hold the true day, and they are no wider than the looks.
    ///
    /// A silent one shows only when the bytes are read again: its bounds may reach back to the reading before.
    private func matches(_ change: CaseFindings.FoundChange, _ due: Due) -> Bool {
        guard change.path == due.path, change.kind == due.kind, change.when.overlaps(due.day) else { return false }
        guard let notBefore = change.when.notBefore, let notAfter = change.when.notAfter else { return false }
        if due.isSilent { return looks.contains { $0.began <= notAfter && notAfter <= $0.ended.adding(seconds: 1) } }
        return notBefore >= looks[due.look - 1].began && notAfter <= looks[due.look].ended.adding(seconds: 1)
    }

    /// Files are read again after a week, so a silent change is due only when a look followed that late.
    private func wasRereadDue(after due: Due) -> Bool {
        let reread = CollectLimits().rereadAfterDays
        return looks.contains { $0.began.day.number > due.day.number + reread }
    }

    private var rhythm: UpdateRhythm {
        let due = dueChanges
        return UpdateRhythm(
            looks: looks.enumerated().map { number, look in
                let updates = due.filter { $0.look == number && $0.kind != .removed && !$0.isSilent }.count
                return UpdateRhythm.Look(at: look.ended, updates: number == 0 ? nil : updates)
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
