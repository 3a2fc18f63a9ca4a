package import Domain

/// What a case found, as plain values: what a score is made from.
package struct CaseFindings: Sendable {
    /// One complete look at a source.
    package struct Look: Hashable, Sendable {
        package var began: Timestamp
        package var ended: Timestamp

        package init(began: Timestamp, ended: Timestamp) {
            self.began = began
            self.ended = ended
        }
    }

    package struct FoundChange: Hashable, Sendable {
        package var path: PathName
        package var kind: ChangeKind
        package var when: TimeBounds

        package init(path: PathName, kind: ChangeKind, when: TimeBounds) {
            self.path = path
            self.kind = kind
            self.when = when
        }
    }

    package struct FoundEntry: Hashable, Sendable {
        package var path: PathName
        package var isPresent: Bool
        package var payload: Digest?

        package init(path: PathName, isPresent: Bool, payload: Digest?) {
            self.path = path
            self.isPresent = isPresent
            self.payload = payload
        }
    }

    package struct FoundSource: Sendable {
        package var base: WebAddress
        package var endpoint: Endpoint
        package var looks: [Look]
        package var entries: [FoundEntry]
        package var changes: [FoundChange]
        package var rhythm: UpdateRhythm

        package init(
            base: WebAddress,
            endpoint: Endpoint,
            looks: [Look],
            entries: [FoundEntry],
            changes: [FoundChange],
            rhythm: UpdateRhythm
        ) {
            self.base = base
            self.endpoint = endpoint
            self.looks = looks
            self.entries = entries
            self.changes = changes
            self.rhythm = rhythm
        }
    }

    package struct FoundNotePair: Sendable {
        package var payload: Digest
        package var note: String
        package var translation: String

        package init(payload: Digest, note: String, translation: String) {
            self.payload = payload
            self.note = note
            self.translation = translation
        }
    }

    /// The days on which a census ran to its end.
    package var censusDays: [Day] = []
    /// Addresses that gave no answer on any port, the last time that each was tried.
    package var silent = AddressSet()
    package var services: [(endpoint: Endpoint, speaks: ServiceProtocol)] = []
    package var websites: [(name: String, endpoint: Endpoint)] = []
    package var doors: [(kind: DoorKind, address: WebAddress, endpoint: Endpoint)] = []
    package var sources: [FoundSource] = []
    package var identifications: [Identification] = []
    package var notePairs: [FoundNotePair] = []
    package var visitors: [Visitor] = []

    package init() {}
}
