import Catalogue
import Domain

/// The case in a few numbers, with its last runs.
struct OverviewPage: Page {
    static let template = "overview"

    struct Number: Sendable {
        var value: String
        var name: String
        var link: String
    }

    struct SourceLine: Sendable {
        var address: String
        var lastUpdate: String
        var silence: String?
    }

    var caseName: String
    var numbers: [Number]
    var sources: [SourceLine]
    var runs: [RunLine]

    init(catalogue: Catalogue, caseName: String) throws {
        self.caseName = caseName
        let entries = try catalogue.entries()
        let identified = try catalogue.identifications().filter {
            if case .identified = $0.status { true } else { false }
        }
        numbers = [
            Number(value: "\(try catalogue.services().filter(\.isPresent).count)", name: "services", link: "/hosts"),
            Number(value: "\(try catalogue.websites().filter(\.isPresent).count)", name: "websites", link: "/websites"),
            Number(value: "\(try catalogue.doors().count(where: \.isOpen))", name: "open doors", link: "/doors"),
            Number(value: "\(entries.filter(\.isPresent).count)", name: "entries present", link: "/entries"),
            Number(value: "\(identified.count)", name: "entries identified", link: "/entries"),
            Number(value: "\(try catalogue.notePairs().count)", name: "note pairs", link: "/notes"),
        ]
        sources = try catalogue.sources().map { source in
            let rhythm = try catalogue.rhythm(of: source.base)
            return SourceLine(
                address: "\(source.base)",
                lastUpdate: rhythm.lastUpdate?.inSeconds.notAfter.map { "no later than \($0)" } ?? "none seen",
                silence: rhythm.silenceSince?.description
            )
        }
        let all = try catalogue.runs()
        runs = StageName.allCases.compactMap { stage in all.last { $0.stage == stage } }.map(RunLine.init)
    }
}

/// A run in one row.
struct RunLine: Sendable {
    var id: String
    var stage: String
    var started: String
    var ended: String
    var state: String
    var clock: String

    init(_ run: Run) {
        id = "\(run.id)"
        stage = run.stage.rawValue
        started = "\(run.started.roundedDown)"
        ended = run.ended?.roundedUp.description ?? ""
        clock = run.clockWasSimulated ? "simulated" : "system"
        switch run.completeness {
        case .complete: state = "complete"
        case .running: state = "running, or ended without a word"
        case .incomplete(let reason): state = "incomplete: \(reason)"
        }
    }
}

/// Every run, newest first.
struct RunsPage: Page {
    static let template = "runs"
    var runs: [RunLine]

    init(catalogue: Catalogue) throws {
        runs = try catalogue.runs().reversed().map(RunLine.init)
    }
}
