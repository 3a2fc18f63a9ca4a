import Catalogue
import Domain
import Foundation
import Identify

extension Pipeline {
    /// Tells whose work every entry is, by its name and by what was read from it.
    func identify() async throws -> IdentifyOutcome {
        let projects = try loadProjects()
        return try await run(.identify, settings: ["projects": projects.map(\.key).joined(separator: " ")]) { run in
            let job = IdentifyJob(
                id: JobID(run: run.id, part: "all"),
                run: run.id,
                items: try catalogue.identifiable(),
                projects: projects
            )
            let outcome = try await perform(job, by: IdentifyStage(), as: StageOutcome.identify)
            return (outcome, outcome.completeness)
        }
    }

    private func loadProjects() throws -> [Project] {
        guard FileManager.default.fileExists(atPath: folder.projects) else { return [] }
        return try ProjectsFile.load(from: folder.projects).projects
    }
}
