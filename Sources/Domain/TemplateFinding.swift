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
    /// The SHA-256 of the template with the words that it asks for; nil in outcomes that were sealed without.
    package var source: Digest?

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
        evidence: [Evidence],
        source: Digest? = nil
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
        self.source = source
    }

    /// When what it tells of was last asked for and came; nil without evidence.
    package var seen: Timestamp? { evidence.filter { $0.role == .matched }.map(\.at).max() }
}

extension TemplateFinding {
    /// What is found again or is not: a template, word for word, at one place.
    package struct Key: Hashable, Codable, Sendable {
        package var website: String
        package var endpoint: Endpoint
        package var template: String
        package var source: Digest

        package init(website: String, endpoint: Endpoint, template: String, source: Digest) {
            self.website = website
            self.endpoint = endpoint
            self.template = template
            self.source = source
        }
    }

    /// Nil where it is not known word for word what was asked: then nothing can be asked the same way again.
    package var key: Key? {
        source.map { Key(website: website, endpoint: endpoint, template: template, source: $0) }
    }
}
