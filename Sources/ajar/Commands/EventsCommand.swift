import ArgumentParser
import Catalogue
import Domain

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Tell what changed on the network, with the runs that say so.",
        discussion: """
            Only like is compared with like: runs that asked the same addresses and ports in the same way. What too few \
            of them agree on is told as unconfirmed. Failed runs are no ground for anything, and are named.
            """
    )

    @OptionGroup var options: CaseOptions
    @OptionGroup var agreement: AgreementOptions

    @Option(
        help: ArgumentHelp("Tell what may have happened at this time or later.", valueName: "time"),
        transform: EventsCommand.time
    )
    var since: Timestamp?

    @Flag(help: "Leave out what is not confirmed.")
    var confirmed = false

    func run() async throws {
        let history = try CaseReading.catalogue(of: options).history()
        let found = HistoryEvents(history, agreement: agreement.agreement)
        let events = found.events.filter { event in
            (event.isConfirmed || !confirmed)
                && since.map { event.when.notAfter ?? .init(microseconds: .max) >= $0 } ?? true
        }
        let listing = Listing(agreement: agreement.agreement, events: events, leftOut: found.leftOut)
        try Output.print(listing.text, or: listing, asJSON: options.json)
    }

    private static func time(_ text: String) throws -> Timestamp {
        guard let time = Timestamp(text) else {
            throw ValidationError("'\(text)' is no time; write 2024-01-15 or 2024-01-15T20:00:00Z")
        }
        return time
    }

    private struct Listing: Encodable {
        var agreement: Agreement
        var events: [HistoryEvent]
        var leftOut: [SilentRun]

        var text: String {
            var table = TextTable(header: ["AFTER", "NO LATER THAN", "WHAT", "WHERE", "", "RUNS"])
            for event in events where event.partOf == nil {
                table.rows.append([
                    event.when.notBefore.map { "\($0.roundedDown)" } ?? "?",
                    event.when.notAfter.map { "\($0.roundedDown)" } ?? "?",
                    event.kind.rawValue + (event.isConfirmed ? "" : " (unconfirmed)"), event.subject,
                    detail(event), event.runs.map(\.description).joined(separator: " "),
                ])
            }
            let none = "Nothing changed, as far as runs that can be compared say."
            let left = leftOut.map { PathName(bytes: "No ground for a change: \($0.run): \($0.why)".utf8).display }
            return ([events.isEmpty ? none : table.text] + left).joined(separator: "\n")
        }

        private func detail(_ event: HistoryEvent) -> String {
            let change = [event.from, event.to].compactMap(\.self).joined(separator: " -> ")
            let parts = events.filter { $0.partOf == event.subject && $0.runs.first == event.runs.first }
            return change + (parts.isEmpty ? "" : "with " + parts.map(\.subject).joined(separator: " "))
        }
    }
}
