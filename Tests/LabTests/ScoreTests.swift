import Domain
import Foundation
import Lab
import SystemPackage
import Testing

struct ScoreTests {
    private static let base = WebAddress(scheme: .http, host: "127.46.9.1", target: "/data/User/mu/home/")

    private func truth(_ events: [SourceTruth.Event], initial: [PathName: Digest]) throws -> LabTruth {
        let endpoint = try #require(Endpoint("127.46.9.1:80"))
        return LabTruth(
            world: "Mini",
            seed: 1,
            day: try #require(Day("2024-01-12")),
            hosts: [endpoint.address],
            services: [.init(endpoint: endpoint, speaks: .http, days: [])],
            websites: [],
            doors: [],
            decoys: [],
            sources: [SourceTruth(base: Self.base, endpoint: endpoint, initial: initial, events: events)],
            projects: [],
            storage: nil,
            visitors: nil
        )
    }

    private func digest(_ byte: UInt8) throws -> Digest {
        try #require(Digest(bytes: [UInt8](repeating: byte, count: 32)))
    }

    private func look(_ day: String) throws -> CaseFindings.Look {
        let start = try #require(Day(day)).start
        return .init(began: start.adding(seconds: 3_600), ended: start.adding(seconds: 3_700))
    }

    private func findings(
        looks: [CaseFindings.Look],
        entries: [CaseFindings.FoundEntry],
        changes: [CaseFindings.FoundChange]
    ) throws -> CaseFindings {
        var findings = CaseFindings()
        findings.censusDays = looks.map(\.began.day)
        findings.services = [(try #require(Endpoint("127.46.9.1:80")), .http)]
        findings.sources = [
            .init(
                base: Self.base,
                endpoint: try #require(Endpoint("127.46.9.1:80")),
                looks: looks,
                entries: entries,
                changes: changes,
                rhythm: UpdateRhythm(looks: [])
            )
        ]
        return findings
    }

    private func row(_ score: Score, _ what: String) throws -> Score.Row {
        try #require(score.rows.first { $0.what == what })
    }

    @Test func changeBetweenTwoLooksCountsOnceAndOnlyWithinTheirBounds() throws {
        let (a, b) = (PathName("a"), PathName("b"))
        let days = try ["2024-01-02", "2024-01-03"].map { try #require(Day($0)) }
        let truth = try truth(
            [
                .init(day: days[0], kind: .added, path: b, payload: try digest(2), isSilent: false),
                .init(day: days[1], kind: .changed, path: b, payload: try digest(3), isSilent: false),
            ],
            initial: [a: try digest(1)]
        )
        let looks = [try look("2024-01-01"), try look("2024-01-03")]
        let right = TimeBounds(notBefore: looks[0].ended, notAfter: looks[1].began)
        let entries: [CaseFindings.FoundEntry] = [
            .init(path: a, isPresent: true, payload: try digest(1)),
            .init(path: b, isPresent: true, payload: try digest(3)),
        ]
        let good = Score(
            try findings(looks: looks, entries: entries, changes: [.init(path: b, kind: .added, when: right)]),
            against: truth
        )
        #expect(try row(good, "daily changes").found == 1)
        #expect(
            good.rows.filter { $0.room == "census" || $0.what.hasPrefix("entries") }.allSatisfy {
                $0.recall == 1 && $0.precision == 1
            }
        )
        #expect(try row(good, "daily changes").missed == 0)
        for wrong in [
            TimeBounds(notBefore: looks[0].began.adding(seconds: -7_200), notAfter: looks[1].ended),
            TimeBounds(notBefore: looks[0].began, notAfter: looks[0].ended),
        ] {
            let score = Score(
                try findings(looks: looks, entries: entries, changes: [.init(path: b, kind: .added, when: wrong)]),
                against: truth
            )
            #expect(try row(score, "daily changes").missed == 1)
            #expect(try row(score, "daily changes").wrong == 1)
        }
    }

    @Test func unreadAndInventedEntriesAreNotFound() throws {
        let truth = try truth([], initial: [PathName("a"): try digest(1)])
        let score = Score(
            try findings(
                looks: [try look("2024-01-01")],
                entries: [
                    .init(path: PathName("a"), isPresent: true, payload: nil),
                    .init(path: PathName("x"), isPresent: true, payload: try digest(9)),
                ],
                changes: []
            ),
            against: truth
        )
        let present = try row(score, "entries present")
        #expect((present.found, present.missed, present.wrong) == (0, 1, 2))
        #expect(try row(score, "entries ever").precision == 0.5)
    }

    @Test func scoreSurvivesJSON() throws {
        let truth = try truth([], initial: [PathName("a"): try digest(1)])
        let score = Score(CaseFindings(), against: truth)
        let again = try JSONDecoder().decode(Score.self, from: try JSONEncoder().encode(score))
        #expect(again.rows == score.rows)
        #expect(score.text.contains("precision"))
    }
}
