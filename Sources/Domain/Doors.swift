/// What the doors stage is asked: which websites and services to try.
package struct DoorsJob: Codable, Sendable {
    package var id: JobID
    package var run: RunID
    package var websites: [WebsiteSighting]
    package var services: [ServiceSighting]
    /// The sealed templates to run; nil where the program's own checks are asked for.
    package var templates: Digest?

    package init(
        id: JobID,
        run: RunID,
        websites: [WebsiteSighting],
        services: [ServiceSighting],
        templates: Digest? = nil
    ) {
        self.id = id
        self.run = run
        self.websites = websites
        self.services = services
        self.templates = templates
    }
}

/// A kind of way in that needs no credential.
package enum DoorKind: String, Codable, CaseIterable, Sendable {
    /// A folder's contents shown by the server, with no login beside it: open, perhaps on purpose.
    case listing
    /// Contents served without the session that the login page beside them asks for.
    case dataFolder = "data folder"
    case anonymousFTP = "anonymous FTP"
    case rsyncModule = "rsync module"
}

/// One exchange of a door's proof, and what it shows.
package struct ProofStep: Hashable, Codable, Sendable {
    package enum Role: String, Codable, CaseIterable, Sendable {
        /// A page that asks for a password.
        case loginPage = "login page"
        /// Content, served though no credential was sent.
        case content
        /// A random sibling of the content, refused: the server does not answer everything.
        case sibling
        /// A folder's contents as the server lists them.
        case listing
    }

    package var role: Role
    package var address: WebAddress
    /// The reply's status code.
    package var status: Int
    /// What the reply shows, in a few words.
    package var shows: String
    package var seal: Seal
    package var at: Timestamp

    package init(role: Role, address: WebAddress, status: Int, shows: String, seal: Seal, at: Timestamp) {
        self.role = role
        self.address = address
        self.status = status
        self.shows = shows
        self.seal = seal
        self.at = at
    }
}

/// A way in that is open without a credential, with its proof.
package struct Door: Hashable, Codable, Sendable {
    package var kind: DoorKind
    /// Where the door stands: the folder from which collection starts.
    package var address: WebAddress
    /// The address the name was reached at.
    package var endpoint: Endpoint
    /// The website it belongs to, by name.
    package var website: String
    /// The check that found it, by name.
    package var check: String
    package var proof: [ProofStep]

    package init(
        kind: DoorKind,
        address: WebAddress,
        endpoint: Endpoint,
        website: String,
        check: String,
        proof: [ProofStep]
    ) {
        self.kind = kind
        self.address = address
        self.endpoint = endpoint
        self.website = website
        self.check = check
        self.proof = proof
    }
}

/// Something that looked like a door and is none, and why: a decoy explained is worth as much as a door found.
package struct DoorRejection: Hashable, Codable, Sendable {
    package var address: WebAddress
    package var check: String
    package var reason: String
    package var seal: Seal?

    package init(address: WebAddress, check: String, reason: String, seal: Seal?) {
        self.address = address
        self.check = check
        self.reason = reason
        self.seal = seal
    }
}

/// What the doors stage found.
package struct DoorsOutcome: Codable, Sendable {
    package var job: JobID
    package var run: RunID
    package var completeness: Completeness
    package var doors: [Door]
    package var rejections: [DoorRejection]
    /// The websites and services that were tried to the end; of all others, nothing is known.
    package var examined: [WebAddress]
    package var faults: [Fault]
    package var during: TimeBounds
    /// What templates found; nil in outcomes of runs without them.
    package var findings: [TemplateFinding]?

    package init(
        job: JobID,
        run: RunID,
        completeness: Completeness,
        doors: [Door] = [],
        rejections: [DoorRejection] = [],
        examined: [WebAddress] = [],
        faults: [Fault] = [],
        during: TimeBounds,
        findings: [TemplateFinding]? = nil
    ) {
        self.job = job
        self.run = run
        self.completeness = completeness
        self.findings = findings
        self.doors = doors
        self.rejections = rejections
        self.examined = examined
        self.faults = faults
        self.during = during
    }
}
