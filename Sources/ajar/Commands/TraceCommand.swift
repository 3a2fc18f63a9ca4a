import ArgumentParser
import Catalogue
import Domain

struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Work out who came, from access logs.",
        discussion: "Reads the logs found among the entries, and any given with --log, which are sealed first."
    )

    @OptionGroup var options: CaseOptions

    @Option(help: ArgumentHelp("An access log on this machine.", valueName: "file"), completion: .file())
    var log: [String] = []

    @Flag(help: "Show what is known; read nothing.")
    var list = false

    func run() async throws {
        if !list {
            let log = log
            _ = try await Pipeline.on(options) { try await $0.trace(logs: log) }
        }
        let catalogue = try CaseReading.catalogue(of: options)
        var all: [LogListing] = []
        for log in try catalogue.logs() {
            all.append(
                LogListing(
                    log: log,
                    visitors: try catalogue.visitors(of: log.foundAt),
                    visits: try catalogue.visits(of: log.foundAt)
                )
            )
        }
        try Output.print(all.map(\.text).joined(separator: "\n\n"), or: all, asJSON: options.json)
    }
}

/// A traced log with its clients.
private struct LogListing: Encodable {
    var log: TracedLog
    var visitors: [Visitor]
    var visits: [Visit]

    var text: String {
        let requests = Dictionary(grouping: visits, by: \.client).mapValues { $0.reduce(0) { $0 + $1.requests } }
        var table = TextTable(header: ["CLIENT", "LINE", "REQUESTS", "PLACE", "LISTS"])
        for visitor in visitors.sorted(by: { requests[$0.client] ?? 0 > requests[$1.client] ?? 0 }) {
            table.rows.append([
                "\(visitor.client)", visitor.line.rawValue, "\(requests[visitor.client] ?? 0)",
                visitor.places.map { "\($0.country ?? "??") \($0.city ?? "") (\($0.source))" }.joined(separator: "; "),
                visitor.lists.joined(separator: ", "),
            ])
        }
        let unparsed = log.unparsedLines == 0 ? "" : ", \(log.unparsedLines) of them not understood and kept"
        return "\(log.foundAt): \(log.lines) lines\(unparsed)\n\(table.text)"
    }
}
