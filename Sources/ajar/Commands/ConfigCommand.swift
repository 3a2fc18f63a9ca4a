import ArgumentParser

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Print the settings in force for a case."
    )

    @OptionGroup var options: CaseOptions

    func run() async throws {
        let folder = try CaseFolder.find(options.folder)
        let configuration = try Configuration.load(folder.configuration)
        try Output.print(configuration.text(), or: configuration, asJSON: options.json)
    }
}
