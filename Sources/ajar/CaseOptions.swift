import ArgumentParser
import Domain

/// What every command on a case takes.
struct CaseOptions: ParsableArguments {
    @Option(
        name: .customLong("case"),
        help: ArgumentHelp("The case's folder.", valueName: "dir"),
        completion: .directory
    )
    var folder: String?

    @Option(
        help: ArgumentHelp(
            "Go by a simulated clock that starts at this time; every run records that it was simulated.",
            valueName: "time"
        ),
        transform: CaseOptions.time
    )
    var clock: Timestamp?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print only what was asked for, and errors.")
    var quiet = false

    var caseClock: CaseClock { clock.map(CaseClock.simulated(from:)) ?? .system }

    private static func time(_ text: String) throws -> Timestamp {
        guard let time = Timestamp(text) else {
            throw ValidationError("'\(text)' is no time; write 2024-01-15 or 2024-01-15T20:00:00Z")
        }
        return time
    }
}
