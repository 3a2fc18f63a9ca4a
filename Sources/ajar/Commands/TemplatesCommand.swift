import ArgumentParser
import Doors

/// Commands about checks that others wrote.
struct TemplatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates",
        abstract: "Look at checks in the language of nuclei.",
        subcommands: [Check.self]
    )

    /// `ajar templates check`: contacts nothing.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say of each template in a folder whether it runs, and if not, what refuses it."
        )

        @Argument(help: "A folder of templates.", completion: .directory)
        var folder: String

        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let path = CaseFolder.absolute(folder)
            let report = TemplateReport(try TemplateFolder(at: path).readings(), folder: path)
            guard report.templates > 0 else { throw Complaint(.noInput, "\(path) holds no templates") }
            try Output.print(report.text, or: report, asJSON: json)
        }
    }
}

extension TemplateReport {
    fileprivate var text: String {
        var table = TextTable(header: ["TEMPLATE", "RUNS", "WHY NOT"])
        for check in checks {
            let reasons = check.refusals.map { "\($0.rule.rawValue): \($0.what)" }
            table.rows.append([check.id ?? check.file, check.runs ? "yes" : "no", reasons.first ?? ""])
        }
        let sums = "\(runs) of \(templates) templates run, \(needsOnlyFrontPage) of them over stored answers."
        let rules = refusedBy.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
        let refused = rules.isEmpty ? "" : "\nRefused by \(rules.joined(separator: ", "))."
        return table.text + "\n" + sums + refused
    }
}
