/// An open port at an address that its run did not cover to the end.
package struct LoosePort: Hashable, Codable, Sendable {
    package var endpoint: Endpoint
    package var transport: Transport
    package var identity: ServiceIdentity

    package init(endpoint: Endpoint, transport: Transport, identity: ServiceIdentity) {
        self.endpoint = endpoint
        self.transport = transport
        self.identity = identity
    }
}

/// A run over a network, Ajar's own or an imported one, with all that must be known before it is compared.
package struct CensusRun: Hashable, Codable, Sendable {
    package var name: RunID
    package var reach: Reach
    /// The number of the reach in the catalogue.
    package var reachID: Int64
    /// The run's number among those of its reach.
    package var ordinal: Int
    package var toolVersion: String
    package var arguments: String
    package var vantage: String
    package var began: TimeBounds
    package var ended: TimeBounds
    package var completeness: Completeness
    /// Why it says nothing of the network; nil for a run that does.
    package var failure: String?
    /// The addresses that it covered, if not its whole reach.
    package var covered: AddressSet?
    package var loose: [LoosePort]
    /// How many addresses answered.
    package var answering: Int
    /// How many ports were open.
    package var open: Int
    /// The sealed file it was read from; nil for Ajar's own.
    package var file: Digest?
    package var fileName: String?
    package var format: String?
    package var replacedBy: RunID?
    package var job: JobID
    /// The ledger's leaf of the outcome, which holds the line and the offset of every observation.
    package var leaf: UInt64

    package init(
        name: RunID,
        reach: Reach,
        reachID: Int64,
        ordinal: Int,
        toolVersion: String,
        arguments: String,
        vantage: String,
        began: TimeBounds,
        ended: TimeBounds,
        completeness: Completeness,
        failure: String?,
        covered: AddressSet?,
        loose: [LoosePort],
        answering: Int,
        open: Int,
        file: Digest?,
        fileName: String?,
        format: String?,
        replacedBy: RunID?,
        job: JobID,
        leaf: UInt64
    ) {
        self.name = name
        self.reach = reach
        self.reachID = reachID
        self.ordinal = ordinal
        self.toolVersion = toolVersion
        self.arguments = arguments
        self.vantage = vantage
        self.began = began
        self.ended = ended
        self.completeness = completeness
        self.failure = failure
        self.covered = covered
        self.loose = loose
        self.answering = answering
        self.open = open
        self.file = file
        self.fileName = fileName
        self.format = format
        self.replacedBy = replacedBy
        self.job = job
        self.leaf = leaf
    }

    /// Whether what it saw, and did not see, may be taken at its word.
    package var isUsable: Bool { failure == nil && replacedBy == nil }

    /// Whether it looked at every port that it asks of an address.
    package func covers(_ address: IPAddress) -> Bool { covered?.contains(address) ?? true }

    /// The instant by which runs are put in order: that of its beginning, or of its end, as far as it is known.
    package var order: Timestamp? { began.likely ?? ended.likely }
}

extension TimeBounds {
    /// How far east of UTC clocks are set, and how far west, in seconds (IANA time zone database: UTC+14 to UTC-12).
    package static let zones: (east: Int64, west: Int64) = (14 * 3_600, 12 * 3_600)

    /// Whether these are the bounds of a local time whose zone is not known.
    package var isOfUnknownZone: Bool {
        guard let notBefore, let notAfter else { return false }
        return notAfter.microseconds - notBefore.microseconds >= (Self.zones.east + Self.zones.west) * 1_000_000
    }

    /// One instant to sort by and to name a day by: of a local time in an unknown zone what its clock showed, else the
    /// first that is possible.
    package var likely: Timestamp? {
        isOfUnknownZone ? notBefore?.adding(seconds: Self.zones.east) : notBefore ?? notAfter
    }
}
