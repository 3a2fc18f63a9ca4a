import Domain
import GRDB

extension Recorder {
    func apply(_ outcome: CensusOutcome, in database: Database) throws {
        let at = outcome.during.notAfter ?? Timestamp(microseconds: 0)
        try recordHistory(outcome, in: database)
        try markAbsentServices(outcome, at: at, in: database)
        try markAbsentWebsites(outcome, at: at, in: database)
        for sighting in outcome.services { try record(sighting, of: outcome.job, in: database) }
        for sighting in outcome.websites { try record(sighting, of: outcome.job, in: database) }
        for name in outcome.names { try record(name, at: at, of: outcome.job, in: database) }
        try insert(outcome.remarks, remarks: true, of: outcome.job, in: database)
        try insert(outcome.faults, of: outcome.job, in: database)
    }

    private func record(_ sighting: ServiceSighting, of job: JobID, in database: Database) throws {
        let text = try JSONText(sighting).text
        try database.execute(
            sql: """
                INSERT INTO service (endpoint, transport, firstSeen, lastSeen, sighting, job) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (endpoint, transport) DO UPDATE
                SET lastSeen = excluded.lastSeen, absentSince = NULL, sighting = excluded.sighting, job = excluded.job
                """,
            arguments: [sighting.endpoint, sighting.transport.rawValue, sighting.at, sighting.at, text, job]
        )
    }

    private func record(_ sighting: WebsiteSighting, of job: JobID, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO website (name, endpoint, scheme, firstSeen, lastSeen, sighting, job)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (name, endpoint, scheme) DO UPDATE
                SET lastSeen = excluded.lastSeen, absentSince = NULL, sighting = excluded.sighting, job = excluded.job
                """,
            arguments: [
                sighting.name, sighting.endpoint, sighting.scheme.rawValue, sighting.at, sighting.at,
                JSONText(sighting).text, job,
            ]
        )
    }

    private func record(_ name: NameRecord, at: Timestamp, of job: JobID, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO nameRecord (owner, type, data, firstSeen, lastSeen, seal, job) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (owner, type, data) DO UPDATE
                SET lastSeen = excluded.lastSeen, seal = excluded.seal, job = excluded.job
                """,
            arguments: [name.owner, name.type, name.data, at, at, JSONText.text(name.seal), job]
        )
    }

    /// A service is absent only where this run asked its very port and address, and it was not open.
    private func markAbsentServices(_ outcome: CensusOutcome, at: Timestamp, in database: Database) throws {
        let sweeps = Dictionary(outcome.sweeps.map { ($0.port, $0) }) { first, _ in first }
        let seen = Set(outcome.services.map { "\($0.endpoint) \($0.transport)" })
        let known = try Row.fetchAll(
            database,
            sql: "SELECT endpoint, transport FROM service WHERE absentSince IS NULL"
        )
        for row in known {
            let endpoint: Endpoint = row["endpoint"]
            let transport: String = row["transport"]
            let wasAsked =
                transport == Transport.udp.rawValue
                ? outcome.completeness == .complete && !seen.contains("\(endpoint) \(transport)")
                : sweeps[endpoint.port]?.wasRefused(by: endpoint.address) ?? false
            guard wasAsked else { continue }
            try database.execute(
                sql: "UPDATE service SET absentSince = ? WHERE endpoint = ? AND transport = ?",
                arguments: [at, endpoint, transport]
            )
        }
    }

    /// A website is absent where its port was asked and did not answer, or a complete run asked it and saw other content.
    private func markAbsentWebsites(_ outcome: CensusOutcome, at: Timestamp, in database: Database) throws {
        let sweeps = Dictionary(outcome.sweeps.map { ($0.port, $0) }) { first, _ in first }
        let known = try Row.fetchAll(
            database,
            sql: "SELECT name, endpoint, scheme FROM website WHERE absentSince IS NULL"
        )
        for row in known {
            let endpoint: Endpoint = row["endpoint"]
            guard let sweep = sweeps[endpoint.port] else { continue }
            let isGone = sweep.wasRefused(by: endpoint.address)
            let wasAsked = outcome.completeness == .complete && sweep.open.contains(endpoint.address)
            guard isGone || wasAsked else { continue }
            try database.execute(
                sql: "UPDATE website SET absentSince = ? WHERE name = ? AND endpoint = ? AND scheme = ?",
                arguments: [at, row["name"] as String, endpoint, row["scheme"] as String]
            )
        }
    }
}

extension PortSweep {
    fileprivate func wasRefused(by address: IPAddress) -> Bool {
        closed.contains(address) || noAnswer.contains(address)
    }
}
