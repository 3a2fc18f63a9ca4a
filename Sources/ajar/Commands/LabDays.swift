import ArgumentParser
import Domain
import Lab

/// `ajar lab days`: the days that the world covers, for a loop over them.
struct LabDays: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "days",
        abstract: "List the days of the country, one a line."
    )

    @OptionGroup var place: LabCommand.Place

    func run() async throws {
        let world = try place.running().world
        for number in world.firstDay.number...world.lastDay.number { print(Day(number: number)) }
    }
}
