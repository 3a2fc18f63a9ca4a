import ArgumentParser

@main
struct Ajar: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ajar",
        abstract: "An Internet observatory for a small address space.",
        subcommands: [LabCommand.self]
    )
}
