import ArgumentParser
import Catalogue
import Domain

struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Copy what lies behind the doors as sealed evidence, and tell what changed."
    )

    @OptionGroup var options: CaseOptions

    @Flag(help: "Show every change ever seen; contact nothing.")
    var list = false

    func run() async throws {
        guard !list else { return try listChanges() }
        let outcomes = try await Pipeline.on(options) { try await $0.collect() }
        var table = TextTable(header: [
            "SOURCE", "ENTRIES", "ADDED", "CHANGED", "REMOVED", "BACK", "UNKNOWN", "BYTES", "",
        ])
        for outcome in outcomes {
            let counts = Dictionary(grouping: outcome.changes, by: \.kind).mapValues(\.count)
            table.rows.append(
                ["\(outcome.source.base)", "\(outcome.counts.entries)"]
                    + ChangeKind.allCases.map { "\(counts[$0] ?? 0)" }
                    + ["\(outcome.counts.bodyBytes)", outcome.completeness.remark]
            )
        }
        try Output.print(table, or: outcomes, asJSON: options.json)
    }

    private func listChanges() throws {
        let changes = try CaseReading.catalogue(of: options).changes()
        var table = TextTable(header: ["NOT BEFORE", "NOT AFTER", "CHANGE", "PATH"])
        for recorded in changes {
            let change = recorded.change
            let from = recorded.movedFrom.map { " (moved from \($0.display))" } ?? ""
            table.rows.append([
                change.when.notBefore?.description ?? "unknown", change.when.notAfter?.description ?? "unknown",
                change.kind.rawValue, change.path.display + from,
            ])
        }
        try Output.print(table, or: changes, asJSON: options.json)
    }
}

extension Completeness {
    /// What a person must be told of a run that did not do all it was asked.
    var remark: String {
        switch self {
        case .complete: ""
        case .running: "running"
        case .incomplete(let reason): "incomplete: \(reason)"
        }
    }
}
