/// What a run learned of one part of a service's identity.
struct Learned: Hashable, Sendable {
    /// Index of the run in the history.
    var run: Int
    var value: String
}

/// A change of a part of an identity.
struct IdentityChange: Hashable, Sendable {
    var from: String
    var to: String
    var runs: [Int]
    var before: Int
    var isConfirmed: Bool
}

/// Finds when a service became another one.
///
/// Scanners name one server by turns one thing and another. So values that come back within a few runs are one group, and
/// only what ends a group for good is a change: it is announced when enough of the runs after it agree.
struct IdentityWatch {
    let agreement: Agreement

    /// So many observations without an old value make an end of it.
    private var memory: Int { 2 * agreement.of }

    /// So many observations of one value make an end of the other names of a group.
    private var longMemory: Int { 10 * agreement.of }

    func changes(_ learned: [Learned]) -> [IdentityChange] {
        var changes: [IdentityChange] = []
        var group: Set<String> = []
        var place = 0
        while place < learned.count {
            let seen = learned[place]
            if group.isEmpty || group.contains(seen.value) {
                group.insert(seen.value)
                forget(&group, learned[...place])
                place += 1
                continue
            }
            let next = learned[place...].prefix(memory)
            if let back = next.firstIndex(where: { group.contains($0.value) }) {
                // An old value comes back: all of them are the same server by several names.
                group.formUnion(learned[place...back].map(\.value))
                place = back + 1
                continue
            }
            let agreeing = next.prefix(agreement.of).filter { $0.value == seen.value }
            let isLast = next.count < agreement.of
            if agreeing.count >= agreement.agree || isLast {
                changes.append(
                    IdentityChange(
                        from: learned[place - 1].value,
                        to: seen.value,
                        runs: agreeing.map(\.run),
                        before: learned[place - 1].run,
                        isConfirmed: agreeing.count >= agreement.agree
                    )
                )
                group = [seen.value]
            } else {
                group.insert(seen.value)
            }
            place += 1
        }
        return changes
    }

    /// What was not seen for so long is no longer one of its names.
    private func forget(_ group: inout Set<String>, _ past: ArraySlice<Learned>) {
        guard group.count > 1 else { return }
        let recent = past.suffix(longMemory)
        guard recent.count == longMemory, let last = recent.last else { return }
        if recent.allSatisfy({ $0.value == last.value }) { group = [last.value] }
    }
}
