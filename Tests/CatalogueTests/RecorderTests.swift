import Catalogue
import Domain
import TestSupport
import Testing

@Suite struct RecorderTests {
    private func catalogue(times: Int = 1) throws -> Catalogue {
        let catalogue = try Catalogue()
        let recorder = Recorder(catalogue)
        for _ in 0..<times {
            for (number, event) in SmallCase().events.enumerated() {
                let seal = Seal(leaf: UInt64(number), record: "urn:uuid:\(number)", payload: nil, length: 0)
                try recorder.record(started: event.run, leaf: seal.leaf)
                try recorder.record(event.outcome, seal: seal)
                try recorder.record(ended: event.run)
            }
        }
        return catalogue
    }

    @Test func whatIsRecordedCanBeRead() throws {
        let catalogue = try catalogue()
        #expect(try catalogue.services().map(\.value.speaks) == [.http])
        #expect(try catalogue.websites().map(\.value.name) == ["files.example.zz"])
        #expect(try catalogue.doors().first?.value.proof.count == 3)
        #expect(try catalogue.rejections().count == 1)
        #expect(try catalogue.runs().count == 19)
        #expect(try catalogue.faults(remarks: true).count == 1)
        let names = try catalogue.entries().map { String(decoding: $0.path.bytes, as: UTF8.self) }
        #expect(names.contains(SmallCase.hostileName))
        #expect(try catalogue.changes().count == names.count)
        #expect(try catalogue.notePairs().first?.pair.disagreements == ["18 against 8"])
        #expect(try catalogue.identifications().count == 2)
        #expect(try catalogue.visits(of: "file access.log").first?.requests == 11)
    }

    @Test func anOutcomeDeliveredTwiceIsRecordedOnce() throws {
        let (once, twice) = (try catalogue(), try catalogue(times: 2))
        #expect(try once.changes().count == twice.changes().count)
        #expect(try once.collections().count == twice.collections().count)
        #expect(try once.faults(remarks: true).count == twice.faults(remarks: true).count)
    }

    @Test func theRhythmEndsInSilence() throws {
        let rhythm = try catalogue().rhythm(of: SmallCase().source)
        #expect(rhythm.weekdays == [1, 2, 3, 4, 5])
        #expect(rhythm.lastUpdate?.notAfter?.day.description == "2024-01-22")
        #expect(rhythm.silenceSince?.description == "2024-01-23")
    }

    /// Changes of one more look, of which each has the bytes named by a number.
    private func changes(removed: [String: UInt8], added: [String: UInt8]) throws -> [RecordedChange] {
        let catalogue = try catalogue()
        let last = SmallCase().events.last { if case .collect = $0.outcome { true } else { false } }
        guard var run = last?.run, case .collect(var outcome)? = last?.outcome else { return [] }
        (run.id, outcome.run, outcome.job) = (RunID("moves"), RunID("moves"), JobID("moves/1"))
        func version(_ fill: UInt8) -> EntryVersion {
            EntryVersion(size: nil, modified: nil, payload: SmallCase.digest(fill), seal: nil, readAt: nil)
        }
        let when = TimeBounds(notBefore: nil, notAfter: run.ended)
        outcome.changes =
            removed.map {
                EntryChange(path: PathName($0), kind: .removed, when: when, before: version($1), after: nil)
            }
            + added.map { EntryChange(path: PathName($0), kind: .added, when: when, before: nil, after: version($1)) }
        try Recorder(catalogue).record(started: run, leaf: 900)
        try Recorder(catalogue).record(
            .collect(outcome),
            seal: Seal(leaf: 901, record: "urn:uuid:901", payload: nil, length: 0)
        )
        return try catalogue.changes().filter { $0.run == run.id }
    }

    @Test func bytesThatWentAndCameElsewhereMoved() throws {
        let changes = try changes(removed: ["old": 50, "gone": 51], added: ["new": 50, "other": 52])
        #expect(changes.count == 4)
        let moved = changes.filter { $0.movedFrom != nil }
        #expect(moved.map(\.change.path) == [PathName("new")] && moved.first?.movedFrom == PathName("old"))
    }

    @Test func copiesLeaveOpenWhichOfThemMoved() throws {
        #expect(try changes(removed: ["a": 50, "b": 50], added: ["c": 50]).allSatisfy { $0.movedFrom == nil })
        #expect(try changes(removed: ["a": 50], added: ["c": 50, "d": 50]).allSatisfy { $0.movedFrom == nil })
    }

    @Test func whatIsUnreadIsAskedForOnce() throws {
        let unread = try catalogue().unread()
        #expect(!unread.contains { $0.input == SmallCase.digest(20) })
        #expect(Set(unread.map(\.input)).count == unread.count)
    }

    @Test func theSchemaIsTheOneWrittenDown() throws {
        let difference = try golden("schema.sql", Catalogue().schema())
        #expect(difference == nil, "\(difference ?? "")")
    }
}
