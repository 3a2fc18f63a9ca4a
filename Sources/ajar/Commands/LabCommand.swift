import ArgumentParser
import Catalogue
import Domain
import Foundation
import Lab
import SystemPackage

/// `ajar lab`: the practice country.
struct LabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: "A practice country of real servers with a known truth.",
        subcommands: [
            Up.self, DayCommand.self, LabDays.self, LabGiven.self, Status.self, LabRun.self, TruthCommand.self,
            ScoreCommand.self, Down.self,
        ]
    )

    /// Where the country is, and which.
    struct Place: ParsableArguments {
        @Option(
            help: "The folder that holds the country (default: ~/.local/state/ajar/lab; for root /var/lib/ajar/lab)."
        )
        var state: String?
        @Option(help: "A world file; without it the shipped world.")
        var world: String?
        @Option(help: "The number that, with the world, decides every byte.")
        var seed: UInt64 = 1
        @Flag(help: "Listen above port 1023 even as root.")
        var raisedPorts = false

        var folder: FilePath {
            let fallback = geteuid() == 0 ? "/var/lib/ajar/lab" : NSHomeDirectory() + "/.local/state/ajar/lab"
            let path = FilePath(state ?? fallback)
            return path.isAbsolute ? path : FilePath(FileManager.default.currentDirectoryPath).pushing(path)
        }

        /// The country that the options describe.
        func described(_ form: CountryForm) throws -> Country {
            try Country(
                world: try World.load(from: world.map { FilePath($0) }),
                seed: Seed(seed),
                folder: folder.lexicallyNormalized(),
                ports: geteuid() == 0 && !raisedPorts ? .usual : .raised,
                form: form
            )
        }

        /// The country that is up in the folder.
        func running() throws -> Country { try Country.open(folder.lexicallyNormalized()) }
    }

    struct Up: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Put the country up on its first day.")
        @OptionGroup var place: Place
        @Flag(help: "Give the country a network namespace of its own, so that addresses can be silent (needs root).")
        var netns = false

        func run() async throws {
            let country = try place.described(netns ? .namespaces : .loopback)
            try await country.up { print($0) }
            if netns {
                let state = place.state.map { " --state \($0)" } ?? ""
                print("it can be looked at from its observer's network alone: ajar lab run\(state) -- ajar census")
            }
            print("\(country.world.name) is up; a case can be made from \(country.folder)/scope.toml")
        }
    }

    struct DayCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "day", abstract: "Make it another day.")
        @OptionGroup var place: Place
        @Argument(help: "Such as 2024-01-15.") var day: String

        func run() async throws {
            guard let day = Day(day) else { throw ValidationError("'\(day)' is no day such as 2024-01-15") }
            try await place.running().day(day)
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what is up.")
        @OptionGroup var place: Place
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let status = try place.running().status()
            print(json ? try Output.json(status) : status.text)
        }
    }

    struct TruthCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "truth", abstract: "Print what is true, as JSON.")
        @OptionGroup var place: Place

        func run() async throws {
            print(try Output.json(try place.running().truth()))
        }
    }

    struct ScoreCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "score",
            abstract: "Compare a case with the truth."
        )
        @OptionGroup var place: Place
        @Option(name: .customLong("case"), help: "The case's folder.") var caseFolder: String
        @Flag(help: "Print JSON.") var json = false
        @Option(help: "Also write it to this file, as JSON.") var save: String?

        func run() async throws {
            let catalogue = try Catalogue(path: caseFolder + "/catalogue.sqlite")
            let score = Score(try CaseFindings(catalogue), against: try place.running().truth())
            try catalogue.close()
            if let save { try Data((Output.json(score) + "\n").utf8).write(to: URL(filePath: save), options: .atomic) }
            print(json ? try Output.json(score) : score.text)
        }
    }

    struct Down: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End every server of the country.")
        @OptionGroup var place: Place

        func run() async throws {
            try await Country.clear(place.folder.lexicallyNormalized())
        }
    }
}
