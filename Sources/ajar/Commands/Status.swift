import ArgumentParser
import Catalogue
import Domain

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what a case knows, what its last runs did, and what is waiting."
    )

    @OptionGroup var options: CaseOptions

    func run() async throws {
        let folder = try CaseFolder.find(options.folder)
        let catalogue = try CaseReading.catalogue(of: options)
        let status = try CaseStatus(folder: folder.path, catalogue: catalogue)
        try Output.print(status.text, or: status, asJSON: options.json)
    }
}

/// A case in a few numbers.
private struct CaseStatus: Encodable {
    var folder: String
    var services: Int
    var websites: Int
    var openDoors: Int
    var entries: Int
    var unread: Int
    var notePairs: Int
    var lastUpdate: [String: TimeBounds]
    var silenceSince: [String: Day]
    var lastRuns: [Run]

    init(folder: String, catalogue: Catalogue) throws {
        self.folder = folder
        services = try catalogue.services().filter(\.isPresent).count
        websites = try catalogue.websites().filter(\.isPresent).count
        openDoors = try catalogue.doors().count(where: \.isOpen)
        entries = try catalogue.entries().filter(\.isPresent).count
        unread = try catalogue.unread().count
        notePairs = try catalogue.notePairs().count
        lastUpdate = [:]
        silenceSince = [:]
        for source in try catalogue.sources() {
            let rhythm = try catalogue.rhythm(of: source.base)
            lastUpdate["\(source.base)"] = rhythm.lastUpdate
            silenceSince["\(source.base)"] = rhythm.silenceSince
        }
        let runs = try catalogue.runs()
        lastRuns = StageName.allCases.compactMap { stage in runs.last { $0.stage == stage } }
    }

    var text: String {
        var lines = [
            folder,
            "\(services) services, \(websites) websites, \(openDoors) doors open",
            "\(entries) entries present, \(unread) files waiting to be read, \(notePairs) note pairs",
        ]
        for (source, bounds) in lastUpdate.sorted(by: { $0.key < $1.key }) {
            let until = bounds.notAfter?.description ?? "an unknown time"
            let silence = silenceSince[source].map { "; silent since \($0)" } ?? ""
            lines.append("\(source): last update no later than \(until)\(silence)")
        }
        var table = TextTable(header: ["STAGE", "LAST RUN", "STARTED", "ENDED", ""])
        for run in lastRuns {
            let clock = run.clockWasSimulated ? "simulated clock" : ""
            table.rows.append([
                run.stage.rawValue, "\(run.id)", "\(run.started)", run.ended?.description ?? "",
                [run.completeness.remark, clock].filter { !$0.isEmpty }.joined(separator: ", "),
            ])
        }
        return (lines + [table.text]).joined(separator: "\n")
    }
}
