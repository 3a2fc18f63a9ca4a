/// What a census is asked: which addresses and ports to try, and whom to ask for names.
package struct CensusJob: Codable, Sendable {
    package var id: JobID
    package var run: RunID
    package var targets: AddressSet
    package var ports: [UInt16]
    /// Zones whose names are looked for, such as `example.`; each is asked of ``nameServers``.
    package var zones: [String]
    /// Names known before: from the scope file, and from earlier runs.
    package var names: [String]
    package var nameServers: [Endpoint]

    package init(
        id: JobID,
        run: RunID,
        targets: AddressSet,
        ports: [UInt16],
        zones: [String],
        names: [String],
        nameServers: [Endpoint]
    ) {
        self.id = id
        self.run = run
        self.targets = targets
        self.ports = ports
        self.zones = zones
        self.names = names
        self.nameServers = nameServers
    }
}

/// What a run saw of a target. A target that no outcome names was not observed.
package enum PortState: String, Codable, CaseIterable, Sendable {
    case open
    /// The target refused: it is there, and nothing listens.
    case closed
    case noAnswer = "no answer"
}

/// What became of one port on every address of the job. Addresses in none of the sets were not observed.
package struct PortSweep: Hashable, Codable, Sendable {
    package var port: UInt16
    package var open: AddressSet
    package var closed: AddressSet
    package var noAnswer: AddressSet

    package init(port: UInt16, open: AddressSet, closed: AddressSet, noAnswer: AddressSet) {
        self.port = port
        self.open = open
        self.closed = closed
        self.noAnswer = noAnswer
    }
}

/// The protocol that an open port was found to speak.
package enum ServiceProtocol: String, Codable, CaseIterable, Sendable {
    case http
    case https
    /// TLS that carries something other than HTTP, or that did not say what.
    case tls
    case ssh
    case ftp
    case smtp
    case dns
    case rsync
    /// Open, but no probe knew the answer; its bytes are kept.
    case unknown
}

/// What the probes learned of one open port.
package struct ServiceSighting: Hashable, Codable, Sendable {
    package var endpoint: Endpoint
    package var transport: Transport
    package var speaks: ServiceProtocol
    /// The first bytes the service said, at most 4 KiB.
    package var banner: [UInt8]
    /// What the banner or handshake says, by documented name: `software`, `ssh.host-key`, `tls.subject`, `http.title` …
    package var facts: [String: String]
    package var seal: Seal?
    package var at: Timestamp

    package init(
        endpoint: Endpoint,
        transport: Transport = .tcp,
        speaks: ServiceProtocol,
        banner: [UInt8],
        facts: [String: String],
        seal: Seal?,
        at: Timestamp
    ) {
        self.endpoint = endpoint
        self.transport = transport
        self.speaks = speaks
        self.banner = banner
        self.facts = facts
        self.seal = seal
        self.at = at
    }
}

/// How a website's name came to be known.
package enum NameOrigin: String, Codable, CaseIterable, Sendable {
    case scope
    case zone
    case reverseZone = "reverse zone"
    case certificate
    case redirect
    case link
    /// No name: the address itself answers with content of its own.
    case address
}

/// A name and an address that answered HTTP with content of their own.
package struct WebsiteSighting: Hashable, Codable, Sendable {
    /// The name, or the address where it answers without one.
    package var name: String
    package var endpoint: Endpoint
    package var scheme: WebAddress.Scheme
    package var origins: [NameOrigin]
    package var status: Int
    package var title: String?
    package var software: String?
    /// The front page, after redirects within the site.
    package var frontPage: Digest?
    package var seal: Seal?
    package var at: Timestamp

    package init(
        name: String,
        endpoint: Endpoint,
        scheme: WebAddress.Scheme,
        origins: [NameOrigin],
        status: Int,
        title: String?,
        software: String?,
        frontPage: Digest?,
        seal: Seal?,
        at: Timestamp
    ) {
        self.name = name
        self.endpoint = endpoint
        self.scheme = scheme
        self.origins = origins
        self.status = status
        self.title = title
        self.software = software
        self.frontPage = frontPage
        self.seal = seal
        self.at = at
    }

    /// The website's root.
    package var address: WebAddress { WebAddress(scheme: scheme, host: name, port: endpoint.port) }
}

/// A fact from the domain name system (RFC 1035), as the server gave it.
package struct NameRecord: Hashable, Codable, Sendable {
    package var owner: String
    /// The type's mnemonic, such as `A`, `MX`, `TXT`.
    package var type: String
    /// The data in master-file form.
    package var data: String
    package var seal: Seal?

    package init(owner: String, type: String, data: String, seal: Seal?) {
        self.owner = owner
        self.type = type
        self.data = data
        self.seal = seal
    }
}

/// What a census saw.
package struct CensusOutcome: Codable, Sendable {
    package var job: JobID
    package var run: RunID
    package var completeness: Completeness
    package var sweeps: [PortSweep]
    package var services: [ServiceSighting]
    package var websites: [WebsiteSighting]
    package var names: [NameRecord]
    /// Oddities of zones, certificates and services worth a person's look: a typo in an SPF record, missing glue …
    package var remarks: [Fault]
    package var faults: [Fault]
    package var during: TimeBounds

    package init(
        job: JobID,
        run: RunID,
        completeness: Completeness,
        sweeps: [PortSweep] = [],
        services: [ServiceSighting] = [],
        websites: [WebsiteSighting] = [],
        names: [NameRecord] = [],
        remarks: [Fault] = [],
        faults: [Fault] = [],
        during: TimeBounds
    ) {
        self.job = job
        self.run = run
        self.completeness = completeness
        self.sweeps = sweeps
        self.services = services
        self.websites = websites
        self.names = names
        self.remarks = remarks
        self.faults = faults
        self.during = during
    }
}
