import Domain
import GRDB

/// What a file that was read turned out to be.
package enum FileStanding: String, Codable, Sendable {
    case new
    /// A file of a run that is known already, under whatever name; nothing of it was counted twice.
    case known
    /// A file that tells more of a known run, and takes its place.
    case more
}

extension Recorder {
    /// A file is a run, unless it is of one that is known already.
    func apply(_ outcome: ImportOutcome, in database: Database) throws {
        guard outcome.report.isSound else {
            throw CatalogueError(.damaged, "the outcome \(outcome.job) holds a report that contradicts itself")
        }
        try insert(outcome.faults, of: outcome.job, in: database)
        let known = try sameRun(as: outcome, in: database)
        if let known, !known.tellsLess(than: outcome.report) {
            return try record(outcome, as: .known, of: known.name, in: database)
        }
        let name = try nextName(for: outcome, in: database)
        try record(outcome, as: known == nil ? .new : .more, of: name, in: database)
        let source = CensusRunSource(
            name: name,
            job: outcome.job,
            vantage: outcome.vantage,
            file: outcome.file.payload,
            fileName: outcome.name,
            format: outcome.format,
            sameness: outcome.sameness
        )
        try record(outcome.report, from: source, in: database)
        guard let known else { return }
        try database.execute(
            sql: "UPDATE censusRun SET replacedBy = ? WHERE name = ?",
            arguments: [name, known.name]
        )
    }

    private func record(
        _ outcome: ImportOutcome,
        as standing: FileStanding,
        of run: RunID,
        in database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO importedFile (digest, name, run, told, job) VALUES (?, ?, ?, ?, ?)",
            arguments: [outcome.file.payload, outcome.name, run, standing.rawValue, outcome.job]
        )
    }

    /// `2021-09-13-nmap-1`: the day on which the run may have begun, the program, and a number.
    private func nextName(for outcome: ImportOutcome, in database: Database) throws -> RunID {
        let began = outcome.report.began ?? outcome.report.ended
        let tool = outcome.report.reach.tool.prefix { $0 != " " }
        let prefix = "\((began?.likely).map { "\($0.day)" } ?? "undated")-\(tool)-"
        let taken = try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM censusRun WHERE substr(name, 1, ?) = ?",
            arguments: [prefix.utf8.count, prefix]
        )
        return RunID(prefix + "\((taken ?? 0) + 1)")
    }

    /// What is known of the run that a file is of; nil for a run that is new.
    private func sameRun(as outcome: ImportOutcome, in database: Database) throws -> KnownRun? {
        let began = outcome.report.began
        // Every day's run of one command line has the same words; only those of about the same time are read.
        let day = TimeBounds.zones.east + TimeBounds.zones.west + 1
        return try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM censusRun
                WHERE sameness = ? AND replacedBy IS NULL
                    AND (? IS NULL OR beganNotBefore IS NULL OR beganNotBefore BETWEEN ? AND ?)
                ORDER BY id
                """,
            arguments: [
                outcome.sameness, began?.notBefore, began?.notBefore?.adding(seconds: -day), began?.notAfter,
            ]
        )
        .map(KnownRun.init(row:)).first { $0.isSame(as: outcome.report) }
    }
}

/// As much of a run as tells whether a file is of it.
private struct KnownRun {
    var name: RunID
    var arguments: String
    var began: TimeBounds
    var ended: TimeBounds
    var isComplete: Bool
    var open: Int
    var covered: AddressSet?

    init(row: Row) {
        name = row["name"]
        arguments = row["arguments"]
        began = TimeBounds(notBefore: row["beganNotBefore"], notAfter: row["beganNotAfter"])
        ended = TimeBounds(notBefore: row["endedNotBefore"], notAfter: row["endedNotAfter"])
        isComplete = row["completeness"] as String == "complete"
        open = row["open"]
        covered = row["covered"]
    }

    /// The same command line at the same second is one run. Where only the name of the output differs, two machines may
    /// have begun by the clock: they do not end in the same second as well. A form that tells its zone and one that does
    /// not agree when they are some quarters of an hour apart and the run took as long.
    func isSame(as report: ScanReport) -> Bool {
        guard let other = report.began else { return began.notBefore == nil }
        if began == other {
            return arguments == report.arguments || (report.ended != nil && ended == report.ended)
        }
        guard let start = began.notBefore, let otherStart = other.notBefore, began.overlaps(other),
            began.width != other.width, let end = ended.notBefore, let otherEnd = report.ended?.notBefore
        else { return false }
        let shift = start.microseconds - otherStart.microseconds
        let difference = (end.microseconds - start.microseconds) - (otherEnd.microseconds - otherStart.microseconds)
        return shift % 900_000_000 == 0 && abs(difference) <= 1_000_000
    }

    func tellsLess(than report: ScanReport) -> Bool {
        if isComplete != (report.completeness == .complete) { return !isComplete }
        if !isComplete, let covered, let other = report.covered, covered.count != other.count {
            return covered.count < other.count
        }
        return open < report.open.ports.count
    }
}

extension TimeBounds {
    fileprivate var width: Int64 { (notAfter?.microseconds ?? 0) - (notBefore?.microseconds ?? 0) }

    fileprivate func overlaps(_ other: TimeBounds) -> Bool {
        guard let start = notBefore, let end = notAfter, let otherStart = other.notBefore, let otherEnd = other.notAfter
        else { return false }
        return start <= otherEnd && otherStart <= end
    }
}
