import Catalogue
import Census
import Domain
import Foundation
import Vault

/// What became of one file that was to be imported.
struct ImportedScan: Encodable {
    enum Standing: String, Encodable {
        /// A run that was not known.
        case imported
        /// A file of a run that was known, which tells more of it and takes its place.
        case replaced
        /// A file of a run that is known, under another name or with other bytes at its end.
        case known
        /// The bytes of a file that was imported before.
        case sameBytes = "same bytes"
        case refused
    }

    var file: String
    var standing: Standing
    /// The run it is of.
    var run: RunID?
    var sha256: Digest?
    var format: String?
    var lines: Int?
    /// Lines that are known to hold nothing of use.
    var passedOver: Int?
    /// What was not understood, each with file and line.
    var faults: [String] = []
    var census: CensusRun?
    var refusal: String?
    /// The exit code that a refusal asks for.
    var code: Int32 = 0

    enum CodingKeys: CodingKey {
        case file, standing, run, sha256, format, lines, passedOver, faults, refusal
    }
}

extension Pipeline {
    /// The most bytes of a scan file, which is sealed as one record from memory.
    private static let longestScan = 512 << 20

    /// Imports scan files one after another. A file that is refused keeps no other from being imported.
    func importScans(_ files: [String], vantage: String, hints: ImportHints) async throws -> [ImportedScan] {
        var results: [ImportedScan] = []
        var waiting: [(path: String, index: Int)] = []
        for path in files {
            if let known = try known(path, hints) {
                results.append(known)
            } else {
                waiting.append((path, results.count))
                results.append(ImportedScan(file: path, standing: .refused))
            }
        }
        guard !waiting.isEmpty else { return results }
        let settings = ["files": "\(waiting.count)", "vantage": vantage]
        let imported = try await run(.imports, settings: settings) { run in
            var imported: [(ImportedScan, Int)] = []
            for (number, file) in waiting.enumerated() where !Task.isCancelled {
                let id = JobID(run: run.id, part: number)
                imported.append((try await importScan(file.path, id, run, vantage, hints), file.index))
            }
            let isWhole = imported.count == waiting.count
            return (imported, isWhole ? .complete : .incomplete(reason: "interrupted"))
        }
        for (result, index) in imported { results[index] = result }
        return results
    }

    /// A file that cannot be read or is no scan is refused before a run begins; one whose bytes are known is named.
    private func known(_ path: String, _ hints: ImportHints) throws -> ImportedScan? {
        do {
            let bytes = try read(path)
            try ScanReader.check(bytes.prefix(ScanReader.openingLength), name: name(of: path))
            let digest = Digest(of: bytes)
            // Bytes that tell no time may be those of another run, if the user gives it one of its own.
            guard hints.began == nil, let earlier = try catalogue.importedFiles(digest).first else { return nil }
            return ImportedScan(file: path, standing: .sameBytes, run: earlier.run, sha256: digest)
        } catch {
            return refusal(path, error)
        }
    }

    private func importScan(
        _ path: String,
        _ id: JobID,
        _ run: Run,
        _ vantage: String,
        _ hints: ImportHints
    ) async throws -> ImportedScan {
        let bytes: [UInt8]
        do { bytes = try read(path) } catch { return refusal(path, error) }
        let digest = Digest(of: bytes)
        if hints.began == nil, let earlier = try catalogue.importedFiles(digest).first {
            return ImportedScan(file: path, standing: .sameBytes, run: earlier.run, sha256: digest)
        }
        let seal = try await vault.seal(
            ResourceRecord(
                target: "ajar:scan/\(PathName(bytes: name(of: path).utf8))",
                contentType: "application/octet-stream",
                bytes: bytes,
                at: clock.now()
            )
        )
        let job = ImportJob(id: id, run: run.id, file: seal, name: name(of: path), vantage: vantage, hints: hints)
        let report = ProgressReport("import", isQuiet: isQuiet)
        defer { report.finish() }
        do {
            let stage = ImportStage(vault: vault, clock: clock) { report.show($0) }
            return try result(of: await perform(job, by: stage, as: StageOutcome.imports), path)
        } catch let error as ImportError {
            return refusal(path, error)
        }
    }

    private func result(of outcome: ImportOutcome, _ path: String) throws -> ImportedScan {
        let file = try catalogue.importedFile(of: outcome.job)
        let standing: ImportedScan.Standing =
            switch file?.told {
            case .new: .imported
            case .more: .replaced
            case .known, nil: .known
            }
        let census = try file.flatMap { file in try catalogue.censusRuns().first { $0.name == file.run } }
        return ImportedScan(
            file: path,
            standing: standing,
            run: file?.run,
            sha256: outcome.file.payload,
            format: outcome.format,
            lines: outcome.lines,
            passedOver: outcome.passedOver,
            faults: outcome.faults.map(\.what),
            census: census
        )
    }

    private func refusal(_ path: String, _ error: any Error) -> ImportedScan {
        let complaint = Complaint(error)
        return ImportedScan(
            file: path,
            standing: .refused,
            refusal: complaint.description,
            code: complaint.code.rawValue
        )
    }

    private func name(of path: String) -> String { URL(filePath: path).lastPathComponent }

    private func read(_ path: String) throws(Complaint) -> [UInt8] {
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(filePath: CaseFolder.absolute(path)), options: .mappedIfSafe) } catch {
            throw Complaint(.noInput, "cannot read \(path): \(error.localizedDescription)")
        }
        guard bytes.count <= Self.longestScan else {
            throw Complaint(.data, "\(path) has over \(Self.longestScan) bytes; split it by hosts")
        }
        return Array(bytes)
    }
}
