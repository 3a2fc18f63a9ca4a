/// One observation: a run, and whether the thing was there.
struct Presence: Hashable, Sendable {
    /// Index of the run in the history.
    var run: Int
    var reach: Int64
    var isThere: Bool
}

/// A change of presence with the runs behind it.
struct PresenceChange: Hashable, Sendable {
    var isThere: Bool
    /// Indices of runs that show the new state, oldest first, up to where it was confirmed.
    var runs: [Int]
    /// The last run before these that showed the old state.
    var before: Int
    var isConfirmed: Bool
}

/// Finds when something came and went, comparing like with like.
///
/// That it is missing counts only in runs whose reach has found it before; that it is there counts from any run. A change
/// is announced when so many of the last comparable observations agree, the last two of them in a row: what comes and goes
/// by turns is not gone. The first observation is where the history begins and no change.
struct PresenceWatch {
    let agreement: Agreement

    func changes(_ observations: [Presence]) -> [PresenceChange] {
        var changes: [PresenceChange] = []
        var known: Bool?
        var capable: Set<Int64> = []
        var pending: [Presence] = []
        var past: [Presence] = []
        var last: Presence?
        for seen in observations {
            // A reach that never found it may not be able to, unless it is the first to look at all.
            let isTelling = seen.isThere || capable.contains(seen.reach) || !past.contains { $0.isThere }
            if seen.isThere { capable.insert(seen.reach) }
            guard isTelling else { continue }
            past.append(seen)
            guard let state = known else {
                known = seen.isThere
                last = seen
                continue
            }
            guard seen.isThere != state else {
                pending.removeAll()
                last = seen
                continue
            }
            // It could not appear to a run that could not have seen it before.
            guard
                seen.isThere == false || past.contains(where: { !$0.isThere && $0.reach == seen.reach })
                    || !pending.isEmpty
            else {
                known = seen.isThere
                last = seen
                continue
            }
            pending.append(seen)
            guard isAgreed(pending, past, on: seen), let before = last else { continue }
            changes.append(change(to: seen.isThere, pending, before: before, isConfirmed: true))
            (known, last) = (seen.isThere, seen)
            pending.removeAll()
        }
        if let before = last, let seen = pending.last {
            changes.append(change(to: seen.isThere, pending, before: before, isConfirmed: false))
        }
        return changes
    }

    private func isAgreed(_ pending: [Presence], _ past: [Presence], on seen: Presence) -> Bool {
        let comparable = past.filter { $0.reach == seen.reach || $0.isThere == seen.isThere }
        return pending.count >= min(2, agreement.agree)
            && agreement.isReached(comparable.suffix(agreement.of).map(\.isThere), for: seen.isThere)
    }

    private func change(
        to state: Bool,
        _ pending: [Presence],
        before: Presence,
        isConfirmed: Bool
    ) -> PresenceChange {
        PresenceChange(isThere: state, runs: pending.map(\.run), before: before.run, isConfirmed: isConfirmed)
    }
}
