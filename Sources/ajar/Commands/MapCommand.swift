import ArgumentParser
import Catalogue
import Domain

struct MapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Draw the range, one cell an address, as it was at a time."
    )

    @OptionGroup var options: CaseOptions

    @Option(
        help: ArgumentHelp("As it was known at this time; now, when left out.", valueName: "time"),
        transform: MapCommand.time
    )
    var at: Timestamp?

    @Flag(help: "Step through the runs with the keys left and right; q ends it.")
    var slide = false

    func run() async throws {
        let history = try CaseReading.catalogue(of: options).history()
        if slide {
            guard MapSlider.isPossible else { throw Complaint(.usage, "--slide needs a terminal for its keys") }
            guard let slider = MapSlider(history) else { throw Complaint(.noInput, "no run says when it was") }
            return slider.run()
        }
        let map = RangeMap(of: history, at: at)
        try Output.print(map.text, or: map, asJSON: options.json)
    }

    private static func time(_ text: String) throws -> Timestamp {
        guard let time = Timestamp(text) else {
            throw ValidationError("'\(text)' is no time; write 2024-01-15 or 2024-01-15T20:00:00Z")
        }
        return time
    }
}

extension RangeMap {
    private static let columns = 64

    /// Rows of 64 addresses, each behind its first.
    var text: String {
        guard !cells.isEmpty else { return "No run says which addresses it asked." }
        var rows: [String] = []
        for start in stride(from: 0, to: cells.count, by: Self.columns) {
            let row = cells[start..<min(start + Self.columns, cells.count)]
            let label = "\(row[start].address)"
            rows.append(
                label + String(repeating: " ", count: max(1, 17 - label.utf8.count)) + "|"
                    + String(row.map(\.state.sign)) + "|"
            )
        }
        let counts = State.allCases.compactMap { state -> String? in
            let count = cells.count(where: { $0.state == state })
            return count == 0 ? nil : "\(state.sign == " " ? "blank" : String(state.sign)) \(state.rawValue): \(count)"
        }
        return (rows + [counts.joined(separator: "   ")]).joined(separator: "\n")
    }
}
