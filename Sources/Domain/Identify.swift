/// A production that files are identified with.
package struct Project: Hashable, Codable, Sendable {
    /// A short name for commands and pages, unique in the projects file.
    package var key: String
    package var titles: [String]
    /// Abbreviations used in file names, such as `INV`.
    package var codes: [String]
    /// Companies behind the production: a legal name is often the only trace.
    package var companies: [String]

    package init(key: String, titles: [String], codes: [String], companies: [String]) {
        self.key = key
        self.titles = titles
        self.codes = codes
        self.companies = companies
    }
}

/// What the identify stage is asked.
package struct IdentifyJob: Codable, Sendable {
    /// An entry with what was read from it.
    package struct Item: Hashable, Codable, Sendable {
        package var source: WebAddress
        package var path: PathName
        package var payload: Digest?
        package var mime: String?
        /// Texts read from the file, shortest first, cut at 64 KiB in all.
        package var texts: [String]

        package init(source: WebAddress, path: PathName, payload: Digest?, mime: String?, texts: [String]) {
            self.source = source
            self.path = path
            self.payload = payload
            self.mime = mime
            self.texts = texts
        }
    }

    package var id: JobID
    package var run: RunID
    package var items: [Item]
    package var projects: [Project]

    package init(id: JobID, run: RunID, items: [Item], projects: [Project]) {
        self.id = id
        self.run = run
        self.items = items
        self.projects = projects
    }
}

/// What a name says of the work in the file, as the grammar in `docs/names.md` reads it.
package struct WorkName: Hashable, Codable, Sendable {
    package var series: String?
    package var season: Int?
    package var episode: Int?
    package var scene: String?
    package var cut: String?
    package var take: Int?
    /// The step of work: layout, key drawing, in-between, retake …, by its English name.
    package var step: String?
    package var layer: String?
    package var frame: Int?
    package var version: Int?
    /// The naming habit that matched: `western`, `japanese`, `chinese`, `korean`.
    package var tradition: String?

    package init() {}
}

/// Whose work an entry is, as far as can be told.
package struct Identification: Hashable, Codable, Sendable {
    package enum Status: Hashable, Codable, Sendable {
        case identified(project: String)
        /// Material to work from, not work itself.
        case reference
        case unidentified
    }

    /// A rule that spoke, and the words it saw.
    package struct Reason: Hashable, Codable, Sendable {
        package var rule: String
        package var evidence: String

        package init(rule: String, evidence: String) {
            self.rule = rule
            self.evidence = evidence
        }
    }

    package var source: WebAddress
    package var path: PathName
    package var payload: Digest?
    package var status: Status
    package var work: WorkName
    /// The name as it was decoded, and from which encoding, where it is no UTF-8.
    package var decodedName: String
    package var encoding: String
    package var reasons: [Reason]

    package init(
        source: WebAddress,
        path: PathName,
        payload: Digest?,
        status: Status,
        work: WorkName,
        decodedName: String,
        encoding: String,
        reasons: [Reason]
    ) {
        self.source = source
        self.path = path
        self.payload = payload
        self.status = status
        self.work = work
        self.decodedName = decodedName
        self.encoding = encoding
        self.reasons = reasons
    }
}

/// What the identify stage concluded.
package struct IdentifyOutcome: Codable, Sendable {
    package var job: JobID
    package var run: RunID
    package var completeness: Completeness
    package var identifications: [Identification]

    package init(job: JobID, run: RunID, completeness: Completeness, identifications: [Identification]) {
        self.job = job
        self.run = run
        self.completeness = completeness
        self.identifications = identifications
    }
}
