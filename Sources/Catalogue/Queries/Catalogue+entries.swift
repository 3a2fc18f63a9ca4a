package import Domain
import GRDB

/// An entry's last known state.
package struct EntryState: Sendable, Encodable {
    package var source: WebAddress
    package var path: PathName
    package var isPresent: Bool
    /// Nil only where nothing but its name was ever seen.
    package var version: EntryVersion?
}

/// A change, the source it happened at, and the run that saw it.
package struct RecordedChange: Sendable, Encodable {
    package var source: WebAddress
    package var run: RunID
    package var change: EntryChange
    /// Of a file that was added: the path of the one file that the same look found removed and that had the same bytes.
    /// Nil where there is none, or where several could be meant.
    package var movedFrom: PathName?
}

/// One look at a source.
package struct Collection: Sendable, Encodable {
    package var source: WebAddress
    package var run: RunID
    package var isFirst: Bool
    package var isComplete: Bool
    package var began: Timestamp
    package var ended: Timestamp
    /// Entries added, changed or back.
    package var updates: Int
    package var counts: CollectCounts
    package var listings: [Seal]
}

extension Catalogue {
    /// Where collection reads from, by address.
    package func sources() throws(CatalogueError) -> [Source] {
        try read("the sources") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM source ORDER BY base").map { row in
                guard let kind = DoorKind(rawValue: row["kind"]) else {
                    throw CatalogueError(.damaged, "source \(row["base"] as String) is of no known kind")
                }
                return Source(base: row["base"], endpoint: row["endpoint"], kind: kind)
            }
        }
    }

    /// The state that the last run of a source left in the vault.
    package func state(of source: WebAddress) throws(CatalogueError) -> Digest? {
        try read("a source's state") { database in
            try Digest.fetchOne(
                database,
                sql: "SELECT state FROM source WHERE base = ? AND state IS NOT NULL",
                arguments: [source]
            )
        }
    }

    /// Every look at a source, or at all of them, oldest first.
    package func collections(of source: WebAddress? = nil) throws(CatalogueError) -> [Collection] {
        try read("the collections") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT collection.*, job.run FROM collection JOIN job ON job.id = collection.job
                    WHERE ? IS NULL OR source = ? ORDER BY ended, job.leaf
                    """,
                arguments: [source, source]
            )
            .map { row in
                try Collection(
                    source: row["source"],
                    run: row["run"],
                    isFirst: row["isFirst"],
                    isComplete: row["isComplete"],
                    began: row["began"],
                    ended: row["ended"],
                    updates: row["updates"],
                    counts: row.decoded("counts"),
                    listings: row.decoded("listings")
                )
            }
        }
    }

    /// What the updates of a source did, from its complete looks.
    package func rhythm(of source: WebAddress) throws(CatalogueError) -> UpdateRhythm {
        let collections = try collections(of: source)
        // The jobs of one run are one look, of which the last is complete.
        let updates = Dictionary(grouping: collections, by: \.run).mapValues { $0.reduce(0) { $0 + $1.updates } }
        let looks = collections.filter(\.isComplete).map { look in
            UpdateRhythm.Look(at: look.ended, updates: look.isFirst ? nil : updates[look.run])
        }
        return UpdateRhythm(looks: looks, holidays: holidays)
    }

    /// At which hours the files of a source were last modified, of all versions that a look after the first saw.
    package func hours(of source: WebAddress) throws(CatalogueError) -> UpdateHours {
        let first = try collections(of: source).first { $0.isFirst }?.run
        return UpdateHours(
            try changes(of: source).filter { $0.run != first && [.added, .changed].contains($0.change.kind) }
                .compactMap(\.change.after?.modified)
        )
    }

    /// The entries of a source, or of all, by source and path.
    package func entries(of source: WebAddress? = nil) throws(CatalogueError) -> [EntryState] {
        try read("the entries") { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM entry WHERE ? IS NULL OR source = ? ORDER BY source, path",
                arguments: [source, source]
            )
            .map { row in
                try EntryState(
                    source: row["source"],
                    path: row["path"],
                    isPresent: row["isPresent"],
                    version: row.decodedIfPresent("version")
                )
            }
        }
    }

    /// The changes of a source, or of all, in the order in which they were seen.
    package func changes(of source: WebAddress? = nil) throws(CatalogueError) -> [RecordedChange] {
        try read("the changes") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT change.*, job.run FROM change JOIN job ON job.id = change.job
                    WHERE ? IS NULL OR source = ? ORDER BY change.id
                    """,
                arguments: [source, source]
            )
            .map(RecordedChange.init(row:)).withMoves
        }
    }
}

/// Bytes that went or came at one look.
private struct Move: Hashable {
    var run: RunID
    var source: WebAddress
    var payload: Digest
}

extension [RecordedChange] {
    /// The changes, in which a file that went and one that came with its bytes in the same run are known as one that moved.
    fileprivate var withMoves: [RecordedChange] {
        var (gone, came): ([Move: [Int]], [Move: [Int]]) = ([:], [:])
        for (index, recorded) in enumerated() {
            let change = recorded.change
            let bytes = change.kind == .removed ? change.before?.payload : change.after?.payload
            guard change.kind == .removed || change.kind == .added, let bytes else { continue }
            let move = Move(run: recorded.run, source: recorded.source, payload: bytes)
            if change.kind == .removed {
                gone[move, default: []].append(index)
            } else {
                came[move, default: []].append(index)
            }
        }
        var changes = self
        for (move, from) in gone {
            guard let to = came[move], from.count == 1, to.count == 1 else { continue }
            changes[to[0]].movedFrom = self[from[0]].change.path
        }
        return changes
    }
}

extension RecordedChange {
    fileprivate init(row: Row) throws {
        guard let kind = ChangeKind(rawValue: row["kind"]) else {
            throw CatalogueError(.damaged, "a change of \(row["path"] as String) is of no known kind")
        }
        source = row["source"]
        run = row["run"]
        change = EntryChange(
            path: row["path"],
            kind: kind,
            when: TimeBounds(notBefore: row["notBefore"], notAfter: row["notAfter"]),
            before: try row.decodedIfPresent("before"),
            after: try row.decodedIfPresent("after"),
            reason: row["reason"]
        )
    }
}
