import Catalogue
import Domain
import Doors

extension Pipeline {
    /// Tries the websites and services that are there now for ways in that need no credential.
    func doors() async throws -> DoorsOutcome {
        try await run(.doors) { run in
            let report = ProgressReport("doors", isQuiet: isQuiet)
            let job = DoorsJob(
                id: JobID(run: run.id, part: "scope"),
                run: run.id,
                websites: try catalogue.websites().filter(\.isPresent).map(\.value),
                services: try catalogue.services().filter(\.isPresent).map(\.value)
            )
            let stage = DoorsStage(gate: gate, vault: vault) { report.show($0) }
            let outcome = try await perform(job, by: stage, as: StageOutcome.doors)
            report.finish()
            return (outcome, outcome.completeness)
        }
    }
}
