package import Domain
package import Vault

/// Turns an access log of the vault into visits and visitors, with kind of line and places as the sources have them.
///
/// Without data files the visitors are listed all the same, as ordinary lines without places; the outcome's
/// ``TraceOutcome/sources`` then is empty, and reports say that nothing was looked up.
package struct TraceStage: Stage {
    /// How many visitors are listed, at most: each is looked up in every list.
    package static let visitorLimit = 1_000_000

    private let vault: Vault
    private let clock: CaseClock
    private let progress: @Sendable (StageProgress) -> Void

    package init(
        vault: Vault,
        clock: CaseClock = .system,
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) {
        self.vault = vault
        self.clock = clock
        self.progress = progress
    }

    package func perform(_ job: TraceJob) async throws -> TraceOutcome {
        let book = try VisitorBook(job.data)
        let (scan, problem) = try await scanLog(job)
        let visits = scan.visits.visits()
        let clients = Set(visits.map(\.client)).sorted()
        let visitors = try clients.prefix(Self.visitorLimit).map { try book.visitor($0) }
        let tooMany =
            scan.visits.dropped > 0 || clients.count > Self.visitorLimit
            ? "more clients than are listed: \(scan.visits.dropped) requests and \(clients.count - visitors.count) visitors left out"
            : nil
        return TraceOutcome(
            job: job.id,
            run: job.run,
            completeness: (problem ?? tooMany).map { .incomplete(reason: $0) } ?? .complete,
            log: job.log,
            foundAt: job.foundAt,
            lines: scan.lines,
            unparsedLines: scan.unparsedLines,
            unparsed: try await sealUnparsed(of: scan, job),
            visits: visits,
            visitors: visitors,
            sources: book.sources,
            during: during(visits)
        )
    }

    /// Reads the log piece by piece; the text says why it was not read to its end.
    private func scanLog(_ job: TraceJob) async throws -> (LogScan, problem: String?) {
        let reader = try vault.open(payload: job.log)
        var scan = LogScan()
        var read = 0
        while let piece = try reader.next(upTo: 1 << 20) {
            // A compressed log has no lines; saying so beats ten thousand unparsed ones.
            if read == 0, let packing = Self.packing(of: piece) { return (scan, "the log is packed with \(packing)") }
            scan.read(piece)
            read += piece.count
            progress(StageProgress(done: scan.lines, total: nil, what: "lines"))
            guard !Task.isCancelled else {
                scan.finish()
                return (scan, "cancelled after \(scan.lines) lines")
            }
            await Task.yield()
        }
        scan.finish()
        return (scan, nil)
    }

    private static func packing(of piece: [UInt8]) -> String? {
        let signatures: [(String, [UInt8])] = [
            ("gzip", [0x1f, 0x8b]), ("bzip2", Array("BZh".utf8)), ("xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a]),
            ("zstd", [0x28, 0xb5, 0x2f, 0xfd]),
        ]
        return signatures.first { piece.starts(with: $0.1) }?.0
    }

    private func sealUnparsed(of scan: LogScan, _ job: TraceJob) async throws -> Seal? {
        guard !scan.unparsed.isEmpty else { return nil }
        return try await vault.seal(
            ResourceRecord(
                target: "ajar:trace/\(job.log)/unparsed",
                contentType: "application/octet-stream",
                bytes: scan.unparsed,
                at: clock.now(),
                kind: .resource
            )
        )
    }

    private func during(_ visits: [Visit]) -> TimeBounds? {
        guard let first = visits.map(\.first).min(), let last = visits.map(\.last).max() else { return nil }
        return TimeBounds(notBefore: first, notAfter: last)
    }
}
