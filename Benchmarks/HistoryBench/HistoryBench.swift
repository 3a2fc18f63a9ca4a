import Catalogue
import Census
import Domain
import Foundation

/// Times the history on made-up runs: `history-bench years` (ten years of daily runs of a /22) and
/// `history-bench large [RUNS]` (a million services a run).
@main
enum HistoryBench {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let folder = FileManager.default.temporaryDirectory.appending(path: "history-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var book = try BenchBook(path: folder.appending(path: "catalogue.sqlite").path)
        if arguments.first == "large" {
            try large(&book, runs: arguments.dropFirst().first.flatMap { Int($0) } ?? 5)
        } else {
            try years(&book)
        }
    }

    /// Ten years: 3,650 files of nmap, each read, recorded, and asked for.
    private static func years(_ book: inout BenchBook) throws {
        var range = DailyRange()
        let clock = ContinuousClock()
        let took = try clock.measure {
            for day in 0..<3_650 { try book.take(range.report(day), name: "\(day).txt") }
        }
        try book.settle()
        print("ten years, \(book.observations) observations: imported in \(took), catalogue \(book.size) bytes")
        let catalogue = try Catalogue(path: book.path)
        var slowest = Duration.zero
        for address in range.addresses.prefix(20) {
            slowest = max(slowest, try clock.measure { try timeLines(of: address, in: catalogue) })
        }
        print("history of a host: at most \(slowest) of 20 hosts")
        let events = try clock.measure { print("events: \(HistoryEvents(try catalogue.history()).events.count)") }
        print("all events: \(events)")
    }

    private static func timeLines(of address: IPAddress, in catalogue: Catalogue) throws {
        let history = try catalogue.history(of: address)
        let shown = try catalogue.shownPorts(history)
        let lines = history.services(of: address).map {
            ServiceTimeLine(of: $0, in: history, shown: shown, agreement: Agreement())
        }
        precondition(!lines.isEmpty)
    }

    /// A million services a run, one in a hundred of them another one each time.
    private static func large(_ book: inout BenchBook, runs: Int) throws {
        let clock = ContinuousClock()
        for run in 0..<runs {
            let text = LargeScan.text(run)
            let before = book.observations
            let took = try clock.measure { try book.take(text, name: "\(run).list") }
            let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
            let count = book.observations - before
            print("run \(run): \(count) observations in \(took), \(Int(Double(count) / seconds)) a second")
        }
        try book.settle()
        print("catalogue \(book.size) bytes after \(runs) runs")
    }
}
