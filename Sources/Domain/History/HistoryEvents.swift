/// Works out, from a history, what changed and what only seemed to.
package struct HistoryEvents: Sendable {
    /// Sorted by when they happened.
    package private(set) var events: [HistoryEvent] = []
    /// Runs that are no ground for a change, with the reason.
    package private(set) var leftOut: [SilentRun] = []

    private let history: History
    private let agreement: Agreement
    private let shown: [Int64: PortSet]
    private let services: [ServiceKey]
    private let byHost: [IPAddress: [ServiceKey]]
    /// Indices of runs that observations are taken from.
    private var grounds: [Int] = []

    /// How many addresses must be known for steady services before their common silence is one of the range.
    private static let smallestRange = 2

    package init(_ history: History, agreement: Agreement = Agreement()) {
        self.history = history
        self.agreement = agreement
        shown = history.shownPorts()
        services = history.services()
        byHost = Dictionary(grouping: services, by: \.endpoint.address)
        sortOutRuns()
        let hosts = byHost.keys.sorted().flatMap { hostEvents($0) }
        let changed = services.flatMap { key in serviceEvents(key, hosts: hosts).map { (key: key, event: $0) } }
        events += hosts + moved(changed) + history.websites.keys.flatMap { websiteEvents($0) }
        events.sort { ($0.when.order, $0.subject, $0.kind.rawValue) < ($1.when.order, $1.subject, $1.kind.rawValue) }
    }

    // MARK: Runs

    /// Takes out runs that failed, and those in which all that is known to be there was silent at once.
    private mutating func sortOutRuns() {
        var steady: [ServiceKey: [Bool]] = [:]
        var silent: [Int] = []
        var lastSound: Int?
        for (index, run) in history.runs.enumerated() {
            if let why = run.replacedBy.map({ "told in full by \($0)" }) ?? run.failure {
                leftOut.append(SilentRun(run: run.name, why: why))
                continue
            }
            let missing = run.open == 0 && run.answering == 0 ? missed(by: run, of: steady) : []
            guard Set(missing.map(\.endpoint.address)).count >= Self.smallestRange else {
                grounds.append(index)
                noteSteady(run, &steady)
                if run.open > 0 {
                    endSilence(&silent, since: lastSound, until: index)
                    lastSound = index
                }
                continue
            }
            leftOut.append(
                SilentRun(
                    run: run.name,
                    why: "none of \(missing.count) services known to be steady answered: an outage, or the run failed"
                )
            )
            silent.append(index)
        }
        endSilence(&silent, since: lastSound, until: nil)
    }

    /// Services that a run asked for, that were steady, and that it did not see.
    private func missed(by run: CensusRun, of steady: [ServiceKey: [Bool]]) -> [ServiceKey] {
        steady.filter { agreement.isReached($0.value, for: true) }.keys.filter {
            let sighting = history.sighting(of: $0, in: run, shown: shown[run.reachID] ?? PortSet())
            return sighting != .notObserved && sighting.identity == nil
        }
    }

    private func noteSteady(_ run: CensusRun, _ steady: inout [ServiceKey: [Bool]]) {
        // Only as much as is looked at again; a silent run can follow any other.
        guard history.runs.contains(where: { $0.isUsable && $0.open == 0 && $0.answering == 0 }) else { return }
        for key in services {
            let sighting = history.sighting(of: key, in: run, shown: shown[run.reachID] ?? PortSet())
            guard sighting != .notObserved else { continue }
            steady[key, default: []].append(sighting.identity != nil)
            if steady[key]?.count ?? 0 > agreement.of { steady[key]?.removeFirst() }
        }
    }

    private mutating func endSilence(_ silent: inout [Int], since: Int?, until: Int?) {
        defer { silent.removeAll() }
        guard let first = silent.first, let since else { return }
        let runs = silent.map { history.runs[$0] }
        let range = history.runs[first].reach.addresses ?? AddressSet()
        var when = bounds(before: since, first: first)
        // The end is told as a part of the words: an event has one time.
        let end = until.map { history.runs[$0] }.flatMap { $0.ended.notAfter ?? $0.began.notAfter }
        when.notBefore = history.runs[since].began.notBefore
        events.append(
            HistoryEvent(
                kind: .outage,
                subject: "\(range)",
                when: when,
                isConfirmed: runs.count >= agreement.agree,
                runs: runs.map(\.name),
                before: history.runs[since].name,
                to: end.map { "answered again no later than \($0)" } ?? "not heard since"
            )
        )
    }

    // MARK: Things that come and go

    private func observations(of key: ServiceKey) -> [(presence: Presence, sighting: Sighting)] {
        grounds.compactMap { index in
            let run = history.runs[index]
            let sighting = history.sighting(of: key, in: run, shown: shown[run.reachID] ?? PortSet())
            guard sighting != .notObserved, sighting != .hostSilent else { return nil }
            return (Presence(run: index, reach: run.reachID, isThere: sighting.identity != nil), sighting)
        }
    }

    private func serviceEvents(_ key: ServiceKey, hosts: [HistoryEvent]) -> [HistoryEvent] {
        guard !isSteady(key) else { return [] }
        let seen = observations(of: key)
        let host = "\(key.endpoint.address)"
        var events = PresenceWatch(agreement: agreement).changes(seen.map(\.presence)).map { change in
            var event = event(change, change.isThere ? .serviceAppeared : .serviceVanished, "\(key)")
            let kind: HistoryEvent.Kind = change.isThere ? .hostAppeared : .hostVanished
            if hosts.contains(where: { $0.kind == kind && $0.subject == host && $0.runs.first == event.runs.first }) {
                event.partOf = host
            }
            return event
        }
        for tool in Set(seen.map { history.runs[$0.presence.run].reach.tool }).sorted() {
            let here = seen.filter { history.runs[$0.presence.run].reach.tool == tool }
            for part in ServiceIdentity.Part.allCases {
                let learned = here.compactMap { item in
                    item.sighting.identity?[part].map { Learned(run: item.presence.run, value: $0) }
                }
                events += IdentityWatch(agreement: agreement).changes(learned)
                    .filter { $0.isConfirmed || $0.isWorthTelling(of: part) }.map { event($0, part, key) }
            }
        }
        return withoutEchoes(events)
    }

    /// Nothing can have changed of what every run of its only reach saw alike.
    private func isSteady(_ key: ServiceKey) -> Bool {
        guard Set(history.runs.map(\.reachID)).count == 1, let spans = history.open[key]?.values.first else {
            return false
        }
        return spans.count == 1 && spans[0].first == 1 && spans[0].last == nil
    }

    private func hostEvents(_ address: IPAddress) -> [HistoryEvent] {
        let services = byHost[address] ?? []
        if services.contains(where: isSteady) { return [] }
        let seen = grounds.compactMap { index -> Presence? in
            let run = history.runs[index]
            return history.answered(address, services: services, in: run).map {
                Presence(run: index, reach: run.reachID, isThere: $0)
            }
        }
        return PresenceWatch(agreement: agreement).changes(seen).map {
            event($0, $0.isThere ? .hostAppeared : .hostVanished, "\(address)")
        }
    }

    private func websiteEvents(_ name: WebsiteName) -> [HistoryEvent] {
        let seen = grounds.compactMap { index -> Presence? in
            let run = history.runs[index]
            let isThere = history.websites[name]?.value(reach: run.reachID, ordinal: run.ordinal) != nil
            let isAsked =
                run.completeness == .complete && run.covers(name.endpoint.address)
                && run.reach.addresses?.contains(name.endpoint.address) ?? false
            guard run.reach.tool == "ajar", isThere || isAsked else { return nil }
            return Presence(run: index, reach: run.reachID, isThere: isThere)
        }
        return PresenceWatch(agreement: agreement).changes(seen).map {
            event(
                $0,
                $0.isThere ? .websiteAppeared : .websiteVanished,
                "\(name.scheme)://\(name.name) at \(name.endpoint)"
            )
        }
    }

    // MARK: Events

    private func event(_ change: PresenceChange, _ kind: HistoryEvent.Kind, _ subject: String) -> HistoryEvent {
        HistoryEvent(
            kind: kind,
            subject: subject,
            when: bounds(before: change.before, first: change.runs.first ?? change.before),
            isConfirmed: change.isConfirmed,
            runs: change.runs.map { history.runs[$0].name },
            before: history.runs[change.before].name
        )
    }

    private func event(_ change: IdentityChange, _ part: ServiceIdentity.Part, _ key: ServiceKey) -> HistoryEvent {
        HistoryEvent(
            kind: part == .certificate ? .certificateChanged : .serviceChanged,
            subject: "\(key)",
            when: bounds(before: change.before, first: change.runs.first ?? change.before),
            isConfirmed: change.isConfirmed,
            runs: change.runs.map { history.runs[$0].name },
            before: history.runs[change.before].name,
            from: "\(part.rawValue) \(change.from)",
            to: "\(part.rawValue) \(change.to)"
        )
    }

    /// Not before the last look at the old state began, nor after the first look at the new one ended.
    private func bounds(before: Int, first: Int) -> TimeBounds {
        let run = history.runs[first]
        return TimeBounds(
            notBefore: history.runs[before].began.notBefore,
            notAfter: run.ended.notAfter ?? run.began.notAfter
        )
    }

    /// A new product is a new version too: that is one change, told by the product.
    private func withoutEchoes(_ events: [HistoryEvent]) -> [HistoryEvent] {
        let products = events.filter { $0.kind == .serviceChanged && $0.to?.hasPrefix("product ") ?? false }.map(
            \.runs.first
        )
        return events.filter { event in
            !(event.kind == .serviceChanged && event.to?.hasPrefix("version ") ?? false
                && products.contains(event.runs.first))
        }
    }

    /// What went in one place and came in another with the same certificate or host key has moved.
    private func moved(_ events: [(key: ServiceKey, event: HistoryEvent)]) -> [HistoryEvent] {
        var went: [String: Int] = [:]
        for (index, item) in events.enumerated() where item.event.kind == .serviceVanished {
            for part in strongParts(of: item.key) { went[part] = index }
        }
        var joined: [Int: HistoryEvent] = [:]
        var left: Set<Int> = []
        for (index, item) in events.enumerated() where item.event.kind == .serviceAppeared && !went.isEmpty {
            guard let old = strongParts(of: item.key).compactMap({ went[$0] }).first, events[old].key != item.key,
                left.insert(old).inserted
            else { continue }
            joined[index] = move(from: events[old].event, to: item.event)
        }
        return events.indices.compactMap { left.contains($0) ? nil : joined[$0] ?? events[$0].event }
    }

    private func move(from went: HistoryEvent, to came: HistoryEvent) -> HistoryEvent {
        let starts = [came.when.notBefore, went.when.notBefore].compactMap(\.self)
        let ends = [came.when.notAfter, went.when.notAfter].compactMap(\.self)
        return HistoryEvent(
            kind: .serviceMoved,
            subject: went.subject,
            when: TimeBounds(notBefore: starts.min(), notAfter: ends.max()),
            isConfirmed: came.isConfirmed && went.isConfirmed,
            runs: came.runs,
            before: went.before,
            from: went.subject,
            to: came.subject
        )
    }

    /// Certificates and host keys that were seen at a service.
    private func strongParts(of key: ServiceKey) -> [String] {
        let identities = Set((history.open[key] ?? [:]).values.joined().map { history.identities[$0.value] })
        return Set(identities.flatMap { [$0[.certificate], $0[.hostKey]].compactMap(\.self) }).sorted()
    }
}

extension IdentityChange {
    /// Whether it is told before it is confirmed: names of protocols and products flip too easily for that.
    fileprivate func isWorthTelling(of part: ServiceIdentity.Part) -> Bool {
        switch part {
        case .certificate, .hostKey: true
        case .version: from.split(separator: " ").dropLast() == to.split(separator: " ").dropLast()
        case .speaks, .product: false
        }
    }
}

extension TimeBounds {
    /// For putting events in order.
    fileprivate var order: Int64 { (notAfter ?? notBefore)?.microseconds ?? .min }
}
