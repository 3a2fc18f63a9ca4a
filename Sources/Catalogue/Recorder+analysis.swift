import Domain
import GRDB

extension Recorder {
    func apply(_ outcome: ReadingOutcome, in database: Database) throws {
        for file in outcome.files {
            for table in ["notePair", "reading", "fileReading"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE payload = ?", arguments: [file.input])
            }
            try insert(file, of: outcome.job, in: database)
        }
        try insert(outcome.faults, of: outcome.job, in: database)
    }

    private func insert(_ file: FileReading, of job: JobID, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO fileReading (payload, status, reason, mime, label, tool, thumbnail, job)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                file.input, file.status.word, file.status.reason, file.type?.mime, file.type?.label,
                JSONText.text(file.type?.tool), file.thumbnail, job,
            ]
        )
        for (number, reading) in file.readings.enumerated() {
            try database.execute(
                sql: """
                    INSERT INTO reading (payload, number, predicate, value, language, confidence, reading)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    file.input, number, reading.predicate, reading.value, reading.language, reading.confidence,
                    JSONText(reading).text,
                ]
            )
        }
        for (number, pair) in file.notePairs.enumerated() {
            try database.execute(
                sql: "INSERT INTO notePair (payload, number, pair) VALUES (?, ?, ?)",
                arguments: [file.input, number, JSONText(pair).text]
            )
        }
    }

    func apply(_ outcome: IdentifyOutcome, in database: Database) throws {
        for identification in outcome.identifications {
            try database.execute(
                sql: """
                    INSERT INTO identification (source, path, status, project, identification, job)
                    VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (source, path) DO UPDATE
                    SET status = excluded.status, project = excluded.project,
                        identification = excluded.identification, job = excluded.job
                    """,
                arguments: [
                    identification.source, identification.path, identification.status.word,
                    identification.status.project, JSONText(identification).text, outcome.job,
                ]
            )
        }
    }

    func apply(_ outcome: TraceOutcome, in database: Database) throws {
        for table in ["visit", "visitor"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE log = ?", arguments: [outcome.foundAt])
        }
        try database.execute(
            sql: """
                INSERT INTO log (foundAt, digest, lines, unparsedLines, unparsed, notBefore, notAfter, sources, job)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (foundAt) DO UPDATE
                SET digest = excluded.digest, lines = excluded.lines, unparsedLines = excluded.unparsedLines,
                    unparsed = excluded.unparsed, notBefore = excluded.notBefore, notAfter = excluded.notAfter,
                    sources = excluded.sources, job = excluded.job
                """,
            arguments: [
                outcome.foundAt, outcome.log, outcome.lines, outcome.unparsedLines, JSONText.text(outcome.unparsed),
                outcome.during?.notBefore, outcome.during?.notAfter, JSONText(outcome.sources).text, outcome.job,
            ]
        )
        for visitor in outcome.visitors {
            try database.execute(
                sql: "INSERT INTO visitor (log, client, line, visitor) VALUES (?, ?, ?, ?)",
                arguments: [outcome.foundAt, visitor.client, visitor.line.rawValue, JSONText(visitor).text]
            )
        }
        for visit in outcome.visits {
            try database.execute(
                sql: "INSERT INTO visit (log, client, first, last, visit) VALUES (?, ?, ?, ?, ?)",
                arguments: [outcome.foundAt, visit.client, visit.first, visit.last, JSONText(visit).text]
            )
        }
    }
}

extension FileReading.Status {
    var word: String {
        switch self {
        case .read: "read"
        case .unsupported: "unsupported"
        case .failed: "failed"
        }
    }

    var reason: String? {
        if case .failed(let reason) = self { reason } else { nil }
    }

    init(word: String, reason: String?) {
        switch word {
        case "read": self = .read
        case "unsupported": self = .unsupported
        default: self = .failed(reason: reason ?? "not said")
        }
    }
}

extension Identification.Status {
    var word: String {
        switch self {
        case .identified: "identified"
        case .reference: "reference"
        case .unidentified: "unidentified"
        }
    }

    var project: String? {
        if case .identified(let project) = self { project } else { nil }
    }
}
