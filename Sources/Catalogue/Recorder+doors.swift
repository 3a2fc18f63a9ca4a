import Domain
import GRDB

extension Recorder {
    func apply(_ outcome: DoorsOutcome, in database: Database) throws {
        let at = outcome.during.notAfter ?? Timestamp(microseconds: 0)
        for address in Set(outcome.examined) {
            try database.execute(
                sql: "INSERT INTO doorExamined (job, address) VALUES (?, ?)",
                arguments: [outcome.job, address]
            )
        }
        try markAbsentDoors(outcome, at: at, in: database)
        for door in outcome.doors { try record(door, at: at, of: outcome.job, in: database) }
        for rejection in outcome.rejections {
            try database.execute(
                sql: """
                    INSERT INTO doorRejection (address, checkName, reason, seal, job) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (address, checkName) DO UPDATE
                    SET reason = excluded.reason, seal = excluded.seal, job = excluded.job
                    """,
                arguments: [
                    rejection.address, rejection.check, rejection.reason, JSONText.text(rejection.seal), outcome.job,
                ]
            )
        }
        for key in outcome.missed ?? [] { try markAbsent(key, at: at, in: database) }
        for finding in outcome.findings ?? [] { try record(finding, at: at, of: outcome.job, in: database) }
        try insert(outcome.faults, of: outcome.job, in: database)
    }

    /// Of two templates with one id only the one that was asked again is missed.
    private func markAbsent(_ key: TemplateFinding.Key, at: Timestamp, in database: Database) throws {
        try database.execute(
            sql: """
                UPDATE templateFinding SET absentSince = ?
                WHERE website = ? AND endpoint = ? AND template = ? AND absentSince IS NULL
                AND json_extract(finding, '$.source') = ?
                """,
            arguments: [at, key.website, key.endpoint, key.template, key.source.description]
        )
    }

    private func record(_ finding: TemplateFinding, at: Timestamp, of job: JobID, in database: Database) throws {
        // A census' answer may be what it rests on: that is when it was seen.
        let seen = finding.seen ?? at
        try database.execute(
            sql: """
                INSERT INTO templateFinding (website, endpoint, template, firstSeen, lastSeen, finding, job)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (website, endpoint, template) DO UPDATE
                SET lastSeen = max(lastSeen, excluded.lastSeen), absentSince = NULL, finding = excluded.finding,
                    job = excluded.job
                """,
            arguments: [
                finding.website, finding.endpoint, finding.template, seen, seen, JSONText(finding).text, job,
            ]
        )
    }

    private func record(_ door: Door, at: Timestamp, of job: JobID, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO door (address, kind, firstSeen, lastSeen, door, job) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (address) DO UPDATE
                SET kind = excluded.kind, lastSeen = excluded.lastSeen, absentSince = NULL, door = excluded.door,
                    job = excluded.job
                """,
            arguments: [door.address, door.kind.rawValue, at, at, JSONText(door).text, job]
        )
    }

    /// A door is absent only where its website was examined to the end and it was not found again.
    private func markAbsentDoors(_ outcome: DoorsOutcome, at: Timestamp, in database: Database) throws {
        for row in try Row.fetchAll(database, sql: "SELECT address FROM door WHERE absentSince IS NULL") {
            let address: WebAddress = row["address"]
            guard outcome.examined.contains(where: { $0.hasSameOrigin(as: address) }) else { continue }
            try database.execute(sql: "UPDATE door SET absentSince = ? WHERE address = ?", arguments: [at, address])
        }
    }
}
