/// What the doors stage is asked: which websites and services to try.
package struct DoorsJob: Codable, Sendable {
    package var id: JobID
    package var run: RunID
    package var websites: [WebsiteSighting]
    package var services: [ServiceSighting]
    /// The sealed templates to run; nil where the program's own checks are asked for.
    package var templates: Digest?
    /// What templates found before and may find again; nil in jobs without them.
    package var known: [TemplateFinding.Key]?

    package init(
        id: JobID,
        run: RunID,
        websites: [WebsiteSighting],
        services: [ServiceSighting],
        templates: Digest? = nil,
        known: [TemplateFinding.Key]? = nil
    ) {
        self.id = id
        self.run = run
        self.websites = websites
        self.services = services
        self.templates = templates
        self.known = known
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
    /// Single things that a login page's own application names, served without its session.
    case unguardedContent = "unguarded content"
    /// The store of a version control system, beside the website that was made from it.
    case repository
    /// A backup, a dump, or a file of settings that was left beside a website.
    case leftover = "left-over file"
    /// A page that tells of the server's inside: its settings, its visitors.
    case statusPage = "status page"
    /// Folders listed by WebDAV's PROPFIND (RFC 4918).
    case webDAV = "WebDAV"
    /// A bucket of an object store whose keys are listed.
    case bucket
    /// A database or cache that tells the names or the number of what it holds.
    case database
    /// A registry of container images whose names are listed.
    case imageRegistry = "image registry"
    /// The control interface of a container engine.
    case containerEngine = "container engine"
    /// A name server that gives a whole zone away (RFC 5936).
    case zoneTransfer = "zone transfer"
    /// A screen that anyone may look at (RFB, X11). No picture is ever taken.
    case screen
    /// A folder that a server lists as shared with everyone (NFS). It is not mounted.
    case networkShare = "network share"
}

extension DoorKind {
    /// Whether files lie behind it. They are what a case is about, and such doors are told of first.
    package var holdsFiles: Bool {
        switch self {
        case .listing, .dataFolder, .anonymousFTP, .rsyncModule, .unguardedContent, .repository, .leftover, .webDAV,
            .bucket, .networkShare:
            true
        case .statusPage, .database, .imageRegistry, .containerEngine, .zoneTransfer, .screen: false
        }
    }
}

/// One exchange of a door's proof, and what it shows.
package struct ProofStep: Hashable, Codable, Sendable {
    package enum Role: String, Codable, CaseIterable, Sendable {
        /// A page that asks for a password, or a refusal until one is given.
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
    /// The reply's status code, in protocols that have one.
    package var status: Int?
    /// What the reply shows, in a few words.
    package var shows: String
    package var seal: Seal
    package var at: Timestamp

    package init(role: Role, address: WebAddress, status: Int?, shows: String, seal: Seal, at: Timestamp) {
        self.role = role
        self.address = address
        self.status = status
        self.shows = shows
        self.seal = seal
        self.at = at
    }
}

/// A way in that is open without a credential, with its proof. One that is graded `cannot tell` is no claim: it is kept
/// for a person to look at, and neither counted nor collected from.
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
    package var grade: Grade
    /// Why it has that grade, in one sentence.
    package var reason: String

    /// What a door's proof says when nothing speaks against it.
    package static let provenReason = "content came without a credential, and names that cannot be there are refused"

    package init(
        kind: DoorKind,
        address: WebAddress,
        endpoint: Endpoint,
        website: String,
        check: String,
        proof: [ProofStep],
        grade: Grade = .proven,
        reason: String = Door.provenReason
    ) {
        self.kind = kind
        self.address = address
        self.endpoint = endpoint
        self.website = website
        self.check = check
        self.proof = proof
        self.grade = grade
        self.reason = reason
    }
}

extension Door {
    /// Doors that were sealed before there were grades had been proven, or they were none.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        kind = try values.decode(DoorKind.self, forKey: .kind)
        address = try values.decode(WebAddress.self, forKey: .address)
        endpoint = try values.decode(Endpoint.self, forKey: .endpoint)
        website = try values.decode(String.self, forKey: .website)
        check = try values.decode(String.self, forKey: .check)
        proof = try values.decode([ProofStep].self, forKey: .proof)
        grade = try values.decodeIfPresent(Grade.self, forKey: .grade) ?? .proven
        reason = try values.decodeIfPresent(String.self, forKey: .reason) ?? Self.provenReason
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
    /// What the job knew of, was asked for again to the end, and was not found.
    package var missed: [TemplateFinding.Key]?

    package init(
        job: JobID,
        run: RunID,
        completeness: Completeness,
        doors: [Door] = [],
        rejections: [DoorRejection] = [],
        examined: [WebAddress] = [],
        faults: [Fault] = [],
        during: TimeBounds,
        findings: [TemplateFinding]? = nil,
        missed: [TemplateFinding.Key]? = nil
    ) {
        self.job = job
        self.run = run
        self.completeness = completeness
        self.findings = findings
        self.missed = missed
        self.doors = doors
        self.rejections = rejections
        self.examined = examined
        self.faults = faults
        self.during = during
    }
}
