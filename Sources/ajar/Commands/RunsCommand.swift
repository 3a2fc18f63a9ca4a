import ArgumentParser
import Catalogue
import Domain

struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List every run over the network, the case's own and imported ones, and what it may be held to."
    )

    @OptionGroup var options: CaseOptions

    func run() async throws {
        let history = try CaseReading.catalogue(of: options).history()
        let doubts = Dictionary(HistoryEvents(history).leftOut.map { ($0.run, $0.why) }) { first, _ in first }
        let runs = history.runs.map { RunLine($0, doubt: doubts[$0.name]) }
        var table = TextTable(header: ["RUN", "BEGAN", "ASKED", "HOSTS", "OPEN", "VANTAGE", ""])
        for run in runs {
            table.rows.append([
                "\(run.name)", run.began.shown, run.asked,
                "\(run.answering)", "\(run.open)", run.vantage, run.remark,
            ])
        }
        try Output.print(table, or: runs, asJSON: options.json)
    }
}

/// A run as it is listed; `docs/history.md` has the schema.
struct RunLine: Encodable {
    /// Whether, and how far, a run counts.
    enum Standing: String, Encodable {
        case complete
        case unfinished
        /// It says nothing of the network.
        case failed
        /// All that is known to be there was silent: an outage, or the run failed.
        case silent
        /// Another file told more of the same run.
        case replaced
    }

    var name: RunID
    var standing: Standing
    var reason: String?
    var tool: String
    var toolVersion: String
    /// The command line, as the file tells it.
    var method: String
    /// The timing that the command line asks for, such as `-T4`.
    var timing: String?
    var vantage: String
    var reach: Reach
    var asked: String
    /// How many addresses it covered, where it did not get to all.
    var covered: Int?
    var began: TimeBounds
    var ended: TimeBounds
    var answering: Int
    var open: Int
    var file: String?
    var sha256: Digest?
    var format: String?
    /// The ledger's leaf of the outcome.
    var leaf: UInt64

    init(_ run: CensusRun, doubt: String?) {
        name = run.name
        tool = run.reach.tool
        toolVersion = run.toolVersion
        method = run.arguments
        timing = run.arguments.split(separator: " ").first { $0.hasPrefix("-T") && $0.utf8.count == 3 }.map(String.init)
        vantage = run.vantage
        reach = run.reach
        asked = run.reach.words
        covered = run.covered?.count
        (began, ended) = (run.began, run.ended)
        (answering, open) = (run.answering, run.open)
        (file, sha256, format, leaf) = (run.fileName, run.file, run.format, run.leaf)
        if let other = run.replacedBy {
            (standing, reason) = (.replaced, "told in full by \(other)")
        } else if let failure = run.failure {
            (standing, reason) = (.failed, failure)
        } else if let doubt {
            (standing, reason) = (.silent, doubt)
        } else if case .incomplete(let why) = run.completeness {
            (standing, reason) = (.unfinished, why)
        } else {
            (standing, reason) = (.complete, nil)
        }
    }

    /// What a person must know besides.
    fileprivate var remark: String {
        standing == .complete ? "" : "\(standing.rawValue): \(reason ?? "")"
    }
}

extension TimeBounds {
    /// The instant, or what the clock of an unknown zone showed, with a question mark.
    fileprivate var shown: String {
        likely.map { "\($0.roundedDown)" + (isOfUnknownZone ? "?" : "") } ?? "not said"
    }
}
