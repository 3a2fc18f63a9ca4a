/// A service over time: which runs saw it in which state, and between which instants it changed.
package struct ServiceTimeLine: Hashable, Sendable {
    /// A stretch of runs that say the same of the service, runs that say nothing apart.
    package struct Interval: Hashable, Sendable {
        package var state: String
        /// When the state began: after the first instant, and no later than the second.
        package var from: TimeBounds
        /// When it ended; nil while the last run that says anything still saw it.
        package var until: TimeBounds?
        package var firstRun: RunID
        package var lastRun: RunID
        /// How many runs say so.
        package var runs: Int
        /// Who answered, as the last run that could tell says.
        package var identity: ServiceIdentity
    }

    /// What is to be said of a service in one word.
    package enum Standing: String, Codable, CaseIterable, Sendable {
        /// Open in every comparable run, at least two.
        case stable
        /// Open in the last comparable run, and missed by others.
        case open
        /// Open in the only comparable run.
        case seenOnce = "seen once"
        /// Not there in so many of the last runs as announce it.
        case gone
        /// Not there in the last run that asked, and not yet confirmed.
        case perhapsGone = "perhaps gone"
    }

    package var key: ServiceKey
    package var intervals: [Interval]
    package var standing: Standing
    /// Runs that saw it open.
    package var seen: Int
    /// Runs whose reach has found it at least once: these may be compared.
    package var comparable: Int

    /// Works out a time line; `agreement` is what announces that it is gone.
    package init(of key: ServiceKey, in history: History, shown: [Int64: PortSet], agreement: Agreement) {
        self.key = key
        intervals = []
        (seen, comparable) = (0, 0)
        standing = .open
        var observations: [Presence] = []
        for (index, run) in history.runs.enumerated() {
            let sighting = history.sighting(of: key, in: run, shown: shown[run.reachID] ?? PortSet())
            guard sighting != .notObserved else { continue }
            let isOpen = sighting.identity != nil
            observations.append(Presence(run: index, reach: run.reachID, isThere: isOpen))
            if isOpen { seen += 1 }
            if let last = intervals.last, last.state == sighting.word {
                intervals[intervals.count - 1].extend(to: run, sighting)
            } else {
                begin(
                    sighting,
                    run,
                    after: intervals.last.flatMap { last in history.runs.first { $0.name == last.lastRun } }
                )
            }
        }
        let able = Set(observations.filter(\.isThere).map(\.reach))
        comparable = observations.count { able.contains($0.reach) }
        let last = PresenceWatch(agreement: agreement).changes(observations).last
        if let last, !last.isThere {
            standing = last.isConfirmed ? .gone : .perhapsGone
        } else if seen == comparable {
            standing = seen > 1 ? .stable : .seenOnce
        }
    }

    private mutating func begin(_ sighting: Sighting, _ run: CensusRun, after last: CensusRun?) {
        // Seen at some moment of the run, and not so at some moment of the one before.
        let bounds = TimeBounds(
            notBefore: last?.began.notBefore,
            notAfter: run.ended.notAfter ?? run.began.notAfter
        )
        if !intervals.isEmpty { intervals[intervals.count - 1].until = bounds }
        intervals.append(
            Interval(
                state: sighting.word,
                from: bounds,
                firstRun: run.name,
                lastRun: run.name,
                runs: 1,
                identity: sighting.identity ?? ServiceIdentity()
            )
        )
    }
}

extension ServiceTimeLine.Interval {
    fileprivate mutating func extend(to run: CensusRun, _ sighting: Sighting) {
        lastRun = run.name
        runs += 1
        if let identity = sighting.identity, !identity.isEmpty { self.identity = identity }
    }
}

/// How many of the last comparable runs must agree before a change is announced.
package struct Agreement: Hashable, Codable, Sendable {
    package var agree: Int
    package var of: Int

    /// Two of three, unless the user says otherwise.
    package init(agree: Int = 2, of: Int = 3) {
        self.agree = agree
        self.of = of
    }

    /// Whether enough of the last observations are `state`, of which the last is one.
    package func isReached(_ observations: some BidirectionalCollection<Bool>, for state: Bool) -> Bool {
        observations.last == state && observations.suffix(of).count(where: { $0 == state }) >= agree
    }
}
