/// How far collection may go.
package enum CollectionLevel: String, Codable, CaseIterable, Comparable, Sendable {
    /// Listings only: what is there, not what is in it.
    case observe
    /// Listings, and the first files of each kind, as proof.
    case sample
    /// Everything that is listed.
    case mirror

    package static func < (left: Self, right: Self) -> Bool {
        let order = Self.allCases
        return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
    }
}

/// A door that collection reads from. Named by the address of its door, so the same door is the same source for ever.
package struct Source: Hashable, Codable, Sendable {
    /// The folder where collection starts; its path ends in a slash.
    package var base: WebAddress
    /// The address that the name stood for when the door was found; the gate checks it again.
    package var endpoint: Endpoint
    package var kind: DoorKind

    package init(base: WebAddress, endpoint: Endpoint, kind: DoorKind) {
        self.base = base
        self.endpoint = endpoint
        self.kind = kind
    }
}

/// A number that a listing gave, and how exact it is: `1.3K` stands for a range.
package struct ListedSize: Hashable, Codable, Sendable {
    package var atLeast: UInt64
    package var atMost: UInt64

    package init(atLeast: UInt64, atMost: UInt64) {
        self.atLeast = atLeast
        self.atMost = atMost
    }

    package init(exactly bytes: UInt64) {
        self.init(atLeast: bytes, atMost: bytes)
    }

    package var isExact: Bool { atLeast == atMost }

    package func contains(_ bytes: UInt64) -> Bool { (atLeast...max(atLeast, atMost)).contains(bytes) }
}

/// One state of an entry: what the listing said of it, and what its bytes were when they were last read.
package struct EntryVersion: Hashable, Codable, Sendable {
    /// Nil where the listing gives no size.
    package var size: ListedSize?
    /// When the server says it was modified, as wide as the listing's grain and unknown zone make it.
    package var modified: TimeBounds?
    /// Nil where the bytes were not read.
    package var payload: Digest?
    package var seal: Seal?
    /// When the bytes were last read whole.
    package var readAt: Timestamp?

    package init(size: ListedSize?, modified: TimeBounds?, payload: Digest?, seal: Seal?, readAt: Timestamp?) {
        self.size = size
        self.modified = modified
        self.payload = payload
        self.seal = seal
        self.readAt = readAt
    }
}

/// How an entry differs from the look before.
package enum ChangeKind: String, Codable, CaseIterable, Sendable {
    case added
    case changed
    /// Absent from a complete, recognised listing, and refused when asked for.
    case removed
    /// Present again after it was removed.
    case back
    /// Could not be told: its folder could not be listed, or its bytes could not be read.
    case unknown
}

/// One difference between two looks at a source.
package struct EntryChange: Hashable, Codable, Sendable {
    /// The path below the source's base.
    package var path: PathName
    package var kind: ChangeKind
    /// Between the last look that saw the old state and the first that saw the new one.
    package var when: TimeBounds
    package var before: EntryVersion?
    package var after: EntryVersion?
    /// Why it is unknown, or what showed the change, in a few words.
    package var reason: String?

    package init(
        path: PathName,
        kind: ChangeKind,
        when: TimeBounds,
        before: EntryVersion?,
        after: EntryVersion?,
        reason: String? = nil
    ) {
        self.path = path
        self.kind = kind
        self.when = when
        self.before = before
        self.after = after
        self.reason = reason
    }
}

/// An entry whose bytes were read for the first time at a later look than the one that told of it. Nothing changed.
package struct LateBytes: Hashable, Codable, Sendable {
    /// The path below the source's base.
    package var path: PathName
    package var version: EntryVersion

    package init(path: PathName, version: EntryVersion) {
        self.path = path
        self.version = version
    }
}

/// What collection is asked.
package struct CollectJob: Codable, Sendable {
    package var id: JobID
    package var run: RunID
    package var source: Source
    package var level: CollectionLevel
    /// The state that the last run of this source left in the vault; nil at the first.
    package var previous: Digest?
    package var limits: CollectLimits
    /// Decides which files are drawn for the audit: the same for all jobs of one run, and unforeseeable.
    package var salt: UInt64

    package init(
        id: JobID,
        run: RunID,
        source: Source,
        level: CollectionLevel,
        previous: Digest?,
        limits: CollectLimits = CollectLimits(),
        salt: UInt64 = .random(in: 0 ... .max)
    ) {
        self.id = id
        self.run = run
        self.source = source
        self.level = level
        self.previous = previous
        self.limits = limits
        self.salt = salt
    }
}

