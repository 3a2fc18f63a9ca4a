package import Domain
import GRDB

extension Catalogue {
    /// Every run, oldest first.
    package func runs(of stage: StageName? = nil) throws(CatalogueError) -> [Run] {
        try read("the runs") { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM run WHERE ? IS NULL OR stage = ? ORDER BY started, leaf",
                arguments: [stage?.rawValue, stage?.rawValue]
            )
            .map(Run.init(row:))
        }
    }

    /// Things that could not be used, or that a person should look at, oldest first.
    package func faults(remarks: Bool, run: RunID? = nil) throws(CatalogueError) -> [Fault] {
        try read("the faults") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT fault.* FROM fault JOIN job ON job.id = fault.job
                    WHERE isRemark = ? AND (? IS NULL OR job.run = ?) ORDER BY fault.id
                    """,
                arguments: [remarks, run, run]
            )
            .map { try Fault(what: $0["what"], address: $0["address"], seal: $0.decodedIfPresent("seal")) }
        }
    }

    /// The ledger's newest leaf that is recorded here; nil in an empty catalogue.
    package func lastLeaf() throws(CatalogueError) -> UInt64? {
        try read("the last leaf") { database in
            try Int64.fetchOne(
                database,
                sql: "SELECT max(leaf) FROM (SELECT leaf FROM run UNION ALL SELECT leaf FROM job)"
            )
            .map(UInt64.init)
        }
    }

    /// Whether the outcome of a job is recorded.
    package func contains(job: JobID) throws(CatalogueError) -> Bool {
        try read("a job") { database in
            try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM job WHERE id = ?)", arguments: [job])
                ?? false
        }
    }
}

extension Run {
    init(row: Row) throws {
        guard let stage = StageName(rawValue: row["stage"]) else {
            throw CatalogueError(.damaged, "run \(row["id"] as String) names no known stage")
        }
        self.init(
            id: row["id"],
            stage: stage,
            started: row["started"],
            ended: row["ended"],
            completeness: Completeness(word: row["completeness"], reason: row["reason"]),
            scope: row["scope"],
            settings: try row.decoded("settings"),
            vantage: row["vantage"],
            toolVersion: row["toolVersion"],
            clockWasSimulated: row["clockWasSimulated"]
        )
    }
}
