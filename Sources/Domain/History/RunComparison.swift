/// Two runs side by side: what differs where both looked, and what could not be compared.
package struct RunComparison: Hashable, Codable, Sendable {
    /// A service that the two runs say different things of.
    package struct Difference: Hashable, Codable, Sendable {
        package var service: ServiceKey
        package var before: String
        package var after: String
    }

    /// Something that is not compared, and why.
    package struct LeftOut: Hashable, Codable, Sendable {
        package var what: String
        package var why: String
    }

    package var first: RunID
    package var second: RunID
    /// Whether both asked the same in the same way.
    package var isLikeWithLike: Bool
    package var appeared: [Difference] = []
    package var vanished: [Difference] = []
    package var changed: [Difference] = []
    /// Services that both saw open, with no difference in who answers.
    package var same = 0
    package var leftOut: [LeftOut] = []

    package init(_ first: CensusRun, _ second: CensusRun, in history: History) {
        (self.first, self.second) = (first.name, second.name)
        isLikeWithLike = first.reach == second.reach
        noteReaches(first, second)
        let shown = history.shownPorts()
        var (unseenByFirst, unseenBySecond): ([String], [String]) = ([], [])
        for key in history.services() {
            let before = history.sighting(of: key, in: first, shown: shown[first.reachID] ?? PortSet())
            let after = history.sighting(of: key, in: second, shown: shown[second.reachID] ?? PortSet())
            switch (before.isSaid, after.isSaid) {
            case (true, true): compare(key, before, after, first, second)
            case (false, true) where after.identity != nil: unseenByFirst.append("\(key)")
            case (true, false) where before.identity != nil: unseenBySecond.append("\(key)")
            default: break
            }
        }
        note(unseenByFirst, "open in \(second.name)", "not observed by \(first.name)")
        note(unseenBySecond, "open in \(first.name)", "not observed by \(second.name)")
    }

    private mutating func compare(
        _ key: ServiceKey,
        _ before: Sighting,
        _ after: Sighting,
        _ first: CensusRun,
        _ second: CensusRun
    ) {
        switch (before.identity, after.identity) {
        case (nil, .some(let new)):
            appeared.append(Difference(service: key, before: before.word, after: Self.words(after, new)))
        case (.some(let old), nil):
            vanished.append(Difference(service: key, before: Self.words(before, old), after: after.word))
        case (.some(let old), .some(let new)):
            // Two programs call one server by two names.
            let parts = ServiceIdentity.Part.allCases.filter { part in
                guard let a = old[part], let b = new[part] else { return false }
                return a != b && (first.reach.tool == second.reach.tool || part == .certificate)
            }
            guard !parts.isEmpty else {
                same += 1
                return
            }
            let words = { (identity: ServiceIdentity) in
                parts.map { "\($0.rawValue) \(identity[$0] ?? "")" }.joined(separator: ", ")
            }
            changed.append(Difference(service: key, before: words(old), after: words(new)))
        case (nil, nil): break
        }
    }

    private static func words(_ sighting: Sighting, _ identity: ServiceIdentity) -> String {
        identity.words.isEmpty ? sighting.word : "\(sighting.word): \(identity.words)"
    }

    private mutating func note(_ subjects: [String], _ what: String, _ why: String) {
        guard !subjects.isEmpty else { return }
        let named = subjects.prefix(5).joined(separator: " ") + (subjects.count > 5 ? " …" : "")
        leftOut.append(LeftOut(what: "\(subjects.count) services \(what): \(named)", why: why))
    }

    private mutating func noteReaches(_ first: CensusRun, _ second: CensusRun) {
        for run in [first, second] {
            if let failure = run.failure { leftOut.append(LeftOut(what: "all of \(run.name)", why: failure)) }
            if let other = run.replacedBy {
                leftOut.append(LeftOut(what: "all of \(run.name)", why: "told in full by \(other)"))
            }
            guard run.isUsable, let covered = run.covered, let asked = run.reach.addresses else { continue }
            let missing = asked.subtracting(covered)
            if !missing.isEmpty {
                leftOut.append(LeftOut(what: "\(missing.count) addresses", why: "\(run.name) did not get to them"))
            }
        }
        if let a = first.reach.addresses, let b = second.reach.addresses, a != b {
            note(a.subtracting(b), "asked by \(first.name) alone")
            note(b.subtracting(a), "asked by \(second.name) alone")
        }
        if case .list(let a) = first.reach.tcp, case .list(let b) = second.reach.tcp, a != b {
            for (ports, run) in [(a.subtracting(b), first), (b.subtracting(a), second)] where !ports.isEmpty {
                leftOut.append(LeftOut(what: "\(ports.count) tcp ports", why: "asked by \(run.name) alone"))
            }
        } else if first.reach.tcp != second.reach.tcp {
            leftOut.append(
                LeftOut(
                    what: "ports that are not known to have been asked by both",
                    why: "\(first.reach.words); \(second.reach.words)"
                )
            )
        }
        guard first.reach.discovery != second.reach.discovery else { return }
        leftOut.append(
            LeftOut(what: "hosts", why: "one run pinged first and the other called every address up")
        )
    }

    private mutating func note(_ addresses: AddressSet, _ why: String) {
        guard !addresses.isEmpty else { return }
        leftOut.append(LeftOut(what: "\(addresses.count) addresses", why: why))
    }
}

extension Sighting {
    /// Whether the run says anything of the service's port.
    fileprivate var isSaid: Bool { self != .notObserved && self != .hostSilent }
}
