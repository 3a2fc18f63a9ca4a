package import Domain
import GRDB

extension Catalogue {
    /// Every entry ever seen, with the texts read from it: what the identify stage is asked.
    package func identifiable() throws(CatalogueError) -> [IdentifyJob.Item] {
        try read("what can be identified") { database in
            var texts: [Digest: [String]] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT payload, value FROM reading
                    WHERE predicate IN ('text', 'sheet.cell', 'psd.layer', 'title', 'comment')
                    ORDER BY payload, length(value)
                    """
            )
            while let row = try rows.next() {
                let payload: Digest = row["payload"]
                texts[payload, default: []].append(row["value"])
            }
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT entry.source, entry.path, entry.payload, fileReading.mime
                    FROM entry LEFT JOIN fileReading ON fileReading.payload = entry.payload
                    ORDER BY entry.source, entry.path
                    """
            )
            .map { row in
                let payload: Digest? = row["payload"]
                return IdentifyJob.Item(
                    source: row["source"],
                    path: row["path"],
                    payload: payload,
                    mime: row["mime"],
                    texts: payload.flatMap { texts[$0] }?.cut(at: 64 * 1024) ?? []
                )
            }
        }
    }

    /// Whose work each entry is, by source and path.
    package func identifications() throws(CatalogueError) -> [Identification] {
        try read("the identifications") { database in
            try Row.fetchAll(database, sql: "SELECT identification FROM identification ORDER BY source, path")
                .map { try $0.decoded("identification") }
        }
    }
}

extension [String] {
    /// As many as fit in so many bytes.
    fileprivate func cut(at limit: Int) -> [String] {
        var left = limit
        return prefix {
            left -= $0.utf8.count
            return left >= 0
        }
        .map(\.self)
    }
}
