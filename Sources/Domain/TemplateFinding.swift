/// What a check that others wrote found. It is no door: nobody has shown that anything can be read there.
package struct TemplateFinding: Hashable, Codable, Sendable {
    /// One answer that the finding rests on.
    package struct Evidence: Hashable, Codable, Sendable {
        package enum Role: String, Codable, CaseIterable, Sendable {
            /// What the template judged.
            case matched
            /// The same question with random names in it.
            case compared
        }

        package var role: Role
        /// An address such as `http://…`, `tcp://…`, `dns:…`.
        package var place: String
        /// The reply's status code, where it has one.
        package var status: Int?
        package var seal: Seal
        package var at: Timestamp

        package init(role: Role, place: String, status: Int?, seal: Seal, at: Timestamp) {
            self.role = role
            self.place = place
            self.status = status
            self.seal = seal
            self.at = at
        }
    }

    /// The template's id.
    package var template: String
    package var name: String
    /// In its author's words.
    package var severity: String
    package var grade: Grade
    /// Why it has that grade, in one sentence.
    package var reason: String
    /// The last address that was asked.
    package var place: String
    package var endpoint: Endpoint
    /// The website, by name, or the address of the service.
    package var website: String
    /// Names of the matchers that matched, where they have any.
    package var matchers: [String]
    /// What extractors took out, at most some of it.
    package var extracted: [String]
    package var evidence: [Evidence]

    package init(
        template: String,
        name: String,
        severity: String,
        grade: Grade,
        reason: String,
        place: String,
        endpoint: Endpoint,
        website: String,
        matchers: [String],
        extracted: [String],
        evidence: [Evidence]
    ) {
        self.template = template
        self.name = name
        self.severity = severity
        self.grade = grade
        self.reason = reason
        self.place = place
        self.endpoint = endpoint
        self.website = website
        self.matchers = matchers
        self.extracted = extracted
        self.evidence = evidence
    }
}
