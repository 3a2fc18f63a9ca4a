package import Domain
import GRDB

extension Recorder {
    /// Forgets what was read from items whose bytes are withheld, and says why. Doing it again changes nothing.
    ///
    /// Names, sizes and times stay: the ledger still has them. A catalogue that is rebuilt comes to the same.
    package func withhold(_ payloads: [Digest: String]) throws(CatalogueError) {
        guard !payloads.isEmpty else { return }
        try write("what is withheld") { database in
            for (payload, why) in payloads {
                for table in ["notePair", "reading"] {
                    try database.execute(sql: "DELETE FROM \(table) WHERE payload = ?", arguments: [payload])
                }
                try database.execute(
                    sql: """
                        UPDATE fileReading SET status = 'failed', reason = ?, mime = NULL, label = NULL, tool = NULL,
                            thumbnail = NULL
                        WHERE payload = ?
                        """,
                    arguments: [why, payload]
                )
                for table in ["visit", "visitor"] {
                    try database.execute(
                        sql: "DELETE FROM \(table) WHERE log IN (SELECT foundAt FROM log WHERE digest = ?)",
                        arguments: [payload]
                    )
                }
                try database.execute(sql: "DELETE FROM log WHERE digest = ?", arguments: [payload])
                try database.execute(
                    sql: "UPDATE censusRun SET failure = ?, covered = '', loose = NULL WHERE file = ?",
                    arguments: [why, payload]
                )
            }
        }
    }
}
