/// What `ajar templates check` says of one template.
package struct TemplateCheck: Hashable, Codable, Sendable {
    package var file: String
    package var id: String?
    package var severity: String?
    package var runs: Bool
    /// Whether a rule of Ajar forbids what it does, whatever else is missing.
    package var isSafe: Bool
    /// Whether the answer that a census kept is enough for it.
    package var needsOnlyFrontPage: Bool
    /// The most requests that one website gets from it.
    package var requests: Int
    package var refusals: [TemplateRefusal]

    package init(_ reading: TemplateReading) {
        file = reading.file
        id = reading.id
        severity = reading.template?.severity.rawValue
        runs = reading.template != nil
        isSafe = !reading.refusals.contains { $0.rule.kind != .missing }
        needsOnlyFrontPage = reading.template?.needsOnlyFrontPage ?? false
        requests = reading.template?.requests ?? 0
        refusals = reading.refusals
    }
}

/// The same of a folder, with the sums.
package struct TemplateReport: Codable, Sendable {
    package var folder: String
    package var templates: Int
    package var runs: Int
    /// Templates that no rule of safety refuses, and that are well formed.
    package var safe: Int
    package var needsOnlyFrontPage: Int
    /// Refused templates by the rule that refuses them; one may be refused by several.
    package var refusedBy: [String: Int]
    package var checks: [TemplateCheck]

    package init(_ readings: [TemplateReading], folder: String) {
        self.folder = folder
        checks = readings.map(TemplateCheck.init)
        templates = checks.count
        runs = checks.count(where: \.runs)
        safe = checks.count(where: \.isSafe)
        needsOnlyFrontPage = checks.count(where: \.needsOnlyFrontPage)
        refusedBy = [:]
        for check in checks {
            for rule in Set(check.refusals.map(\.rule)) { refusedBy[rule.rawValue, default: 0] += 1 }
        }
    }
}
