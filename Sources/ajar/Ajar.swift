import ArgumentParser
import CMalloc
import Domain

/// The program. One command a file, in Commands.
@main
struct Ajar: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ajar",
        abstract:
            "Watch a small address space, find the doors left ajar, and turn what lies behind them into evidence.",
        discussion: """
            Ajar contacts nothing outside a case's scope file, sends no credentials, and writes nothing to a server.
            """,
        version: ajarVersion,
        groupedSubcommands: [
            CommandGroup(
                name: "An investigation:",
                subcommands: [
                    Init.self, Investigate.self, Watch.self, NewsCommand.self, Status.self, ReportCommand.self,
                    DeskCommand.self,
                ]
            ),
            CommandGroup(
                name: "Stage by stage:",
                subcommands: [
                    CensusCommand.self, DoorsCommand.self, NoticeCommand.self, CollectCommand.self, ReadCommand.self,
                    IdentifyCommand.self,
                    TraceCommand.self,
                ]
            ),
            CommandGroup(
                name: "The network over time:",
                subcommands: [
                    ImportCommand.self, RunsCommand.self, HistoryCommand.self, EventsCommand.self, DiffCommand.self,
                    MapCommand.self,
                ]
            ),
            CommandGroup(
                name: "Care and practice:",
                subcommands: [
                    Verify.self, CheckpointCommand.self, ExportCommand.self, CustodyCommand.self, WithholdCommand.self,
                    UnlockCommand.self, HashesCommand.self, StoreCommand.self, TemplatesCommand.self,
                    ListingCommand.self,
                    ConfigCommand.self,
                    LabCommand.self,
                ]
            ),
        ]
    )

    /// Every error becomes one line on standard error and an exit code of sysexits.h.
    static func main() async {
        // Else arrays that grew to many megabytes are kept by the allocator after they are let go (mallopt(3)).
        mallopt(M_MMAP_THRESHOLD, 4 << 20)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error where isArgumentParserError(error) {
            exit(withError: error)
        } catch {
            let complaint = Complaint(error)
            // One line, and no control character: names that strangers gave may stand in it.
            ProgressReport.write("ajar: \(PathName(bytes: complaint.description.utf8).display)\n")
            exit(withError: ExitCode(complaint.code.rawValue))
        }
    }

    /// Usage errors, help and version requests keep the library's own wording and exit codes.
    private static func isArgumentParserError(_ error: any Error) -> Bool {
        error is ExitCode || error is CleanExit || error is ValidationError
            || String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
    }
}
