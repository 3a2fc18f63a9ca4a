import Domain
import Foundation
import GRDB

extension Recorder {
    func apply(_ outcome: CollectOutcome, in database: Database) throws {
        let source = outcome.source
        // A large source is collected in several jobs of one run: together they are the first look.
        let earlier = try Int.fetchOne(
            database,
            sql: """
                SELECT 1 FROM collection JOIN job ON job.id = collection.job
                WHERE collection.source = ? AND job.run <> ? LIMIT 1
                """,
            arguments: [source.base, outcome.run]
        )
        try database.execute(
            sql: """
                INSERT INTO source (base, endpoint, kind, state) VALUES (?, ?, ?, ?)
                ON CONFLICT (base) DO UPDATE SET endpoint = excluded.endpoint, kind = excluded.kind, state = excluded.state
                """,
            arguments: [source.base, source.endpoint, source.kind.rawValue, outcome.state]
        )
        let counts = outcome.changeCounts
        let updates = [ChangeKind.added, .changed, .back].reduce(0) { $0 + (counts[$1] ?? 0) }
        try database.execute(
            sql: """
                INSERT INTO collection (job, source, isFirst, isComplete, state, began, ended, updates, counts, listings)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                outcome.job, source.base, earlier == nil, outcome.completeness == .complete, outcome.state,
                outcome.during.notBefore, outcome.during.notAfter, updates, JSONText(outcome.counts).text,
                JSONText(outcome.listings).text,
            ]
        )
        if let further = outcome.further {
            let decoder = JSONDecoder()
            try lines(further.seal) { line in
                let line = try decoder.decode(FurtherChanges.Line.self, from: Data(line))
                if let change = line.change { try record(change, of: outcome, in: database) }
                if let late = line.late { try record(late, of: outcome, in: database) }
            }
        }
        for change in outcome.changes { try record(change, of: outcome, in: database) }
        for late in outcome.lateBytes { try record(late, of: outcome, in: database) }
        try insert(outcome.faults, of: outcome.job, in: database)
    }

    private func record(_ late: LateBytes, of outcome: CollectOutcome, in database: Database) throws {
        try database.execute(
            sql: "UPDATE entry SET payload = ?, version = ?, job = ? WHERE source = ? AND path = ?",
            arguments: [
                late.version.payload, JSONText(late.version).text, outcome.job, outcome.source.base, late.path,
            ]
        )
    }

    private func record(_ change: EntryChange, of outcome: CollectOutcome, in database: Database) throws {
        // What could not be told leaves the last known state as it is.
        let known = change.after ?? change.before
        try database.execute(
            sql: """
                INSERT INTO entry (source, path, isPresent, payload, version, job) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (source, path) DO UPDATE
                SET isPresent = excluded.isPresent, payload = excluded.payload, version = excluded.version,
                    job = excluded.job
                WHERE ? <> 'unknown'
                """,
            arguments: [
                outcome.source.base, change.path, change.kind != .removed, known?.payload, JSONText.text(known),
                outcome.job, change.kind.rawValue,
            ]
        )
        try database.execute(
            sql: """
                INSERT INTO change (job, source, path, kind, notBefore, notAfter, before, after, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                outcome.job, outcome.source.base, change.path, change.kind.rawValue, change.when.notBefore,
                change.when.notAfter, JSONText.text(change.before), JSONText.text(change.after), change.reason,
            ]
        )
    }
}
