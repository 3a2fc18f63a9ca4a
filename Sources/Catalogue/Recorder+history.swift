import Domain
import GRDB

/// Where a report comes from.
struct CensusRunSource {
    var name: RunID
    var job: JobID
    var vantage: String
    var file: Digest?
    var fileName: String?
    var format: String?
    var sameness: Digest?
}

extension Recorder {
    /// Takes a run's report into the history: the run, and the spans that it begins or ends.
    func record(_ report: ScanReport, from source: CensusRunSource, in database: Database) throws {
        let (reach, ordinal) = try nextOrdinal(of: report.reach, in: database)
        let covers = report.covered
        let (kept, loose) = split(report, by: covers)
        try insert(report, source, reach: reach, ordinal: ordinal, loose: loose, in: database)
        // What a failed run shows is not what is there, and its silence ends nothing.
        guard report.failure == nil else { return }
        var open = SpanWriter(table: .open, reach: reach, ordinal: ordinal)
        let identities = try ids(of: report.identities, in: "identity", database)
        try open.write(
            kept.lazy.map { SpanKey(address: $0.address, transport: $0.transport, port: $0.port) },
            values: kept.lazy.map { identities[$0.identity] },
            covered: covers,
            in: database
        )
        var sheets = SpanWriter(table: .sheet, reach: reach, ordinal: ordinal)
        let numbers = try ids(of: report.sheets, in: "hostSheet", database)
        let hosts = report.hosts.filter { covers?.contains($0.address) ?? true }
        try sheets.write(
            hosts.lazy.map { SpanKey(address: $0.address, transport: $0.transport, port: 0) },
            values: hosts.lazy.map { numbers[$0.sheet] },
            covered: covers,
            in: database
        )
    }

    /// Open ports at addresses that the run covered, and at others: an address whose lines are cut shows what it shows.
    private func split(_ report: ScanReport, by covered: AddressSet?) -> (kept: [SeenPort], loose: [LoosePort]) {
        guard let covered else { return (report.open.ports, []) }
        let kept = report.open.ports.filter { covered.contains($0.address) }
        guard kept.count < report.open.ports.count else { return (kept, []) }
        let loose = report.open.ports.filter { !covered.contains($0.address) }.map {
            LoosePort(endpoint: $0.endpoint, transport: $0.transport, identity: report.identities[$0.identity])
        }
        return (kept, loose)
    }

    private func nextOrdinal(of reach: Reach, in database: Database) throws -> (reach: Int64, ordinal: Int) {
        let row = try Row.fetchOne(
            database,
            sql: """
                INSERT INTO reach (key, reach, runs) VALUES (?, ?, 1)
                ON CONFLICT (key) DO UPDATE SET runs = runs + 1 RETURNING id, runs
                """,
            arguments: [reach.key, JSONText(reach).text]
        )
        guard let row else { throw CatalogueError(.damaged, "a reach was not recorded") }
        return (row["id"], row["runs"])
    }

    private func insert(
        _ report: ScanReport,
        _ source: CensusRunSource,
        reach: Int64,
        ordinal: Int,
        loose: [LoosePort],
        in database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO censusRun (name, job, reach, ordinal, toolVersion, arguments, vantage, beganNotBefore,
                    beganNotAfter, endedNotBefore, endedNotAfter, completeness, reason, failure, covered, loose,
                    answering, open, file, fileName, format, sameness)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                source.name, source.job, reach, ordinal, report.toolVersion, report.arguments, source.vantage,
                report.began?.notBefore, report.began?.notAfter, report.ended?.notBefore, report.ended?.notAfter,
                report.completeness == .complete ? "complete" : "incomplete", report.completeness.reason,
                report.failure, report.covered, loose.isEmpty ? nil : JSONText(loose).text, report.answering,
                report.open.ports.count, source.file, source.fileName, source.format, source.sameness,
            ]
        )
    }

    /// The rows of values that many runs share, made where they are new.
    private func ids(of values: [some Codable], in table: String, _ database: Database) throws -> [Int64] {
        let column = table == "identity" ? "identity" : "sheet"
        let find = try database.cachedStatement(sql: "SELECT id FROM \(table) WHERE \(column) = ?")
        let insert = try database.cachedStatement(sql: "INSERT INTO \(table) (\(column)) VALUES (?)")
        return try values.map { value in
            let text = try JSONText(value).text
            if let id = try Int64.fetchOne(find, arguments: [text]) { return id }
            try insert.execute(arguments: [text])
            return database.lastInsertedRowID
        }
    }
}
