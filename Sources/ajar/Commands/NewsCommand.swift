import ArgumentParser
import CaseFile
import Domain
import Scope

struct NewsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "news",
        abstract: "Tell what is new in a case since a day, as the digest of `ajar watch` does."
    )

    @OptionGroup var options: CaseOptions

    @Option(
        help: ArgumentHelp(
            "Tell what was first seen on this day or later; everything, when it is left out.",
            valueName: "day"
        ),
        transform: NewsCommand.day
    )
    var since: Day?

    func run() async throws {
        let folder = try CaseFolder.find(options.folder)
        let catalogue = try CaseReading.catalogue(of: options)
        // What was first seen is told of from the instant before the day on.
        let before = since.map { Timestamp(microseconds: $0.start.microseconds - 1) }
        let name = try Scope.load(from: folder.scope).scope.name
        let news = try News(digestOf: catalogue, name, since: before, composed: options.caseClock.now())
        try Output.print(news.text, or: news, asJSON: options.json)
    }

    private static func day(_ text: String) throws -> Day {
        guard let day = Day(text) else { throw ValidationError("'\(text)' is no day; write 2024-01-15") }
        return day
    }
}
