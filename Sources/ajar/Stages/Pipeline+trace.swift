import Catalogue
import Domain
import Foundation
import Trace
import Vault

extension Pipeline {
    /// Works out who came, from the access logs among the entries and from those given by hand.
    func trace(logs files: [String]) async throws -> [TraceOutcome] {
        let folders =
            [folder.lists] + configuration.dataFolders.map { NSString(string: $0).expandingTildeInPath }
        let data = try folders.flatMap { try DataFolder.load($0) }
        let settings = Dictionary(data.map { ($0.source.name, $0.source.date?.description ?? "undated") }) { first, _ in
            first
        }
        var logs = try catalogue.logEntries().compactMap { entry in
            entry.version?.payload.map { (digest: $0, foundAt: "\(entry.source)\(entry.path)") }
        }
        for file in files { logs.append(try await seal(log: file)) }
        return try await run(.trace, settings: settings) { run in
            var outcomes: [TraceOutcome] = []
            for (number, log) in logs.enumerated() where !Task.isCancelled {
                let job = TraceJob(
                    id: JobID(run: run.id, part: number),
                    run: run.id,
                    log: log.digest,
                    foundAt: log.foundAt,
                    data: data
                )
                outcomes.append(try await perform(job, by: TraceStage(vault: vault), as: StageOutcome.trace))
            }
            let problem = outcomes.first { $0.completeness != .complete }?.completeness
            return (outcomes, outcomes.count == logs.count ? problem ?? .complete : .incomplete(reason: "interrupted"))
        }
    }

    /// The most bytes of a log given by hand, which is sealed as one record from memory.
    private static let longestLog = 512 << 20

    /// A log from this machine becomes evidence before it is read.
    private func seal(log file: String) async throws -> (digest: Digest, foundAt: String) {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(filePath: file), options: .mappedIfSafe)
            guard bytes.count <= Self.longestLog else {
                throw Complaint(
                    .data,
                    "the log \(file) has over \(Self.longestLog) bytes; split it, as logs are rotated"
                )
            }
        } catch let complaint as Complaint {
            throw complaint
        } catch {
            throw Complaint(.noInput, "cannot read the log \(file): \(error.localizedDescription)")
        }
        let name = URL(filePath: file).lastPathComponent
        let seal = try await vault.seal(
            ResourceRecord(
                target: "ajar:log/\(PathName(bytes: name.utf8))",
                contentType: "application/octet-stream",
                bytes: Array(bytes),
                at: clock.now()
            )
        )
        guard let digest = seal.payload else {
            throw Complaint(.software, "the log \(file) was sealed without a digest")
        }
        return (digest, "file \(name)")
    }
}
