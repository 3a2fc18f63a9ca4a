import ArgumentParser
import Catalogue
import Domain

struct DoorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doors",
        abstract: "Find the doors that stand open without a credential, each with its proof."
    )

    @OptionGroup var options: CaseOptions

    @Flag(help: "Show what is known; contact nothing.")
    var list = false

    func run() async throws {
        if !list { _ = try await Pipeline.on(options) { try await $0.doors() } }
        let catalogue = try CaseReading.catalogue(of: options)
        let doors = Listing(doors: try catalogue.doors(), rejections: try catalogue.rejections())
        try Output.print(doors.text, or: doors, asJSON: options.json)
    }

    private struct Listing: Encodable {
        var doors: [Lasting<Door>]
        var rejections: [DoorRejection]

        var text: String {
            var table = TextTable(header: ["DOOR", "KIND", "FIRST SEEN", "LAST SEEN", "PROOF"])
            for door in doors {
                table.rows.append([
                    "\(door.value.address)", door.value.kind.rawValue, "\(door.firstSeen.day)",
                    door.isPresent ? "\(door.lastSeen.day)" : "\(door.lastSeen.day), shut since",
                    door.value.proof.map { "\($0.role.rawValue) \($0.status)" }.joined(separator: ", "),
                ])
            }
            var rejected = TextTable(header: ["NO DOOR", "WHY"])
            for rejection in rejections { rejected.rows.append(["\(rejection.address)", rejection.reason]) }
            return rejections.isEmpty ? table.text : table.text + "\n\n" + rejected.text
        }
    }
}
