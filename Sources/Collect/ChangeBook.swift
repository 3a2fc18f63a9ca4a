import Domain
import Foundation
import Vault

/// What a walk tells of, in bounded memory: where it is more than an outcome should hold, the first of it goes into a sealed
/// record of its own.
struct ChangeBook {
    /// What is held here, and so in the outcome, at most; a step of the walk may go a little beyond.
    static let most = 8_192

    private(set) var changes: [EntryChange] = []
    private(set) var lateBytes: [LateBytes] = []
    private var writer: ResourceWriter?
    private var counts: [String: Int] = [:]

    var isFull: Bool { changes.count + lateBytes.count >= Self.most }

    mutating func add(_ change: EntryChange) { changes.append(change) }

    mutating func add(_ late: LateBytes) { lateBytes.append(late) }

    /// Writes what is held to the record of the job.
    mutating func write(for job: CollectJob, to vault: Vault, at now: Timestamp) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var lines: [UInt8] = []
        for change in changes {
            lines += try encoder.encode(FurtherChanges.Line(change: change))
            lines.append(UInt8(ascii: "\n"))
            counts[change.kind.rawValue, default: 0] += 1
        }
        for late in lateBytes {
            lines += try encoder.encode(FurtherChanges.Line(late: late))
            lines.append(UInt8(ascii: "\n"))
        }
        (changes, lateBytes) = ([], [])
        let record = ResourceRecord(
            target: "ajar:collect-changes/\(job.id)",
            contentType: "application/jsonl",
            bytes: [],
            at: now
        )
        let (known, block) = (writer, lines)
        writer = try await Self.undisturbed {
            let writer = if let known { known } else { try await vault.beginResource(record) }
            try await writer.append(block)
            return writer
        }
    }

    /// Seals the record; nil where there is none.
    mutating func finish() async throws -> FurtherChanges? {
        guard let writer else { return nil }
        self.writer = nil
        return FurtherChanges(seal: try await Self.undisturbed { try await writer.finish().resource }, counts: counts)
    }

    /// Drops the record of a walk that failed.
    func abandon() async { await writer?.abandon() }

    /// A cancelled run must still leave what it saw: a task of its own does not know of the cancellation.
    private static func undisturbed<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do { return try await Task { try await work() }.value } catch let error as VaultError {
            throw CollectError(.vault, "sealing what changed: \(error)")
        }
    }
}
