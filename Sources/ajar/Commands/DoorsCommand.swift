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

    @Option(help: "Run the templates of this folder instead of the checks that Ajar has.", completion: .directory)
    var templates: String?

    func run() async throws {
        if let templates, list { throw ValidationError("--templates \(templates) contacts servers; --list does not") }
        if let templates {
            let folder = CaseFolder.absolute(templates)
            _ = try await Pipeline.on(options) { try await $0.templates(in: folder) }
        } else if !list {
            _ = try await Pipeline.on(options) { try await $0.doors() }
        }
        let catalogue = try CaseReading.catalogue(of: options)
        let doors = Listing(
            doors: try catalogue.doors(),
            rejections: try catalogue.rejections(),
            templates: try catalogue.templateFindings()
        )
        try Output.print(doors.text, or: doors, asJSON: options.json)
    }

    private struct Listing: Encodable {
        var doors: [Lasting<Door>]
        var rejections: [DoorRejection]
        /// What templates found: no doors of Ajar's own, and told apart from them.
        var templates: [Lasting<TemplateFinding>]

        var text: String { [doorsText, templatesText].compactMap(\.self).joined(separator: "\n\n") }

        private var templatesText: String? {
            guard !templates.isEmpty else { return nil }
            var table = TextTable(header: [
                "TEMPLATE", "AUTHOR'S SEVERITY", "GRADE", "LAST SEEN", "WHERE", "WHY THAT GRADE",
            ])
            for lasting in templates {
                let finding = lasting.value
                table.rows.append([
                    finding.template, finding.severity, finding.grade.rawValue,
                    lasting.isPresent ? "\(lasting.lastSeen.day)" : "\(lasting.lastSeen.day), not found since",
                    finding.place, finding.reason,
                ])
            }
            return table.text
        }

        private var doorsText: String {
            var table = TextTable(header: ["DOOR", "KIND", "FIRST SEEN", "LAST SEEN", "GRADE", "PROOF"])
            for door in doors {
                table.rows.append([
                    "\(door.value.address)", door.value.kind.rawValue, "\(door.firstSeen.day)",
                    door.isPresent ? "\(door.lastSeen.day)" : "\(door.lastSeen.day), shut since",
                    door.value.grade.rawValue,
                    door.value.proof.map { step in
                        step.status.map { "\(step.role.rawValue) \($0)" } ?? step.role.rawValue
                    }.joined(separator: ", "),
                ])
            }
            var rejected = TextTable(header: ["NO DOOR", "WHY"])
            for rejection in rejections { rejected.rows.append(["\(rejection.address)", rejection.reason]) }
            return rejections.isEmpty ? table.text : table.text + "\n\n" + rejected.text
        }
    }
}
