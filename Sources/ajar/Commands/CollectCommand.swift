import ArgumentParser
import Catalogue
import Domain
import Foundation

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
            let counts = outcome.changeCounts
            table.rows.append(
                ["\(outcome.source.base)", "\(outcome.counts.entries)"]
                    + ChangeKind.allCases.map { "\(counts[$0] ?? 0)" }
                    + ["\(outcome.counts.bodyBytes)", outcome.completeness.remark]
            )
        }
        try Output.print(table, or: outcomes, asJSON: options.json)
        guard !options.json else { return }
        for outcome in outcomes { if let words = outcome.audit?.words { print("\(outcome.source.base): \(words)") } }
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

extension Audit {
    /// What was read again and what that proves; nil where there was nothing to read again.
    fileprivate var words: String? {
        guard files > 0 else { return nil }
        let percent = { (part: Double) in (part * 100).formatted(.number.precision(.significantDigits(1...2))) + " %" }
        var words = "of \(files) unchanged files \(drawn) were read again by chance and \(overdue) for their age; "
        words += changed == 0 ? "none had changed without a sign" : "\(changed) had changed without a sign"
        if let changedAtMost { words += " (with 95 % confidence at most \(percent(changedAtMost)) of all had)" }
        if unread > 0 { words += "; \(unread) could not be read" }
        let chances = chances.map { "\($0.days) d: \(percent($0.probability))" }.joined(separator: ", ")
        return words + "; such a change is found within \(chances)"
    }
}
