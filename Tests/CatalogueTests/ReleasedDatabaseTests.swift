import Catalogue
import Domain
import Foundation
import GRDB
import TestSupport
import Testing

/// A catalogue of every release is brought up to date and still knows what it knew.
///
/// `Golden/released/next.sql` is the small case as this version writes it, rewritten by `RECORD=1` like every golden file.
/// `scripts/release-dump VERSION` keeps it under the version's name; such a file never changes.
@Suite struct ReleasedDatabaseTests {
    static let dumps = goldenFiles(in: "released", extension: "sql")

    @Test func theNextReleasesDumpIsTheOneWrittenDown() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "catalogue.sqlite").path
            try record(SmallCase(), in: Catalogue(path: path))
            let difference = try golden("released/next.sql", Self.dump(path))
            #expect(difference == nil, "\(difference?.prefix(2_000) ?? "")")
        }
    }

    @Test func thereIsADump() { #expect(!Self.dumps.isEmpty) }

    @Test(arguments: dumps) func isBroughtUpToDateAndKnowsWhatItKnew(dump: URL) throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "catalogue.sqlite").path
            try Self.restore(try String(contentsOf: dump, encoding: .utf8), to: path)
            let before = try Self.rowCounts(path)
            let catalogue = try Catalogue(path: path)
            #expect(try catalogue.schema() == Catalogue().schema())
            #expect(try catalogue.runs().count == before["run"])
            #expect(try catalogue.entries().count == before["entry"])
            #expect(try !catalogue.services().isEmpty && !catalogue.websites().isEmpty && !catalogue.doors().isEmpty)
            #expect(try catalogue.identifications().count == before["identification"])
            #expect(try catalogue.logs().count == before["log"])
            #expect(try !catalogue.notePairs().isEmpty && !catalogue.changes().isEmpty)
            #expect(try catalogue.rhythm(of: SmallCase().source).silenceSince != nil)
            // What comes next is recorded on top: nothing of the old is in its way.
            try record(SmallCase(), in: catalogue)
            #expect(try catalogue.runs().count == before["run"])
            try catalogue.close()
        }
    }

    // MARK: Dumps

    private func withTemporaryFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "released-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func record(_ small: SmallCase, in catalogue: Catalogue) throws {
        let recorder = Recorder(catalogue)
        for (number, event) in small.events.enumerated() {
            let seal = Seal(leaf: UInt64(number), record: "urn:uuid:\(number)", payload: nil, length: 0)
            try recorder.record(started: event.run, leaf: seal.leaf)
            try recorder.record(event.outcome, seal: seal)
            try recorder.record(ended: event.run)
        }
    }

    /// Statements that make the database anew, as `sqlite3 FILE .dump` writes them.
    private static func dump(_ path: String) throws -> String {
        try DatabaseQueue(path: path).read { database in
            var lines = ["PRAGMA foreign_keys=OFF;", "BEGIN TRANSACTION;"]
            let objects = try Row.fetchAll(
                database,
                sql:
                    "SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
            )
            lines += objects.map { ($0["sql"] as String) + ";" }
            for object in objects where object["type"] as String == "table" {
                let name: String = object["name"]
                let columns = try database.columns(in: name).map { "quote(\"\($0.name)\")" }.joined(
                    separator: " || ',' || "
                )
                let rows = try String.fetchAll(database, sql: "SELECT \(columns) FROM \"\(name)\" ORDER BY 1")
                lines += rows.map { "INSERT INTO \"\(name)\" VALUES(\($0));" }
            }
            return (lines + ["COMMIT;"]).joined(separator: "\n") + "\n"
        }
    }

    private static func restore(_ dump: String, to path: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try database.inDatabase { try $0.execute(sql: dump) }
        try database.close()
    }

    private static func rowCounts(_ path: String) throws -> [String: Int] {
        let database = try DatabaseQueue(path: path)
        defer { try? database.close() }
        return try database.read { database in
            let names = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
            var counts: [String: Int] = [:]
            for name in names { counts[name] = try Int.fetchOne(database, sql: "SELECT count(*) FROM \"\(name)\"") }
            return counts
        }
    }
}
