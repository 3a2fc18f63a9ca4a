/// A body of outside data that an answer rests on.
package struct DataSource: Hashable, Codable, Sendable {
    package enum Purpose: String, Codable, CaseIterable, Sendable {
        case places
        case vpn
        case hosting
    }

    package var name: String
    package var purpose: Purpose
    package var licence: String
    /// When the data was made: an address's place in another year may be another place.
    package var date: Day?
    package var digest: Digest

    package init(name: String, purpose: Purpose, licence: String, date: Day?, digest: Digest) {
        self.name = name
        self.purpose = purpose
        self.licence = licence
        self.date = date
        self.digest = digest
    }
}

/// What the trace stage is asked.
package struct TraceJob: Codable, Sendable {
    /// A list or database on this machine, with what its side file says of it.
    package struct DataFile: Hashable, Codable, Sendable {
        package var path: String
        package var source: DataSource

        package init(path: String, source: DataSource) {
            self.path = path
            self.source = source
        }
    }

    package var id: JobID
    package var run: RunID
    /// The log, a blob of the vault.
    package var log: Digest
    /// Where it was found, for people.
    package var foundAt: String
    package var data: [DataFile]

    package init(id: JobID, run: RunID, log: Digest, foundAt: String, data: [DataFile]) {
        self.id = id
        self.run = run
        self.log = log
        self.foundAt = foundAt
        self.data = data
    }
}

/// Where one source says that an address is. Sources disagree; all are shown.
package struct PlaceOpinion: Hashable, Codable, Sendable {
    /// ISO 3166-1 alpha-2.
    package var country: String?
    package var city: String?
    package var latitude: Double?
    package var longitude: Double?
    /// Within how many kilometres, where the source says.
    package var radius: Double?
    /// The name of the ``DataSource``.
    package var source: String

    package init(
        country: String?,
        city: String?,
        latitude: Double?,
        longitude: Double?,
        radius: Double?,
        source: String
    ) {
        self.country = country
        self.city = city
        self.latitude = latitude
        self.longitude = longitude
        self.radius = radius
        self.source = source
    }
}

/// What kind of line an address is on, as the lists have it.
package enum LineKind: String, Codable, CaseIterable, Sendable {
    case vpn
    case hosting
    /// On none of the lists: nothing more is claimed.
    case ordinary
}

/// The requests of one client in an access log, taken together: no gap between two of them is over half an hour.
package struct Visit: Hashable, Codable, Sendable {
    package var client: IPAddress
    package var first: Timestamp
    package var last: Timestamp
    package var requests: Int
    package var bytes: UInt64
    package var agent: String?
    /// Requests that wrote (`POST`, `PUT` …).
    package var writes: Int

    package init(
        client: IPAddress,
        first: Timestamp,
        last: Timestamp,
        requests: Int,
        bytes: UInt64,
        agent: String?,
        writes: Int
    ) {
        self.client = client
        self.first = first
        self.last = last
        self.requests = requests
        self.bytes = bytes
        self.agent = agent
        self.writes = writes
    }
}

/// A client of a log: what kind of line, where, and which list says so.
package struct Visitor: Hashable, Codable, Sendable {
    package var client: IPAddress
    package var line: LineKind
    /// The names of the lists that hold the address, with the matching block.
    package var lists: [String]
    package var network: String?
    package var places: [PlaceOpinion]

    package init(client: IPAddress, line: LineKind, lists: [String], network: String?, places: [PlaceOpinion]) {
        self.client = client
        self.line = line
        self.lists = lists
        self.network = network
        self.places = places
    }
}

/// What the trace stage made of one log.
package struct TraceOutcome: Codable, Sendable {
    package var job: JobID
    package var run: RunID
    package var completeness: Completeness
    package var log: Digest
    package var foundAt: String
    package var lines: Int
    package var unparsedLines: Int
    /// The lines that could not be parsed, sealed as they stand.
    package var unparsed: Seal?
    package var visits: [Visit]
    package var visitors: [Visitor]
    package var sources: [DataSource]
    package var during: TimeBounds?

    package init(
        job: JobID,
        run: RunID,
        completeness: Completeness,
        log: Digest,
        foundAt: String,
        lines: Int,
        unparsedLines: Int,
        unparsed: Seal?,
        visits: [Visit],
        visitors: [Visitor],
        sources: [DataSource],
        during: TimeBounds?
    ) {
        self.job = job
        self.run = run
        self.completeness = completeness
        self.log = log
        self.foundAt = foundAt
        self.lines = lines
        self.unparsedLines = unparsedLines
        self.unparsed = unparsed
        self.visits = visits
        self.visitors = visitors
        self.sources = sources
        self.during = during
    }
}
