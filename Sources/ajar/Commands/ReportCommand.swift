import ArgumentParser
import CaseFile
import Catalogue
import Domain
import Foundation
import Scope
import Vault

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the report: one HTML file in which every claim leads to sealed bytes."
    )

    @OptionGroup var options: CaseOptions

    @Option(help: ArgumentHelp("The folder for index.html.", valueName: "dir"), completion: .directory)
    var output: String?

    func run() async throws {
        let folder = try CaseFolder.find(options.folder)
        let place = output.map { CaseFolder.absolute($0) } ?? folder.report
        let written = try await Custody(options).during(.report, settings: ["output": place]) {
            let vault = try await CaseReading.vault(of: options)
            let written = try await WrittenReport(
                folder: folder,
                scope: try Scope.load(from: folder.scope).scope,
                catalogue: try CaseReading.catalogue(of: options),
                vault: vault,
                composed: options.caseClock.now(),
                output: place
            )
            await vault.close()
            return written
        }
        try Output.print("The report is \(written.file).", or: written.report, asJSON: options.json)
    }
}

/// A report, and the file it was written to.
struct WrittenReport: Sendable {
    let file: String
    let report: Report

    init(
        folder: CaseFolder,
        scope: Scope,
        catalogue: Catalogue,
        vault: Vault,
        composed: Timestamp,
        output: String
    ) async throws {
        let context = ReportContext(scope, checkpoint: try await vault.checkpoint().text)
        let concealment = Concealment(of: vault, try folder.hashLists())
        let catalogue = catalogue.concealing(concealment.why)
        report = try Report(of: catalogue, context: context, composed: composed)
        let html = try await ReportTemplate().html(report) { vault.derived($0) }
        file = output + "/index.html"
        do {
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
            try html.write(toFile: file, atomically: true, encoding: .utf8)
        } catch {
            throw Complaint(.cannotCreate, "cannot write the report \(file): \(error.localizedDescription)")
        }
    }
}

extension Pipeline {
    /// Writes the report of the open case. Returns its file.
    func writeReport() async throws -> String {
        try await acting(.report, settings: ["output": folder.report]) {
            try await WrittenReport(
                folder: folder,
                scope: scope,
                catalogue: catalogue,
                vault: vault,
                composed: clock.now(),
                output: folder.report
            )
        }
        .file
    }
}
