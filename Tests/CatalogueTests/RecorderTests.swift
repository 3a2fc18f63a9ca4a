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
