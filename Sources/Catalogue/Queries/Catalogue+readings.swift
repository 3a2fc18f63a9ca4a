package import Domain
import GRDB

/// A note pair and the file it stands in.
package struct RecordedNotePair: Sendable, Encodable {
    package var payload: Digest
    package var source: WebAddress
    package var path: PathName
    package var pair: NotePair
    package var thumbnail: Digest?
}

extension Catalogue {
    /// What was collected and not read yet: each blob once, with one of its names.
    package func unread() throws(CatalogueError) -> [ReadingJob.Item] {
        try read("what is unread") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT payload, min(path) AS path, version FROM entry
                    WHERE payload IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM fileReading WHERE fileReading.payload = entry.payload)
                    GROUP BY payload ORDER BY path
                    """
            )
            .map { row in
                let version: EntryVersion = try row.decoded("version")
                return ReadingJob.Item(input: row["payload"], name: row["path"], length: version.seal?.length ?? 0)
            }
        }
    }

    /// What was read from one blob; nil where it was not read.
    package func reading(of payload: Digest) throws(CatalogueError) -> FileReading? {
        try read("a file's readings") { database in
            try Row.fetchOne(database, sql: "SELECT * FROM fileReading WHERE payload = ?", arguments: [payload])
                .map { try FileReading(row: $0, in: database).concealed(concealment(payload)) }
        }
    }

    /// Everything that was read, by blob. Holds all readings in memory: for reports and scores, not for pages.
    package func readings() throws(CatalogueError) -> [FileReading] {
        try read("the readings") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM fileReading ORDER BY payload")
                .map { try FileReading(row: $0, in: database) }.map { $0.concealed(concealment($0.input)) }
        }
    }

    /// How many blobs there are of each status and type, most first.
    package func readingCounts() throws(CatalogueError) -> [(status: String, mime: String, count: Int)] {
        try read("the counts of readings") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT status, coalesce(mime, 'unknown') AS mime, count(*) AS count FROM fileReading
                    GROUP BY status, mime ORDER BY count DESC, mime
                    """
            )
            .map { ($0["status"], $0["mime"], $0["count"]) }
        }
    }

    /// Note pairs with the entry they were found in: the first by path where several have the same bytes.
    package func notePairs() throws(CatalogueError) -> [RecordedNotePair] {
        try read("the note pairs") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT notePair.payload, notePair.pair, fileReading.thumbnail, entry.source, min(entry.path) AS path
                    FROM notePair JOIN fileReading ON fileReading.payload = notePair.payload
                    JOIN entry ON entry.payload = notePair.payload
                    GROUP BY notePair.payload, notePair.number ORDER BY path, notePair.number
                    """
            )
            .map { row in
                try RecordedNotePair(
                    payload: row["payload"],
                    source: row["source"],
                    path: row["path"],
                    pair: row.decoded("pair"),
                    thumbnail: row["thumbnail"]
                )
            }
            .filter { concealment($0.payload) == nil }
        }
    }
}

extension FileReading {
    fileprivate init(row: Row, in database: Database) throws {
        let payload: Digest = row["payload"]
        let tool: Tool? = try row.decodedIfPresent("tool")
        let mime: String? = row["mime"]
        self.init(
            input: payload,
            status: Status(word: row["status"], reason: row["reason"]),
            type: tool.flatMap { tool in mime.map { DetectedType(mime: $0, label: row["label"] ?? "", tool: tool) } },
            readings: try Row.fetchAll(
                database,
                sql: "SELECT reading FROM reading WHERE payload = ? ORDER BY number",
                arguments: [payload]
            )
            .map { try $0.decoded("reading") },
            notePairs: try Row.fetchAll(
                database,
                sql: "SELECT pair FROM notePair WHERE payload = ? ORDER BY number",
                arguments: [payload]
            )
            .map { try $0.decoded("pair") },
            thumbnail: row["thumbnail"]
        )
    }
}

extension Catalogue {
    /// The thumbnail of each blob that has one.
    package func thumbnails() throws(CatalogueError) -> [Digest: Digest] {
        try read("the thumbnails") { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT payload, thumbnail FROM fileReading WHERE thumbnail IS NOT NULL"
            )
            let all: [Digest: Digest] = Dictionary(uniqueKeysWithValues: rows.map { ($0["payload"], $0["thumbnail"]) })
            return all.filter { concealment($0.key) == nil }
        }
    }

    /// Closes the file. Nothing may be asked afterwards.
    package func close() throws(CatalogueError) {
        try Self.guarding("close the catalogue") { try database.close() }
    }
}
