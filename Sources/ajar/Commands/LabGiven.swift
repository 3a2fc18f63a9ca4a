import ArgumentParser
import Lab

/// `ajar lab given`: where the files lie that an investigator of the country would be given.
struct LabGiven: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "given",
        abstract: "Print the folder with the scope file, the projects file and the lists of the country."
    )

    @OptionGroup var place: LabCommand.Place

    func run() async throws {
        print(try place.running().folder)
    }
}
