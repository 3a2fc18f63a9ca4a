/// A website by what names it.
package struct WebsiteName: Hashable, Codable, Sendable {
    package var name: String
    package var endpoint: Endpoint
    /// `http` or `https`.
    package var scheme: String

    package init(name: String, endpoint: Endpoint, scheme: String) {
        self.name = name
        self.endpoint = endpoint
        self.scheme = scheme
    }
}

/// What a run says of a service.
package enum Sighting: Hashable, Sendable {
    case open(ServiceIdentity)
    case closed
    case noAnswer
    /// Asked and not open; whether it refused or was silent is not known.
    case notOpen
    /// The address gave no sign when pinged, so its ports were not asked.
    case hostSilent
    /// The run says nothing: it did not ask, did not get there, or failed.
    case notObserved

    /// The word for it, in JSON and on a terminal.
    package var word: String {
        switch self {
        case .open: "open"
        case .closed: "closed"
        case .noAnswer: "no answer"
        case .notOpen: "not open"
        case .hostSilent: "host silent"
        case .notObserved: "not observed"
        }
    }

    package var identity: ServiceIdentity? {
        if case .open(let identity) = self { identity } else { nil }
    }
}

/// What runs over a network saw, in time: everything that is said of changes is worked out from this.
package struct History: Sendable {
    /// In the order of their times.
    package var runs: [CensusRun]
    /// By service and reach; values are indices into ``identities``.
    package var open: [ServiceKey: [Int64: [RunSpan<Int>]]]
    /// By host and reach; values are indices into ``sheets``.
    package var hosts: [HostKey: [Int64: [RunSpan<Int>]]]
    package var websites: [WebsiteName: [Int64: [RunSpan<Int>]]]
    package var identities: [ServiceIdentity]
    package var sheets: [HostSheet]

    package init(runs: [CensusRun]) {
        self.runs = runs
        open = [:]
        hosts = [:]
        websites = [:]
        identities = []
        sheets = []
    }

    /// Ports that runs of a reach showed in any state: those are known to have been asked wherever only a name is.
    package func portsShown(by reach: Int64) -> PortSet {
        var ports: Set<UInt16> = []
        for (key, spans) in open where spans[reach] != nil { ports.insert(key.endpoint.port) }
        var shown = PortSet(ports)
        var seen: Set<Int> = []
        for spans in hosts.values {
            for span in spans[reach] ?? [] where seen.insert(span.value).inserted {
                shown = shown.union(sheets[span.value].closed).union(sheets[span.value].noAnswer)
            }
        }
        return shown
    }

    package func sheet(of host: HostKey, in run: CensusRun) -> HostSheet? {
        hosts[host]?.value(reach: run.reachID, ordinal: run.ordinal).map { sheets[$0] }
    }

    /// What a run says of a service. `shown` are the ports that its reach is known to ask for.
    package func sighting(of key: ServiceKey, in run: CensusRun, shown: PortSet = PortSet()) -> Sighting {
        guard run.isUsable else { return .notObserved }
        let address = key.endpoint.address
        if let loose = run.loose.first(where: { $0.endpoint == key.endpoint && $0.transport == key.transport }) {
            return .open(loose.identity)
        }
        guard run.covers(address) else { return .notObserved }
        if let identity = open[key]?.value(reach: run.reachID, ordinal: run.ordinal) {
            return .open(identities[identity])
        }
        let sheet = sheet(of: HostKey(address, key.transport), in: run)
        if let sheet {
            if sheet.closed.contains(key.endpoint.port) { return .closed }
            if sheet.noAnswer.contains(key.endpoint.port) { return .noAnswer }
        }
        guard run.reach.addresses?.contains(address) ?? false,
            run.reach.ports(key.transport)?.contains(key.endpoint.port, seen: shown) ?? false
        else { return .notObserved }
        return unlisted(key, sheet, run)
    }

    /// What a run means that asked for a port and does not list it.
    private func unlisted(_ key: ServiceKey, _ sheet: HostSheet?, _ run: CensusRun) -> Sighting {
        guard run.reach.telling == .everyState else { return .notOpen }
        guard let sheet else { return run.reach.discovery == .pinged ? .hostSilent : .noAnswer }
        switch sheet.state(of: key.endpoint.port) {
        case .closed: return .closed
        case .noAnswer: return .noAnswer
        case .open, nil: return .notOpen
        }
    }

    /// Whether an address answered a run: true, false where it was asked and gave no sign, nil where that is not known.
    /// `services` are all that were ever open there.
    package func answered(_ address: IPAddress, services: [ServiceKey], in run: CensusRun) -> Bool? {
        guard run.isUsable else { return nil }
        if services.contains(where: { sighting(of: $0, in: run).identity != nil }) { return true }
        guard run.covers(address) else { return nil }
        let sheets = [Transport.tcp, .udp].compactMap { sheet(of: HostKey(address, $0), in: run) }
        if sheets.contains(where: { $0.presence == .answered }) { return true }
        guard run.reach.addresses?.contains(address) ?? false, run.reach.telling == .everyState else { return nil }
        return false
    }

    /// Services of an address, or all, sorted.
    package func services(of address: IPAddress? = nil) -> [ServiceKey] {
        var keys = Set(open.keys.filter { address == nil || $0.endpoint.address == address })
        for run in runs where run.isUsable {
            for port in run.loose where address == nil || port.endpoint.address == address {
                keys.insert(ServiceKey(port.endpoint, port.transport))
            }
        }
        return keys.sorted()
    }

    /// For each reach, the ports that it is known to ask for, where only a name stands for them.
    package func shownPorts() -> [Int64: PortSet] {
        var shown: [Int64: PortSet] = [:]
        for run in runs where shown[run.reachID] == nil {
            if run.reach.tcp?.isNamed ?? false || run.reach.udp?.isNamed ?? false {
                shown[run.reachID] = portsShown(by: run.reachID)
            }
        }
        return shown
    }
}

extension PortsAsked {
    /// Whether only the tool knows which ports these are.
    package var isNamed: Bool {
        if case .named = self { true } else { false }
    }
}
