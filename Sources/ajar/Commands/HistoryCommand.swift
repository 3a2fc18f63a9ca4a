import ArgumentParser
import Catalogue
import Domain
import Vault

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show services over time, of one host or of all.",
        discussion: """
            Each state stands with the bounds between which it began and ended. What no run asked for is in no state: \
            not observed is not closed. With --lines, the open states name the line of the sealed file that says so.
            """
    )

    @OptionGroup var options: CaseOptions
    @OptionGroup var agreement: AgreementOptions

    @Argument(help: ArgumentHelp("An address.", valueName: "host"))
    var host: String?

    @Flag(help: "Lead each open state back to the sealed file, its line and offset.")
    var lines = false

    func run() async throws {
        let address = try host.map { text throws(Complaint) in
            guard let address = IPAddress(text) else { throw Complaint(.usage, "'\(text)' is no address") }
            return address
        }
        let catalogue = try CaseReading.catalogue(of: options)
        let history = try catalogue.history(of: address)
        let shown = address == nil ? history.shownPorts() : try catalogue.shownPorts(history)
        var listing = HistoryListing(
            host: address,
            services: history.services(of: address).map {
                ServiceLine(ServiceTimeLine(of: $0, in: history, shown: shown, agreement: agreement.agreement))
            },
            runs: history.runs.count
        )
        if lines { try await listing.findLines(in: CaseReading.vault(of: options), history) }
        try Output.print(listing.text, or: listing, asJSON: options.json)
    }
}

/// Services over time, as they are printed; `docs/history.md` has the schema.
struct HistoryListing: Encodable {
    var host: IPAddress?
    var services: [ServiceLine]
    /// How many runs the history has.
    var runs: Int

    var text: String {
        guard !services.isEmpty else { return "None of \(runs) runs saw a service\(host.map { " at \($0)" } ?? "")." }
        return host == nil ? table : services.map(\.text).joined(separator: "\n\n")
    }

    private var table: String {
        var table = TextTable(header: ["SERVICE", "", "SEEN", "FIRST SEEN BY", "LAST SEEN BY", "WHO ANSWERS"])
        for service in services {
            let open = service.intervals.filter { $0.state == "open" }
            table.rows.append([
                service.service, service.standing.rawValue, "\(service.seen) of \(service.comparable) runs",
                open.first.map { "\($0.firstRun)" } ?? "", open.last.map { "\($0.lastRun)" } ?? "",
                open.last?.identity.words ?? "",
            ])
        }
        return table.text
    }

    /// Reads, for each open state, the outcomes of its first and last run, in which every observation has its place.
    mutating func findLines(in vault: Vault, _ history: History) async throws {
        var outcomes: [RunID: StageOutcome] = [:]
        for service in services.indices {
            for interval in services[service].intervals.indices
            where services[service].intervals[interval].state == "open" {
                let shown = services[service].intervals[interval]
                var places: [ObservationPlace] = []
                for name in Set([shown.firstRun, shown.lastRun]).sorted(by: { $0.description < $1.description }) {
                    guard let run = history.runs.first(where: { $0.name == name }) else { continue }
                    if outcomes[name] == nil { outcomes[name] = try await vault.outcome(at: run.leaf) }
                    if let place = outcomes[name].flatMap({ ObservationPlace(services[service].key, name, $0) }) {
                        places.append(place)
                    }
                }
                services[service].intervals[interval].places = places
            }
        }
    }
}

/// One service over time.
struct ServiceLine: Encodable {
    struct Interval: Encodable {
        var state: String
        var from: TimeBounds
        var until: TimeBounds?
        var firstRun: RunID
        var lastRun: RunID
        var runs: Int
        var identity: ServiceIdentity
        var places: [ObservationPlace]?
    }

    let key: ServiceKey
    var service: String
    var standing: ServiceTimeLine.Standing
    var seen: Int
    var comparable: Int
    var intervals: [Interval]

    enum CodingKeys: CodingKey {
        case service, standing, seen, comparable, intervals
    }

    init(_ line: ServiceTimeLine) {
        key = line.key
        service = "\(line.key)"
        (standing, seen, comparable) = (line.standing, line.seen, line.comparable)
        intervals = line.intervals.map {
            Interval(
                state: $0.state,
                from: $0.from,
                until: $0.until,
                firstRun: $0.firstRun,
                lastRun: $0.lastRun,
                runs: $0.runs,
                identity: $0.identity
            )
        }
    }

    fileprivate var text: String {
        var table = TextTable(header: [
            "", "BEGAN AFTER", "NO LATER THAN", "ENDED AFTER", "NO LATER THAN", "RUNS", "WHO ANSWERS",
        ])
        for interval in intervals {
            table.rows.append([
                interval.state, Self.text(interval.from.notBefore, "?"), Self.text(interval.from.notAfter, "?"),
                Self.text(interval.until?.notBefore, ""), Self.text(interval.until?.notAfter, ""), "\(interval.runs)",
                interval.identity.words,
            ])
        }
        let places = intervals.flatMap { $0.places ?? [] }.map { PathName(bytes: $0.text.utf8).display }
        return
            (["\(service): \(standing.rawValue), open in \(seen) of \(comparable) comparable runs", table.text] + places)
            .joined(separator: "\n")
    }

    private static func text(_ time: Timestamp?, _ none: String) -> String { time.map { "\($0.roundedDown)" } ?? none }
}

/// Where in the vault an observation stands.
struct ObservationPlace: Encodable {
    var run: RunID
    var file: String?
    var line: UInt64?
    /// The seal, with the offset in the payload.
    var seal: Seal

    /// Nil where the outcome does not show the service.
    init?(_ key: ServiceKey, _ run: RunID, _ outcome: StageOutcome) {
        self.run = run
        switch outcome {
        case .imports(let outcome):
            guard
                let seen = outcome.report.open.ports.first(where: {
                    $0.endpoint == key.endpoint && $0.transport == key.transport
                })
            else { return nil }
            (file, line, seal) = (outcome.name, seen.line, outcome.file)
            seal.offset = seen.offset
        case .census(let outcome):
            let sighting = outcome.services.first { $0.endpoint == key.endpoint && $0.transport == key.transport }
            guard let found = sighting?.seal else { return nil }
            seal = found
        default: return nil
        }
    }

    fileprivate var text: String {
        let place = line.map { "line \($0) of \(file ?? "")" } ?? "record \(seal.record)"
        return "  \(run): \(place), leaf \(seal.leaf)\(seal.offset.map { ", offset \($0)" } ?? "")"
    }
}

extension Vault {
    /// The outcome that a leaf holds; nil where it is withheld.
    fileprivate func outcome(at leaf: UInt64) async throws -> StageOutcome? {
        for try await event in events(from: leaf) {
            guard case .outcome(let outcome, let seal) = event, seal.leaf == leaf else { return nil }
            return outcome
        }
        return nil
    }
}
