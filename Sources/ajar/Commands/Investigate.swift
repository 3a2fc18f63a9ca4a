import ArgumentParser
import Domain

struct Investigate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Walk the whole corridor: census, doors, collect, read, identify, trace, report."
    )

    @OptionGroup var options: CaseOptions

    func run() async throws {
        let place = try await Pipeline.on(options) { try await $0.investigate() }
        try Output.print("The report is \(place).", or: ["report": place], asJSON: options.json)
    }
}

extension Pipeline {
    /// Every stage in turn, and `afterDoors` once doors are known. Returns where the report lies.
    func investigate(afterDoors: () async throws -> Void = {}) async throws -> String {
        let report = ProgressReport("investigate", isQuiet: isQuiet)
        let census = try await census()
        report.say("census: \(census.services.count) services, \(census.websites.count) websites")
        let doors = try await doors()
        let open = doors.doors.count { $0.grade != .cannotTell }
        report.say("doors: \(open) open, \(doors.rejections.count) that looked open and are not")
        try await afterDoors()
        let collected = try await collect()
        let changes = collected.reduce(0) { $0 + $1.changeCounts.values.reduce(0, +) }
        report.say("collect: \(collected.count) sources, \(changes) changes")
        report.say("read: \(try await read()) files")
        let identified = try await identify().identifications.filter {
            if case .identified = $0.status { true } else { false }
        }
        report.say("identify: \(identified.count) entries")
        report.say("trace: \(try await trace(logs: []).reduce(0) { $0 + $1.visitors.count }) visitors")
        try Task.checkCancellation()
        return try await writeReport()
    }
}
