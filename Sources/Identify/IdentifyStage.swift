package import Domain

/// Says whose work each entry is, as far as its name, its texts and its neighbours tell.
///
/// Pure: it reads nothing but its job. The folder rules look at the items of one job, so a source's entries belong
/// into one job.
package struct IdentifyStage: Stage {
    private let grammar = NameGrammar()

    package init() {}

    package func perform(_ job: IdentifyJob) async throws -> IdentifyOutcome {
        var candidates: [Candidate] = []
        candidates.reserveCapacity(job.items.count)
        let matcher = ProjectMatcher(job.projects)
        var completeness = Completeness.complete
        for item in job.items {
            guard !Task.isCancelled else {
                completeness = .incomplete(reason: "cancelled after \(candidates.count) of \(job.items.count) entries")
                break
            }
            candidates.append(Candidate(item, grammar: grammar, matcher: matcher))
        }
        if completeness == .complete { Neighbours(candidates).identify(&candidates) }
        return IdentifyOutcome(
            job: job.id,
            run: job.run,
            completeness: completeness,
            identifications: candidates.map(\.identification)
        )
    }
}
