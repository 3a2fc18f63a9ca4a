import Catalogue
import Domain
import Doors
import Vault

extension Pipeline {
    /// Runs the templates of a folder on the websites and services that are there now. The templates that run are sealed.
    func templates(in folder: String) async throws -> DoorsOutcome {
        let book = try TemplateBook(TemplateFolder(at: folder))
        guard !book.templates.isEmpty else { throw Complaint(.data, "\(folder) holds no template that runs") }
        return try await run(.doors, settings: ["templates": "\(book.templates.count)"]) { run in
            let record = ResourceRecord(
                target: "ajar:templates",
                contentType: "application/json",
                bytes: try book.bytes(),
                at: clock.now()
            )
            let report = ProgressReport("templates", isQuiet: isQuiet)
            let job = DoorsJob(
                id: JobID(run: run.id, part: "templates"),
                run: run.id,
                websites: try catalogue.websites().filter(\.isPresent).map(\.value),
                services: try catalogue.services().filter(\.isPresent).map(\.value),
                templates: try await vault.seal(record).payload,
                known: try catalogue.templateFindings().filter(\.isPresent).compactMap(\.value.key)
            )
            let stage = TemplateStage(gate: gate, vault: vault) { report.show($0) }
            let outcome = try await perform(job, by: stage, as: StageOutcome.doors)
            report.finish()
            return (outcome, outcome.completeness)
        }
    }
}
