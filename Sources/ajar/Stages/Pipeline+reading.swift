import Catalogue
import Domain
import Foundation
import Reading

extension Pipeline {
    /// How many files one job reads: small enough that an interruption loses little.
    private static let batch = 200

    /// Reads every collected file that was not read yet. Returns how many.
    func read() async throws -> Int {
        let items = try catalogue.unread()
        guard !items.isEmpty else { return 0 }
        var reader = ReaderProcess(path: Self.readerPath)
        if configuration.readers > 0 { reader.lanes = configuration.readers }
        let lists = try folder.hashLists()
        let settings = try await reader.greeting().settings.merging(lists.settings) { own, _ in own }
        return try await run(.reading, settings: settings) { run in
            let report = ProgressReport("read", isQuiet: isQuiet)
            var count = 0
            for start in stride(from: 0, to: items.count, by: Self.batch) where !Task.isCancelled {
                let batch = Array(items[start..<min(start + Self.batch, items.count)])
                let job = ReadingJob(id: JobID(run: run.id, part: start / Self.batch), run: run.id, items: batch)
                let stage = ReadingStage(vault: vault, reader: reader, lists: lists) {
                    report.show(StageProgress(done: start + $0.done, total: items.count, what: "files"))
                }
                count += try await perform(job, by: stage, as: StageOutcome.reading).files.count
            }
            report.finish()
            return (count, count == items.count ? .complete : .incomplete(reason: "\(items.count - count) files left"))
        }
    }

    /// The reader lies beside this program.
    private static var readerPath: String {
        let program = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        return program.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "reader").path
    }
}
