import ArgumentParser
import Foundation
import Lab

/// `ajar lab run`: a command of the user's, where the country can be seen from.
struct LabRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a command in the observer's network, such as: ajar lab run -- ajar census"
    )

    @OptionGroup var place: LabCommand.Place
    @Argument(parsing: .postTerminator, help: "The command and its arguments, after '--'.")
    var command: [String] = []

    func run() async throws {
        guard !command.isEmpty else { throw ValidationError("name a command, after '--'") }
        let words = try place.running().observing(command)
        // The command takes this process's place, so that signals and its exit status need nobody in between.
        var arguments = words.map { strdup($0) } + [nil]
        execvp(words[0], &arguments)
        throw LabError(.environment, "cannot be run: \(String(cString: strerror(errno)))", at: words[0])
    }
}
