import Domain

/// Runs a template, and where it matches, once more with random names: what matches everywhere says nothing.
struct TemplateComparison {
    let visit: TemplateVisit
    let surroundings: Surroundings
    private let random: String
    private let names: (besides: String, elsewhere: String)

    init(visit: TemplateVisit, surroundings: Surroundings) {
        self.visit = visit
        self.surroundings = surroundings
        let letters = "abcdefghijklmnopqrstuvwxyz"
        let name = { String(decoding: surroundings.text(12, of: letters), as: UTF8.self) }
        random = name()
        names = (name(), name())
    }

    /// What a template told.
    enum Verdict {
        case found(TemplateFinding)
        /// All of it was asked and answered, and nothing matched.
        case absent
        case unclear
    }

    /// The finding, with its grade.
    func verdict(of template: Template, _ source: Digest) async throws(DoorsError) -> Verdict {
        let result = try await run(template, .asWritten)
        guard let match = result.matches.first(where: \.judged.showsContent) ?? result.matches.first else {
            return result.isAbsent ? .absent : .unclear
        }
        let (grade, reason, compared) = try await compare(template, match)
        let answers = match.earlier + [match.answer]
        let finding = TemplateFinding(
            template: template.id,
            name: template.name,
            severity: template.severity.rawValue,
            grade: grade,
            reason: reason,
            place: match.answer.place,
            endpoint: visit.target.endpoint,
            website: visit.target.host,
            matchers: unique(result.matches.flatMap(\.judged.matchers)),
            extracted: Array(unique(result.matches.flatMap(\.judged.extracted)).prefix(20)),
            evidence: answers.map(\.evidence) + compared,
            source: source
        )
        return .found(finding)
    }

    private func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }

    private func run(_ template: Template, _ shape: AddressShape) async throws(DoorsError) -> TemplateRun.Result {
        var run = TemplateRun(template, on: visit, in: surroundings, shape: shape, random: random)
        return try await run.perform()
    }

    private func compare(
        _ template: Template,
        _ match: TemplateRun.Match
    ) async throws(DoorsError) -> (Grade, String, [TemplateFinding.Evidence]) {
        guard template.blocks.contains(where: { $0.protocolName == "http" }) else {
            return (.likely, "the template matched; there is no random name to compare with", [])
        }
        for shape in [AddressShape.besides(names.besides), .elsewhere(names.elsewhere)] {
            let other = try await run(template, shape)
            if let matched = other.matches.first {
                var evidence = matched.answer.evidence
                evidence.role = .compared
                return (.cannotTell, "a random name matches as well", [evidence])
            }
            if other.isPartial { return (.cannotTell, "a random name was not answered", []) }
            if other.isUnclear { return (.cannotTell, "a random name was not answered in full", []) }
        }
        guard match.judged.showsContent else {
            return (.likely, "a status or an absence matched, and random names do not match", [])
        }
        return (.proven, "content matched, and random names beside it and elsewhere do not match", [])
    }
}
