import CaseFile
import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite struct NewsTests {
    private let now = Day(number: 19_752).start

    private func catalogue() throws -> Catalogue {
        let catalogue = try Catalogue()
        let recorder = Recorder(catalogue)
        for (number, event) in SmallCase().events.enumerated() {
            let seal = Seal(leaf: UInt64(number), record: "urn:uuid:\(number)", payload: nil, length: 0)
            try recorder.record(started: event.run, leaf: seal.leaf)
            try recorder.record(event.outcome, seal: seal)
            try recorder.record(ended: event.run)
        }
        return catalogue
    }

    @Test func theFirstDigestTellsEverythingAndALaterOneWhatCameSince() throws {
        let catalogue = try catalogue()
        let all = try News(digestOf: catalogue, "kp", since: nil, composed: now)
        #expect(all.doors.total == 1 && all.services.total > 0)
        #expect(all.sources.first?.looks == 14)
        #expect(try #require(all.sources.first).updates.total > 0)
        let since = try #require(try catalogue.runs().compactMap(\.ended).max())
        let later = try News(digestOf: catalogue, "kp", since: since, composed: now)
        #expect(later.doors.total == 0 && later.services.total == 0 && later.websites.total == 0)
        #expect(later.sources.map(\.looks) == [0] && later.sources.map(\.updates.total) == [0])
        // What is silent stays so, however often it is told.
        #expect(later.sources.first?.silenceSince == all.sources.first?.silenceSince)
        #expect(later.subject.hasSuffix(later.sources.first?.silenceSince == nil ? "nothing new" : "1 source silent"))
    }

    @Test func strangersNamesAreHarmless() throws {
        let news = try News(digestOf: try catalogue(), "na\u{1b}me\r\nBcc: all", since: nil, composed: now)
        let json = String(decoding: try JSONEncoder().encode(news), as: UTF8.self)
        #expect(news.sources.flatMap(\.updates.first).contains { $0.contains("script") })
        for text in [news.text, json] {
            #expect(!text.unicodeScalars.contains { $0.value == 0x1b || $0.value == 0x202e })
        }
        #expect(news.subject.utf8.allSatisfy { (0x20...0x7e).contains($0) })
    }

    @Test func longListsSayHowMuchTheyLeaveOut() {
        var news = News(.digest, of: "kp", since: nil, composed: now)
        news.websites = News.Some((0..<50).map { "site\($0).example" })
        #expect(news.text.contains("New websites: 50"))
        #expect(news.text.contains("and 30 more"))
        #expect(!news.text.contains("site20."))
    }

    @Test func aRunThatEndedEarlyIsTold() throws {
        let catalogue = try catalogue()
        var run = try #require(try catalogue.runs().last)
        run.id = RunID("2024-01-29-collect-9")
        run.stage = .collect
        run.completeness = .incomplete(reason: "the server stopped answering")
        try Recorder(catalogue).record(started: run, leaf: 900)
        try Recorder(catalogue).record(ended: run)
        let news = try News(digestOf: catalogue, "kp", since: nil, composed: now, failures: ["round 2 failed"])
        #expect(news.shortcomings.first.contains("2024-01-29-collect-9: the server stopped answering"))
        #expect(news.shortcomings.first.contains("round 2 failed"))
    }
}
