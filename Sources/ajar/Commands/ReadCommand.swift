import ArgumentParser
import Catalogue
import Domain

struct ReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Read what was collected: types, pictures, clips, texts, sheets, notes."
    )

    @OptionGroup var options: CaseOptions

    @Flag(help: "Show what is known; read nothing.")
    var list = false

    func run() async throws {
        if !list { _ = try await Pipeline.on(options) { try await $0.read() } }
        let catalogue = try CaseReading.catalogue(of: options)
        var table = TextTable(header: ["STATUS", "TYPE", "FILES"])
        for row in try catalogue.readingCounts() { table.rows.append([row.status, row.mime, "\(row.count)"]) }
        try Output.print(table, or: options.json ? try catalogue.readings() : [], asJSON: options.json)
    }
}
