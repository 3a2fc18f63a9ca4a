import CaseFile
import Catalogue
import Domain
import TestSupport
import Testing

@Suite struct ReportTests {
    private func report() throws -> Report {
        let catalogue = try Catalogue()
        let recorder = Recorder(catalogue)
        for (number, event) in SmallCase().events.enumerated() {
            let seal = Seal(leaf: UInt64(number), record: "urn:uuid:\(number)", payload: nil, length: 0)
            try recorder.record(started: event.run, leaf: seal.leaf)
            try recorder.record(event.outcome, seal: seal)
            try recorder.record(ended: event.run)
        }
        let context = ReportContext(
            caseName: "A small case <&>",
            addresses: AddressSet([try #require(CIDR("127.45.176.0/27"))]),
            ports: [80],
            authority: "the owner",
            contact: "desk@example.zz",
            level: .mirror,
            checkpoint: nil
        )
        return try Report(of: catalogue, context: context, composed: Day(number: 19_752).start)
    }

    @Test func everyClaimHasExhibitsThatExist() throws {
        let report = try report()
        let numbers = Set(report.exhibits.map(\.number))
        #expect(!report.summary.isEmpty)
        for claim in report.summary {
            #expect(!claim.exhibits.isEmpty)
            #expect(Set(claim.exhibits).isSubset(of: numbers), "\(claim.text)")
        }
        #expect(numbers == Set(1...report.exhibits.count))
    }

    @Test func theMapTellsClosedFromNotObserved() throws {
        let map = try report().map
        #expect(map.cells.count == 32)
        #expect(map.counts == [.open: 1, .closed: 4, .notObserved: 27])
    }

    @Test func thePageIsTheOneWrittenDown() async throws {
        let png: [UInt8] = [0x89, 0x50, 0x4e, 0x47]
        let html = try await ReportTemplate().html(try report()) { _ in png }
        let difference = try golden("report.html", html)
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test func hostileNamesAreHarmless() async throws {
        let html = try await ReportTemplate().html(try report()) { _ in Array("<svg onload=x>".utf8) }
        #expect(!html.contains("<script"))
        #expect(!html.contains("<svg onload"))
        #expect(!html.contains("\u{202e}"))
        #expect(!html.contains("\u{1b}"))
        #expect(!html.contains("<b>Sign"))
        #expect(html.contains("&lt;script&gt;"))
        #expect(!html.contains("src=\"http"), "a report loads nothing from outside")
    }
}
