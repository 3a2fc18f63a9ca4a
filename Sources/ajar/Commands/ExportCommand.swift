import ArgumentParser
import CaseFile
import Domain
import Vault

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write sealed items to a bundle that others can check without the case.",
        discussion: """
            Formats: \(exporters.map(\.format).joined(separator: ", ")). Without a choice it is the whole case. The export \
            itself is sealed. `ajar verify BUNDLE` checks what was written; docs/exports.md says how others can.
            """
    )

    @OptionGroup var options: CaseOptions

    @Option(help: ArgumentHelp("The form of the bundle.", valueName: "format"))
    var format: String

    @Option(help: ArgumentHelp("Where to write it; there must be nothing there.", valueName: "path"))
    var output: String

    @Option(help: ArgumentHelp("Only this source: its address, or a part that no other has.", valueName: "source"))
    var source: String?

    @Option(
        help: ArgumentHelp("Only what was seen on this day, in UTC.", valueName: "day"),
        transform: ExportCommand.day
    )
    var day: Day?

    @Flag(help: "Only the exhibits of the report, with the report.")
    var report = false

    func validate() throws {
        guard exporters.contains(where: { $0.format == format }) else {
            let known = exporters.map(\.format).joined(separator: ", ")
            throw ValidationError("--format takes one of \(known); '\(format)' is none")
        }
        guard [source != nil, day != nil, report].filter({ $0 }).count <= 1 else {
            throw ValidationError("choose one of --source, --day and --report")
        }
    }

    func run() async throws {
        guard let exporter = exporters.first(where: { $0.format == format }) else { return }
        let (scope, target) = (scope, CaseFolder.absolute(output))
        let summary = try await Pipeline.on(options) { try await $0.export(scope, by: exporter, to: target) }
        try Output.print(summary.text, or: summary, asJSON: options.json)
    }

    private var scope: ExportScope {
        if let source { return .source(source) }
        if let day { return .day(day) }
        return report ? .report : .everything
    }

    private static func day(_ text: String) throws -> Day {
        guard let day = Day(text) else { throw ValidationError("'\(text)' is no day; write 2024-01-15") }
        return day
    }
}

extension ExportSummary {
    fileprivate var text: String {
        let counts = bundle.counts
        // The one file that every form has, and that says of each item why.
        let missing =
            counts.missing == 0 ? "" : "; the bytes of \(counts.missing) items are not in it: see proof/leaves.jsonl"
        let locked =
            counts.locked == 0 ? "" : "; of \(counts.locked) they are in it encrypted, for whoever has the key"
        return """
            \(output.shown) has \(scope.shown) as \(format): \(counts.items) items, \(counts.files) files, \
            \(counts.bytes) bytes\(missing)\(locked).
            Leaf \(leaf) of the ledger says so, by the SHA-256 \(bundle.digest).
            """
    }
}
