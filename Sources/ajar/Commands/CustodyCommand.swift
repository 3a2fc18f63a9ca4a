import ArgumentParser
import Domain
import Vault

struct CustodyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "custody",
        abstract: "Say who did what with a case, when, with which version and settings.",
        subcommands: [List.self, CustodyKey.self],
        defaultSubcommand: List.self
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say who did what with a case, when, with which version and settings."
        )

        @OptionGroup var options: CaseOptions

        func run() async throws {
            let vault = try await CaseReading.vault(of: options)
            let entries = try await vault.custody()
            await vault.close()
            var table = TextTable(header: ["BEGAN", "ENDED", "WHO", "WHAT", "WITH", "LEAVES", "SETTINGS", ""])
            for entry in entries {
                let act = entry.act
                let leaves = entry.leaves.map(String.init).joined(separator: " ")
                table.rows.append([
                    "\(act.began)", act.ended?.description ?? "not told", act.actor, act.kind.rawValue, act.tool,
                    leaves.isEmpty ? "waits to be sealed" : leaves, act.settingsLine, act.remark,
                ])
            }
            try Output.print(table, or: entries, asJSON: options.json)
        }
    }
}

extension CustodyAct {
    /// Settings in one line; digests are cut, for they stand whole in the JSON.
    fileprivate var settingsLine: String {
        settings.sorted { $0.key < $1.key }.map { name, value in
            "\(name)=\(Digest(value) == nil ? value : String(value.prefix(12)) + "…")"
        }
        .joined(separator: " ")
    }

    fileprivate var remark: String {
        let items = items.isEmpty ? nil : items.map { String("\($0)".prefix(12)) + "…" }.joined(separator: " ")
        return [outcome == "complete" ? nil : outcome, items].compactMap(\.self).joined(separator: "; ")
    }
}
