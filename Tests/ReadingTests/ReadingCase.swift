import Domain
import Foundation
import Reading
import Testing
import Vault

/// A vault with some files, a stage over the real reader, and what it read.
struct ReadingCase {
    let vault: Vault
    private(set) var items: [ReadingJob.Item] = []

    /// The reader that was built beside the tests.
    static let readerPath =
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "reader")
        .path

    init(folder: URL) async throws {
        vault = try await Vault.create(at: folder.appending(path: "vault").path)
    }

    mutating func add(_ name: String, _ bytes: [UInt8]) async throws {
        let record = ResourceRecord(
            target: "ajar:test/\(items.count)",
            contentType: "application/octet-stream",
            bytes: bytes,
            at: Timestamp(seconds: 1_705_312_800)
        )
        let seal = try await vault.seal(record)
        let input = try #require(seal.payload)
        items.append(
            ReadingJob.Item(input: input, name: PathName(bytes: Array(name.utf8)), length: UInt64(bytes.count))
        )
    }

    func read(with reader: ReaderProcess = ReaderProcess(path: readerPath)) async throws -> ReadingOutcome {
        let run = RunID("2024-01-15-read-1")
        let job = ReadingJob(id: JobID(run: run, part: 1), run: run, items: items)
        return try await ReadingStage(vault: vault, reader: reader).perform(job)
    }
}

/// Reads one file alone.
func reading(
    _ name: String,
    _ bytes: [UInt8],
    sourceLocation: SourceLocation = #_sourceLocation
) async throws -> FileReading {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ajar-reading-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var one = try await ReadingCase(folder: folder)
    try await one.add(name, bytes)
    let outcome = try await one.read(with: ReaderProcess(path: ReadingCase.readerPath, lanes: 1))
    return try #require(outcome.files.first, sourceLocation: sourceLocation)
}

extension FileReading {
    /// All values of a predicate, in order.
    func values(_ predicate: String) -> [String] {
        readings.filter { $0.predicate == predicate }.map(\.value)
    }

    func value(_ predicate: String) -> String? { values(predicate).first }
}
