import Catalogue
import Domain
import Foundation
import GRDB
import TestSupport
import Testing

/// What a version before the history kept of a census, port by port, becomes a part of it.
@Suite struct EarlierSweepTests {
    @Test func sweepsOfAnEarlierVersionAreARun() async throws {
        try await withTemporaryFolder("sweeps") { folder in
            let path = folder.appending(path: "catalogue.sqlite").path
            let small = SmallCase()
            let event = try #require(small.events.first)
            guard case .census(let outcome) = event.outcome else { return }
            let catalogue = try Catalogue(path: path)
            try Recorder(catalogue).record(started: event.run, leaf: 1)
            try Recorder(catalogue).record(event.outcome, seal: Seal(leaf: 2, record: "", payload: nil, length: 0))
            let sweeps = try catalogue.latestSweeps()
            let services = try catalogue.history().services()
            try catalogue.close()
            try asBefore(path, outcome)
            let reopened = try Catalogue(path: path)
            #expect(try reopened.latestSweeps() == sweeps && !sweeps.isEmpty)
            #expect(try reopened.censusRuns().map(\.name) == [event.run.id])
            #expect(try reopened.history().services() == services && services.count == 1)
            try reopened.close()
            let rows = try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sweep") }
            #expect(rows == 0)
        }
    }

    /// The census as rows of the tables of old, and none of the new.
    private func asBefore(_ path: String, _ outcome: CensusOutcome) throws {
        let database = try DatabaseQueue(path: path)
        try database.write { database in
            for table in ["openSpan", "sheetSpan", "websiteSpan", "censusRun", "reach"] {
                try database.execute(sql: "DELETE FROM \(table)")
            }
            for sweep in outcome.sweeps {
                try database.execute(
                    sql: "INSERT INTO sweep (job, port, open, closed, noAnswer) VALUES (?, ?, ?, ?, ?)",
                    arguments: [outcome.job, Int(sweep.port), sweep.open, sweep.closed, sweep.noAnswer]
                )
            }
            for sighting in outcome.services {
                let text = String(decoding: try JSONEncoder().encode(sighting), as: UTF8.self)
                try database.execute(
                    sql: "INSERT INTO serviceSighting (job, endpoint, transport, sighting) VALUES (?, ?, ?, ?)",
                    arguments: [outcome.job, sighting.endpoint, sighting.transport.rawValue, text]
                )
            }
        }
        try database.close()
    }
}
