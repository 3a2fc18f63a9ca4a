import Catalogue
import Domain
import TestSupport

/// Writes runs as outcomes of imports into a catalogue, one a day.
struct RunBook {
    let catalogue: Catalogue
    private var leaf: UInt64 = 0

    init() throws {
        catalogue = try Catalogue()
    }

    static let addresses = AddressSet("192.0.2.0-192.0.2.255") ?? AddressSet()
    static let ports = PortSet(merging: [1...1_000])

    static func reach(
        _ addresses: AddressSet = addresses,
        ports: PortsAsked = .list(ports),
        discovery: Reach.Discovery = .pinged,
        telling: Reach.Telling = .everyState
    ) -> Reach {
        Reach(addresses: addresses, tcp: ports, udp: nil, discovery: discovery, telling: telling, tool: "nmap")
    }

    /// A run on a day that saw these services, `192.0.2.1:80` with or without an identity.
    @discardableResult
    mutating func run(
        _ day: Int,
        open: [String: ServiceIdentity] = [:],
        up: [String] = [],
        reach: Reach = reach(),
        covered: AddressSet? = nil,
        failure: String? = nil,
        isComplete: Bool = true,
        name: String? = nil,
        arguments: String? = nil
    ) throws -> RunID? {
        let began = Day(number: 20_000 + day).start
        var report = ScanReport(
            reach: reach,
            toolVersion: "7.93",
            arguments: arguments ?? "nmap run \(day)",
            began: TimeBounds(at: began),
            ended: isComplete ? TimeBounds(at: began.adding(seconds: 3_600)) : nil,
            completeness: isComplete ? .complete : .incomplete(reason: "the file ends before the run does"),
            failure: failure,
            covered: covered
        )
        var ports: [SeenPort] = []
        for (text, identity) in open {
            guard let endpoint = Endpoint(text) else { continue }
            report.identities.append(identity)
            ports.append(
                SeenPort(address: endpoint.address, port: endpoint.port, identity: report.identities.count - 1)
            )
        }
        report.open = SeenPorts(ports.sorted())
        let hosts = Set(ports.map(\.address)).union(up.compactMap { IPAddress($0) })
        report.sheets = [HostSheet(presence: .answered, rest: .noAnswer)]
        report.hosts = hosts.sorted().map { ScanReport.Host(address: $0, transport: .tcp, sheet: 0) }
        return try record(report, name: name ?? "run-\(day).xml")
    }

    /// Records a report as that of an imported file; gives the run it was found to be of.
    mutating func record(_ report: ScanReport, name: String, sameness: Digest? = nil) throws -> RunID? {
        leaf += 2
        let recorder = Recorder(catalogue)
        let run = Run(
            id: RunID("import-\(leaf)"),
            stage: .imports,
            started: Day(number: 21_000).start,
            completeness: .complete,
            scope: SmallCase.digest(0),
            settings: [:],
            vantage: "",
            toolVersion: "",
            clockWasSimulated: true
        )
        try recorder.record(started: run, leaf: leaf - 1)
        let file = Seal(leaf: leaf, record: "urn:uuid:\(leaf)", payload: SmallCase.digest(UInt8(leaf % 250)), length: 1)
        let outcome = ImportOutcome(
            job: JobID(run: run.id, part: 0),
            run: run.id,
            completeness: .complete,
            file: file,
            name: name,
            vantage: "a test",
            format: "nmap -oX",
            sameness: sameness ?? SmallCase.digest(7),
            lines: 1,
            passedOver: 0,
            report: report,
            faults: [],
            during: TimeBounds(at: Day(number: 21_000).start)
        )
        try recorder.record(.imports(outcome), seal: Seal(leaf: leaf, record: "", payload: nil, length: 0))
        return try catalogue.importedFile(of: outcome.job)?.run
    }

    func events(_ agreement: Agreement = Agreement()) throws -> [HistoryEvent] {
        HistoryEvents(try catalogue.history(), agreement: agreement).events
    }

    func line(_ service: String) throws -> ServiceTimeLine {
        let history = try catalogue.history()
        guard let endpoint = Endpoint(service) else { throw CatalogueError(.damaged, service) }
        return ServiceTimeLine(
            of: ServiceKey(endpoint, .tcp),
            in: history,
            shown: history.shownPorts(),
            agreement: Agreement()
        )
    }

    static func day(_ number: Int) -> Timestamp { Day(number: 20_000 + number).start }
}
