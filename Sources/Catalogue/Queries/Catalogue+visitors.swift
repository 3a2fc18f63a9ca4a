package import Domain
import GRDB

/// A log that was traced.
package struct TracedLog: Sendable, Encodable {
    package var foundAt: String
    package var digest: Digest
    package var lines: Int
    package var unparsedLines: Int
    package var unparsed: Seal?
    package var during: TimeBounds
    package var sources: [DataSource]
}

extension Catalogue {
    /// The logs that were traced, by where they were found.
    package func logs() throws(CatalogueError) -> [TracedLog] {
        try read("the logs") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM log ORDER BY foundAt").map { row in
                TracedLog(
                    foundAt: row["foundAt"],
                    digest: row["digest"],
                    lines: row["lines"],
                    unparsedLines: row["unparsedLines"],
                    unparsed: try row.decodedIfPresent("unparsed"),
                    during: TimeBounds(notBefore: row["notBefore"], notAfter: row["notAfter"]),
                    sources: try row.decoded("sources")
                )
            }
        }
    }

    /// The clients of a log.
    package func visitors(of log: String) throws(CatalogueError) -> [Visitor] {
        try read("the visitors") { database in
            try Row.fetchAll(database, sql: "SELECT visitor FROM visitor WHERE log = ?", arguments: [log])
                .map { try $0.decoded("visitor", as: Visitor.self) }
                .sorted { $0.client < $1.client }
        }
    }

    /// The visits in a log, oldest first.
    package func visits(of log: String) throws(CatalogueError) -> [Visit] {
        try read("the visits") { database in
            try Row.fetchAll(
                database,
                sql: "SELECT visit FROM visit WHERE log = ? ORDER BY first, client",
                arguments: [log]
            )
            .map { try $0.decoded("visit") }
        }
    }

    /// Entries whose bytes look like an access log by type and name, with the blob of their last version.
    package func logEntries() throws(CatalogueError) -> [EntryState] {
        try entries().filter { entry in
            let name = entry.path.lastComponent.display.lowercased()
            return entry.version?.payload != nil && name.contains("access") && name.contains("log")
        }
    }
}