/// How much one collection may take. What a limit cuts off is unknown, never gone.
package struct CollectLimits: Hashable, Codable, Sendable {
    /// Folders below one another.
    package var depth = 32
    package var folders = 100_000
    /// Memory grows with them, by about 150 bytes each beside their names.
    package var entries = 1_000_000
    /// Bytes of one file.
    package var fileBytes: UInt64 = 64 << 30
    /// Bytes of all files of one run.
    package var runBytes: UInt64 = 1 << 40
    /// Bytes of one listing.
    package var listingBytes = 256 << 20
    /// Connections to one server at a time.
    package var connections = 4
    /// Days after which a file whose listing shows no change is read again in any case: some changes keep size and time.
    package var rereadAfterDays = 7
    /// The part of all such files that is drawn by chance and read again a day, 0 to 1.
    package var auditShare = 0.05

    package init() {}
}

/// How many changes of each kind, and what it took.
package struct CollectCounts: Hashable, Codable, Sendable {
    package var folders = 0
    package var entries = 0
    package var listingRequests = 0
    package var bodyRequests = 0
    /// Bytes of bodies that were transferred, listings not counted.
    package var bodyBytes: UInt64 = 0
    /// Files read again though their listing shows no change.
    package var reread = 0

    package init() {}
}

/// Changes of one job beyond those that its outcome holds: a sealed record of its own, with a ``Line`` a line of JSON.
package struct FurtherChanges: Codable, Hashable, Sendable {
    /// One of the two.
    package struct Line: Codable, Sendable {
        package var change: EntryChange?
        package var late: LateBytes?

        package init(change: EntryChange? = nil, late: LateBytes? = nil) {
            self.change = change
            self.late = late
        }
    }

    package var seal: Seal
    /// How many changes of each kind the record has, by ``ChangeKind``'s raw value.
    package var counts: [String: Int]

    package init(seal: Seal, counts: [String: Int]) {
        self.seal = seal
        self.counts = counts
    }
}

/// What collection found at one source.
package struct CollectOutcome: Codable, Sendable {
    package var job: JobID
    package var run: RunID
    package var source: Source
    package var completeness: Completeness
    /// The source's state after this run, sealed: the `previous` of the next job.
    package var state: Digest
    package var changes: [EntryChange]
    /// No changes: entries that were known, and whose bytes are known now as well.
    package var lateBytes: [LateBytes]
    /// What was told before these, where it is too much for an outcome.
    package var further: FurtherChanges?
    package var counts: CollectCounts
    /// Seals of the listings this run read.
    package var listings: [Seal]
    package var faults: [Fault]
    package var during: TimeBounds
    /// Nil where no bytes were to be read, and in outcomes of earlier versions.
    package var audit: Audit?

    package init(
        job: JobID,
        run: RunID,
        source: Source,
        completeness: Completeness,
        state: Digest,
        changes: [EntryChange],
        lateBytes: [LateBytes] = [],
        further: FurtherChanges? = nil,
        counts: CollectCounts,
        listings: [Seal],
        faults: [Fault],
        during: TimeBounds,
        audit: Audit? = nil
    ) {
        self.job = job
        self.run = run
        self.source = source
        self.completeness = completeness
        self.state = state
        self.changes = changes
        self.lateBytes = lateBytes
        self.further = further
        self.counts = counts
        self.listings = listings
        self.faults = faults
        self.during = during
        self.audit = audit
    }

    /// How many changes of each kind there were in all.
    package var changeCounts: [ChangeKind: Int] {
        var counts = Dictionary(grouping: changes, by: \.kind).mapValues(\.count)
        for (name, count) in further?.counts ?? [:] {
            if let kind = ChangeKind(rawValue: name) { counts[kind, default: 0] += count }
        }
        return counts
    }
}
