import Domain
import GRDB

extension Recorder {
    /// Ajar's own census is a run like any other.
    func recordHistory(_ outcome: CensusOutcome, in database: Database) throws {
        guard !outcome.sweeps.isEmpty,
            let row = try Row.fetchOne(database, sql: "SELECT * FROM run WHERE id = ?", arguments: [outcome.run])
        else { return }
        let run = try Run(row: row)
        let jobs = try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM job WHERE run = ? AND id IN (SELECT job FROM censusRun)",
            arguments: [outcome.run]
        )
        let number = (jobs ?? 0) + 1
        let report = ScanReport(outcome, of: run)
        let source = CensusRunSource(
            name: number == 1 ? run.id : RunID("\(run.id)-\(number)"),
            job: outcome.job,
            vantage: run.vantage
        )
        try record(report, from: source, in: database)
        try recordWebsites(outcome, report, in: database)
    }

    /// Websites that were there at the run; absent ones end only where a whole census asked their address.
    private func recordWebsites(_ outcome: CensusOutcome, _ report: ScanReport, in database: Database) throws {
        guard
            let place = try Row.fetchOne(
                database,
                sql: "SELECT reach, ordinal FROM censusRun WHERE job = ?",
                arguments: [outcome.job]
            )
        else { return }
        let (reach, ordinal): (Int64, Int) = (place["reach"], place["ordinal"])
        var seen = Set(outcome.websites.map { WebsiteKey(name: $0.name, endpoint: $0.endpoint, scheme: $0.scheme) })
        let current = try Row.fetchAll(
            database,
            sql: "SELECT * FROM websiteSpan WHERE reach = ? AND last IS NULL",
            arguments: [reach]
        )
        for row in current {
            guard let scheme = WebAddress.Scheme(rawValue: row["scheme"]) else { continue }
            let key = WebsiteKey(name: row["name"], endpoint: row["endpoint"], scheme: scheme)
            let isCovered = outcome.completeness == .complete && report.covered?.contains(key.endpoint.address) ?? true
            guard seen.remove(key) == nil, isCovered else { continue }
            try database.execute(
                sql: """
                    UPDATE websiteSpan SET last = ?
                    WHERE reach = ? AND name = ? AND endpoint = ? AND scheme = ? AND first = ?
                    """,
                arguments: [ordinal - 1, reach, key.name, key.endpoint, scheme.rawValue, row["first"] as Int]
            )
        }
        for key in seen.sorted(by: { ($0.name, $0.endpoint) < ($1.name, $1.endpoint) }) {
            try database.execute(
                sql: "INSERT INTO websiteSpan (reach, name, endpoint, scheme, first) VALUES (?, ?, ?, ?, ?)",
                arguments: [reach, key.name, key.endpoint, key.scheme.rawValue, ordinal]
            )
        }
    }

    /// Brings what an earlier version kept of each census, row by row, into the history; its tables are empty then.
    func adoptEarlierSweeps(in database: Database) throws {
        let jobs = try Row.fetchAll(
            database,
            sql: """
                SELECT job.id, job.run, job.completeness, run.started, run.ended, run.reason FROM job
                JOIN run ON run.id = job.run WHERE job.id IN (SELECT job FROM sweep) ORDER BY job.leaf
                """
        )
        for job in jobs {
            let id: JobID = job["id"]
            let sweeps = try Row.fetchAll(
                database,
                sql: "SELECT * FROM sweep WHERE job = ? ORDER BY port",
                arguments: [id]
            )
            let services = try Row.fetchAll(
                database,
                sql: "SELECT sighting FROM serviceSighting WHERE job = ? ORDER BY endpoint",
                arguments: [id]
            )
            let outcome = CensusOutcome(
                job: id,
                run: job["run"],
                completeness: Completeness(word: job["completeness"], reason: job["reason"]),
                sweeps: sweeps.map {
                    PortSweep(port: $0["port"], open: $0["open"], closed: $0["closed"], noAnswer: $0["noAnswer"])
                },
                services: try services.map { try $0.decoded("sighting") },
                during: TimeBounds(notBefore: job["started"], notAfter: job["ended"])
            )
            try recordHistory(outcome, in: database)
        }
        try database.execute(sql: "DELETE FROM sweep; DELETE FROM serviceSighting")
    }
}

/// A website by what names it.
private struct WebsiteKey: Hashable {
    var name: String
    var endpoint: Endpoint
    var scheme: WebAddress.Scheme
}
