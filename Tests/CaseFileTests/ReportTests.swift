import CaseFile
import Catalogue
import Domain
import TestSupport
import Testing

@Suite struct ReportTests {
    private func report(
        changing change: (inout Run, inout StageOutcome) -> Void = { _, _ in }
    ) throws -> Report {
        let catalogue = try Catalogue()
        let recorder = Recorder(catalogue)
        for (number, unchanged) in SmallCase().events.enumerated() {
            var event = unchanged
            change(&event.run, &event.outcome)
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

    /// A country's zones do not hide its files: they are one claim a server, behind the contents.
    @Test func theZonesOfAServerAreOneClaim() throws {
        let report = try report { _, outcome in
            guard case .doors(var doors) = outcome, let door = doors.doors.first else { return }
            doors.doors += ["arpa", "zz"].map { zone in
                var other = door
                other.kind = .zoneTransfer
                other.endpoint.port = 53
                other.address = WebAddress(scheme: .dns, host: "127.45.176.8", port: 53, target: "/\(zone)")
                return other
            }
            outcome = .doors(doors)
        }
        #expect(report.doors.map(\.door.kind) == [.dataFolder, .zoneTransfer, .zoneTransfer])
        let claims = report.summary.filter { $0.text.contains("whole zone") }
        #expect(
            claims.count == 1 && claims[0].text.contains("gave 2 whole zones") && claims[0].text.contains("arpa, zz")
        )
        #expect(Set(claims[0].exhibits) == Set(report.doors.dropFirst().flatMap { $0.steps.map(\.exhibit) }))
        #expect(report.summary[0].text.contains("without the session"))
    }

    @Test func sizesThatALogClaimsAreAddedUpToTheGreatestNumber() async throws {
        let report = try report { _, outcome in
            guard case .trace(var trace) = outcome, let visit = trace.visits.first else { return }
            trace.visits = (0..<3).map { number in
                var visit = visit
                visit.first = visit.first.adding(seconds: Int64(number) * 7_200)
                visit.last = visit.first
                visit.bytes = .max
                return visit
            }
            outcome = .trace(trace)
        }
        #expect(report.logs.first?.clients.first?.bytes == .max)
    }

    @Test func aClockThatWasYearsWrongDrawsNoEndlessCalendar() async throws {
        let report = try report { _, outcome in
            guard case .collect(var collect) = outcome, collect.run.description.contains("2024-01-15") else { return }
            let wrong = Timestamp("0900-01-01T00:00:00Z")
            collect.during = TimeBounds(notBefore: wrong, notAfter: wrong)
            outcome = .collect(collect)
        }
        let source = try #require(report.sources.first)
        #expect(source.calendar.count == 3_660)
        #expect(source.earlierDays > 400_000)
        #expect(try await ReportTemplate().html(report) { _ in nil }.contains(" earlier days are not drawn."))
    }

    @Test func everyProductionLeadsToAnExhibitWithoutAPictureToo() throws {
        let report = try report { _, outcome in
            guard case .reading(var reading) = outcome else { return }
            for index in reading.files.indices { reading.files[index].thumbnail = nil }
            outcome = .reading(reading)
        }
        #expect(!report.productions.isEmpty)
        for production in report.productions {
            #expect(production.samples.isEmpty)
            #expect(production.exhibit != nil)
        }
        #expect(report.summary.contains { $0.text.contains("productions") })
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
