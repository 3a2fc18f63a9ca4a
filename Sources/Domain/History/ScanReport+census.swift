extension ScanReport {
    /// What Ajar's own census saw, in the form in which all runs are compared. `run` says what was asked.
    package init(_ outcome: CensusOutcome, of run: Run) {
        let ports = run.settings["ports"].map { $0.split(separator: " ").compactMap { UInt16($0) } }
        let asked = PortSet(ports ?? outcome.sweeps.map(\.port))
        let looked = outcome.sweeps.map { $0.open.union($0.closed).union($0.noAnswer) }
        let all = looked.reduce(AddressSet()) { $0 == $1 ? $0 : $0.union($1) }
        let addresses = run.settings["addresses"].flatMap { AddressSet($0) } ?? all
        self.init(
            reach: Reach(
                addresses: addresses,
                tcp: .list(asked),
                udp: .named("name service where a host is there"),
                discovery: .everyAddress,
                telling: .everyState,
                tool: "ajar"
            ),
            toolVersion: run.toolVersion,
            arguments: "",
            began: outcome.during.notBefore.map(TimeBounds.init(at:)) ?? TimeBounds(at: run.started),
            ended: outcome.during.notAfter.map(TimeBounds.init(at:)),
            completeness: outcome.completeness
        )
        let whole = looked.reduce(looked.first ?? AddressSet()) { $0 == $1 ? $0 : $0.intersection($1) }
        let isWhole = Set(outcome.sweeps.map(\.port)).isSuperset(of: asked.ports)
        let covered = isWhole ? whole : AddressSet()
        if covered != addresses { self.covered = covered }
        see(outcome)
        describeHosts(outcome, covered: covered, asked: asked)
    }

    /// Open ports with who answered there.
    private mutating func see(_ outcome: CensusOutcome) {
        let known = Dictionary(
            outcome.services.map { (ServiceKey($0.endpoint, $0.transport), ServiceIdentity($0)) }
        ) { first, _ in first }
        var numbers: [ServiceIdentity: Int] = [:]
        func number(_ identity: ServiceIdentity) -> Int {
            if let number = numbers[identity] { return number }
            identities.append(identity)
            numbers[identity] = identities.count - 1
            return identities.count - 1
        }
        var seen: Set<SeenPort> = []
        for sweep in outcome.sweeps {
            for address in sweep.open.addresses {
                let identity = known[ServiceKey(Endpoint(address, sweep.port), .tcp)] ?? ServiceIdentity()
                seen.insert(SeenPort(address: address, port: sweep.port, identity: number(identity)))
            }
        }
        for (key, identity) in known where key.transport == .udp {
            seen.insert(
                SeenPort(
                    address: key.endpoint.address,
                    port: key.endpoint.port,
                    transport: .udp,
                    identity: number(identity)
                )
            )
        }
        open = SeenPorts(seen.sorted())
    }

    /// Sheets of the hosts that answered; who has none was silent on every port.
    private mutating func describeHosts(_ outcome: CensusOutcome, covered: AddressSet, asked: PortSet) {
        var closed: [IPAddress: [UInt16]] = [:]
        for sweep in outcome.sweeps {
            for address in sweep.closed.addresses where covered.contains(address) {
                closed[address, default: []].append(sweep.port)
            }
        }
        let opened = Dictionary(grouping: open.ports.filter { $0.transport == .tcp }, by: \.address)
        var numbers: [HostSheet: Int] = [:]
        for address in Set(closed.keys).union(opened.keys).sorted() where covered.contains(address) {
            let refused = PortSet(closed[address] ?? [])
            let silent = asked.subtracting(refused).subtracting(PortSet((opened[address] ?? []).map(\.port)))
            var sheet = HostSheet(presence: .answered)
            // The larger part is the rest, so that the sheet stays short.
            if refused.count > silent.count {
                (sheet.rest, sheet.noAnswer) = (.closed, silent)
            } else {
                (sheet.rest, sheet.closed) = (.noAnswer, refused)
            }
            let number = numbers[sheet] ?? sheets.count
            if number == sheets.count {
                sheets.append(sheet)
                numbers[sheet] = number
            }
            hosts.append(Host(address: address, transport: .tcp, sheet: number))
        }
    }
}

extension ServiceIdentity {
    /// Who answered Ajar's own probes. Greetings hold names and clocks and are no part of it.
    package init(_ sighting: ServiceSighting) {
        self.init()
        switch sighting.speaks {
        case .unknown: break
        case .https: speaks = "tls/http"
        default: speaks = sighting.speaks.rawValue
        }
        if let product = sighting.facts["software.product"] {
            self.product = product
            version = sighting.facts["software.version"]
        } else if let server = sighting.facts["http.server"] {
            let words = server.prefix { $0 != "(" && $0 != " " }.split(separator: "/", maxSplits: 1)
            product = words.first.map(String.init)
            version = words.count > 1 ? String(words[1]) : nil
        }
        certificate = sighting.facts["tls.certificate-sha256"].map { "sha256:\($0)" }
    }
}

/// A service: an endpoint and the transport below it.
package struct ServiceKey: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
    package var endpoint: Endpoint
    package var transport: Transport

    package init(_ endpoint: Endpoint, _ transport: Transport) {
        self.endpoint = endpoint
        self.transport = transport
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.endpoint == right.endpoint
            ? left.transport.rawValue < right.transport.rawValue : left.endpoint < right.endpoint
    }

    /// `192.0.2.1:80`, and `192.0.2.1:53/udp`.
    package var description: String { "\(endpoint)\(transport == .udp ? "/udp" : "")" }
}
