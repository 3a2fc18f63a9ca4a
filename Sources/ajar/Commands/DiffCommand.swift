import ArgumentParser
import Catalogue
import Domain

struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Hold two runs side by side, where both of them looked, and say what was left out."
    )

    @OptionGroup var options: CaseOptions

    @Argument(help: ArgumentHelp("The earlier run, as `ajar runs` names it.", valueName: "run"))
    var first: String

    @Argument(help: ArgumentHelp("The later run.", valueName: "run"))
    var second: String

    func run() async throws {
        let history = try CaseReading.catalogue(of: options).history()
        let comparison = RunComparison(try run(first, in: history), try run(second, in: history), in: history)
        try Output.print(comparison.text, or: comparison, asJSON: options.json)
    }

    private func run(_ name: String, in history: History) throws(Complaint) -> CensusRun {
        guard let run = history.runs.first(where: { $0.name.description == name }) else {
            throw Complaint(.usage, "no run is called \(name); `ajar runs` lists them")
        }
        return run
    }
}

extension RunComparison {
    fileprivate var text: String {
        var table = TextTable(header: ["", "SERVICE", "BEFORE", "AFTER"])
        for (sign, differences) in [("+", appeared), ("-", vanished), ("~", changed)] {
            table.rows += differences.map { [sign, "\($0.service)", $0.before, $0.after] }
        }
        let like =
            isLikeWithLike
            ? "Both asked the same in the same way." : "They did not ask the same; only what both asked is compared."
        let differences = table.rows.isEmpty ? "No difference." : table.text
        let left = leftOut.map { PathName(bytes: "Left out: \($0.what): \($0.why)".utf8).display }
        return ([like, differences, "\(same) services the same."] + left).joined(separator: "\n")
    }
}
