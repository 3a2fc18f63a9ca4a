import ArgumentParser
import Catalogue
import Domain

struct IdentifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify",
        abstract: "Tell whose work it is: project, season, episode, cut; and what stays unidentified."
    )

    @OptionGroup var options: CaseOptions

    @Flag(help: "Show what is known; conclude nothing new.")
    var list = false

    func run() async throws {
        if !list { _ = try await Pipeline.on(options) { try await $0.identify() } }
        let identifications = try CaseReading.catalogue(of: options).identifications()
        var counts: [String: (entries: Int, episodes: Set<String>)] = [:]
        for identification in identifications {
            let name = identification.status.title
            counts[name, default: (0, [])].entries += 1
            if let episode = identification.work.episode {
                counts[name]?.episodes.insert("\(identification.work.season.map { "\($0)." } ?? "")\(episode)")
            }
        }
        var table = TextTable(header: ["PROJECT", "ENTRIES", "EPISODES"])
        for (name, count) in counts.sorted(by: { $0.value.entries > $1.value.entries }) {
            table.rows.append([name, "\(count.entries)", count.episodes.sorted().joined(separator: " ")])
        }
        try Output.print(table, or: identifications, asJSON: options.json)
    }
}

extension Identification.Status {
    fileprivate var title: String {
        switch self {
        case .identified(let project): project
        case .reference: "(reference material)"
        case .unidentified: "(unidentified)"
        }
    }
}
