import Catalogue
import Domain
import TestSupport
import Testing

/// A service that a later run did not ask for is not gone.
@Suite struct AbsenceTests {
    private let endpoint = Endpoint(IPAddress(v4: 0x7f00_0105), 80)

    private func record(_ day: Int, in catalogue: Catalogue, open: Bool?) throws {
        let recorder = Recorder(catalogue)
        let time = Day(number: day).start
        let run = Run(
            id: RunID("run-\(day)"),
            stage: .census,
            started: time,
            completeness: .complete,
            scope: try #require(Digest(String(repeating: "0", count: 64))),
            settings: [:],
            vantage: "",
            toolVersion: "",
            clockWasSimulated: true
        )
        try recorder.record(started: run, leaf: UInt64(day))
        let here = AddressSet(addresses: [endpoint.address])
        let sweep = open.map {
            PortSweep(
                port: 80,
                open: $0 ? here : AddressSet(),
                closed: $0 ? AddressSet() : here,
                noAnswer: AddressSet()
            )
        }
        let sighting = ServiceSighting(
            endpoint: endpoint,
            speaks: .http,
            banner: [],
            facts: [:],
            seal: nil,
            at: time
        )
        let outcome = CensusOutcome(
            job: JobID(run: run.id, part: 0),
            run: run.id,
            completeness: .complete,
            sweeps: [sweep].compactMap(\.self),
            services: open == true ? [sighting] : [],
            during: TimeBounds(at: time)
        )
        try recorder.record(.census(outcome), seal: Seal(leaf: UInt64(day), record: "", payload: nil, length: 0))
    }

    @Test func notObservedIsNotGone() throws {
        let catalogue = try Catalogue()
        try record(1, in: catalogue, open: true)
        try record(2, in: catalogue, open: nil)
        #expect(try catalogue.services().first?.isPresent == true)
        #expect(try catalogue.services().first?.lastSeen == Day(number: 1).start)
    }

    @Test func refusedIsGoneBetweenTwoLooks() throws {
        let catalogue = try Catalogue()
        try record(1, in: catalogue, open: true)
        try record(3, in: catalogue, open: false)
        let gone = try catalogue.services().first?.gone
        #expect(gone == TimeBounds(notBefore: Day(number: 1).start, notAfter: Day(number: 3).start))
        try record(4, in: catalogue, open: true)
        #expect(try catalogue.services().first?.gone == nil)
        #expect(try catalogue.services().first?.firstSeen == Day(number: 1).start)
    }

    @Test func aNarrowSweepLeavesTheRestAsItWas() throws {
        let catalogue = try Catalogue()
        try record(1, in: catalogue, open: true)
        try record(2, in: catalogue, open: nil)
        #expect(try catalogue.latestSweeps().first?.open.contains(endpoint.address) == true)
    }

    private func record(
        _ day: Int,
        in catalogue: Catalogue,
        finds finding: TemplateFinding? = nil,
        misses key: TemplateFinding.Key? = nil
    ) throws {
        let recorder = Recorder(catalogue)
        let time = Day(number: day).start
        let run = Run(
            id: RunID("run-\(day)"),
            stage: .doors,
            started: time,
            completeness: .complete,
            scope: SmallCase.digest(0),
            settings: [:],
            vantage: "",
            toolVersion: "",
            clockWasSimulated: true
        )
        try recorder.record(started: run, leaf: UInt64(day))
        let outcome = DoorsOutcome(
            job: JobID(run: run.id, part: "templates"),
            run: run.id,
            completeness: .complete,
            during: TimeBounds(at: time),
            findings: [finding].compactMap(\.self),
            missed: [key].compactMap(\.self)
        )
        try recorder.record(.doors(outcome), seal: Seal(leaf: UInt64(day), record: "", payload: nil, length: 0))
    }

    @Test func aTemplatesFindingIsGoneWhereTheSameTemplateMissedIt() throws {
        let catalogue = try Catalogue()
        let finding = SmallCase.templateFinding(Day(number: 1).start)
        var other = try #require(finding.key)
        other.source = SmallCase.digest(12)
        try record(1, in: catalogue, finds: finding)
        // A run that asked for nothing of it, and a template of the same id with other words.
        try record(2, in: catalogue)
        try record(3, in: catalogue, misses: other)
        #expect(try catalogue.templateFindings().map(\.gone) == [nil])
        try record(4, in: catalogue, misses: finding.key)
        try record(5, in: catalogue, misses: finding.key)
        let bounds = TimeBounds(notBefore: Day(number: 1).start, notAfter: Day(number: 4).start)
        #expect(try catalogue.templateFindings().map(\.gone) == [bounds])
        try record(6, in: catalogue, finds: SmallCase.templateFinding(Day(number: 6).start))
        let back = try #require(try catalogue.templateFindings().first)
        #expect(back.isPresent && back.firstSeen == Day(number: 1).start && back.lastSeen == Day(number: 6).start)
    }

    @Test func aFindingIsAsOldAsTheAnswerThatItRestsOn() throws {
        let catalogue = try Catalogue()
        try record(5, in: catalogue, finds: SmallCase.templateFinding(Day(number: 2).start))
        #expect(try catalogue.templateFindings().map(\.lastSeen) == [Day(number: 2).start])
    }
}
