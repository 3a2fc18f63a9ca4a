/// What one run over a network saw, in one form for every program that can be read, and for Ajar's own census.
package struct ScanReport: Hashable, Codable, Sendable {
    /// An address that has a sheet.
    package struct Host: Hashable, Codable, Sendable {
        package var address: IPAddress
        package var transport: Transport
        /// Index into ``ScanReport/sheets``.
        package var sheet: Int

        package init(address: IPAddress, transport: Transport, sheet: Int) {
            self.address = address
            self.transport = transport
            self.sheet = sheet
        }
    }

    package var reach: Reach
    /// As the program calls it.
    package var toolVersion: String
    /// The command line as the file tells it; empty where it does not.
    package var arguments: String
    /// Nil where nothing says when.
    package var began: TimeBounds?
    package var ended: TimeBounds?
    package var completeness: Completeness
    /// Why the run says nothing of the network, such as that every host was skipped; nil for a run that looked.
    package var failure: String?
    /// The addresses whose every asked port was looked at, or that gave no sign when pinged; nil for the whole reach.
    package var covered: AddressSet?
    /// Sorted.
    package var open: SeenPorts
    package var identities: [ServiceIdentity]
    package var sheets: [HostSheet]
    /// Sorted by address; addresses without one gave no sign.
    package var hosts: [Host]

    package init(
        reach: Reach,
        toolVersion: String,
        arguments: String,
        began: TimeBounds?,
        ended: TimeBounds?,
        completeness: Completeness,
        failure: String? = nil,
        covered: AddressSet? = nil,
        open: [SeenPort] = [],
        identities: [ServiceIdentity] = [],
        sheets: [HostSheet] = [],
        hosts: [Host] = []
    ) {
        self.reach = reach
        self.toolVersion = toolVersion
        self.arguments = arguments
        self.began = began
        self.ended = ended
        self.completeness = completeness
        self.failure = failure
        self.covered = covered
        self.open = SeenPorts(open)
        self.identities = identities
        self.sheets = sheets
        self.hosts = hosts
    }

    /// How many addresses answered in any way.
    package var answering: Int {
        var addresses = Set(hosts.lazy.filter { sheets[$0.sheet].presence == .answered }.map(\.address))
        addresses.formUnion(open.ports.lazy.map(\.address))
        return addresses.count
    }

    /// Whether every index leads somewhere and all is in order; a report from a vault may have been made by anyone.
    package var isSound: Bool {
        open.ports.allSatisfy { identities.indices.contains($0.identity) }
            && hosts.allSatisfy { sheets.indices.contains($0.sheet) }
            && zip(open.ports, open.ports.dropFirst()).allSatisfy { $0 < $1 }
    }
}

/// A scan file to be read.
package struct ImportJob: Codable, Sendable {
    package var id: JobID
    package var run: RunID
    /// The file, a payload of the vault.
    package var file: Seal
    /// As the user named it, without its folder.
    package var name: String
    /// From where the scan looked, in the user's words.
    package var vantage: String
    /// What the user knows and the file does not say.
    package var hints: ImportHints

    package init(id: JobID, run: RunID, file: Seal, name: String, vantage: String, hints: ImportHints) {
        self.id = id
        self.run = run
        self.file = file
        self.name = name
        self.vantage = vantage
        self.hints = hints
    }
}

/// What a user knows of a scan whose file does not say it.
package struct ImportHints: Hashable, Codable, Sendable {
    /// The addresses that were asked.
    package var addresses: AddressSet?
    package var ports: PortSet?
    /// Minutes east of UTC of local times in the file.
    package var zone: Int?
    package var began: Timestamp?

    package init(addresses: AddressSet? = nil, ports: PortSet? = nil, zone: Int? = nil, began: Timestamp? = nil) {
        self.addresses = addresses
        self.ports = ports
        self.zone = zone
        self.began = began
    }
}

/// What became of a scan file.
package struct ImportOutcome: Codable, Sendable {
    package var job: JobID
    package var run: RunID
    package var completeness: Completeness
    package var file: Seal
    package var name: String
    package var vantage: String
    /// The form the file was read as, such as `nmap -oN`.
    package var format: String
    /// The same for two files of the same run, whatever they are called and wherever they end.
    package var sameness: Digest
    package var lines: Int
    /// Lines that held nothing to be taken over and are known to: blank ones, remarks, guesses at operating systems.
    package var passedOver: Int
    package var report: ScanReport
    /// What was not understood, with its lines.
    package var faults: [Fault]
    package var during: TimeBounds

    package init(
        job: JobID,
        run: RunID,
        completeness: Completeness,
        file: Seal,
        name: String,
        vantage: String,
        format: String,
        sameness: Digest,
        lines: Int,
        passedOver: Int,
        report: ScanReport,
        faults: [Fault],
        during: TimeBounds
    ) {
        self.job = job
        self.run = run
        self.completeness = completeness
        self.file = file
        self.name = name
        self.vantage = vantage
        self.format = format
        self.sameness = sameness
        self.lines = lines
        self.passedOver = passedOver
        self.report = report
        self.faults = faults
        self.during = during
    }
}
