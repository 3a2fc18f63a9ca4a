import ArgumentParser
import CaseFile
import Catalogue
import Domain
import Scope

struct NoticeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice",
        abstract: "Write a notice to the owner of a door: what stands open, how to check it, how to close it."
    )

    @Argument(help: "The door's address, as `ajar doors --list` shows it.")
    var door: String

    @Option(help: "The language: \(NoticeLanguage.allCases.map(\.rawValue).joined(separator: ", ")).")
    var language = NoticeLanguage.english

    @OptionGroup var options: CaseOptions

    func run() async throws {
        guard let address = WebAddress(door) else {
            throw ValidationError("'\(door)' is no address such as https://cloud.example/data/")
        }
        let folder = try CaseFolder.find(options.folder)
        let doors = try CaseReading.catalogue(of: options).doors()
        guard let found = doors.first(where: { $0.value.address == address }) else {
            throw Complaint(.noInput, "no door was found at \(address); `ajar doors --list` shows those that were")
        }
        guard found.value.grade != .cannotTell else {
            throw Complaint(.data, "nobody can tell whether \(address) is a door: \(found.value.reason)")
        }
        let contact = try Scope.load(from: folder.scope).scope.contact
        let notice = Notice(found, contact: contact, in: language)
        try Output.print(notice.text, or: notice, asJSON: options.json)
    }
}

extension NoticeLanguage: ExpressibleByArgument {}
