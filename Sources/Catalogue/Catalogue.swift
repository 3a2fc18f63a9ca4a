package import Domain
import Foundation
import GRDB

/// What is known, and since when: an index over the vault, in one SQLite file.
///
/// Everything here can be rebuilt from the vault. Only the ``Recorder`` writes; readers may read at the same time,
/// and each query sees one consistent state.
package struct Catalogue: Sendable {
    let database: any DatabaseWriter
    /// Why a payload is not shown; see ``concealing(_:)``.
    var concealment: @Sendable (Digest) -> String? = { _ in nil }
    /// Days on which no update is due at any source; see ``UpdateRhythm``.
    package var holidays: Set<Day> = []

    /// Opens the catalogue at `path` and brings its schema up to date, or makes a private one in memory.
    package init(path: String? = nil) throws(CatalogueError) {
        do {
            database = try path.map { try DatabasePool(path: $0, configuration: Self.configuration) } ?? DatabaseQueue()
        } catch {
            throw CatalogueError(.unreadable, "cannot open the catalogue \(path ?? "in memory"): \(error)")
        }
        try Self.guarding("bring the catalogue's schema up to date") {
            guard try !database.read(migrator.hasBeenSuperseded) else {
                throw CatalogueError(.tooNew, "\(path ?? "the catalogue") was written by a newer ajar; update this one")
            }
            try migrator.migrate(database)
        }
        try adoptEarlierSweeps()
    }

    /// What versions before the history kept of each census becomes a part of it, once.
    private func adoptEarlierSweeps() throws(CatalogueError) {
        let isThere = try read("earlier sweeps") { database in
            try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM sweep)") ?? false
        }
        guard isThere else { return }
        try Self.guarding("bring earlier censuses into the history") {
            try database.write { try Recorder(self).adoptEarlierSweeps(in: $0) }
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        return configuration
    }

    /// The schema as it is now, as SQL.
    package func schema() throws(CatalogueError) -> String {
        try read("the schema") { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT sql FROM sqlite_schema
                    WHERE sql NOT NULL AND name NOT LIKE 'grdb_%' AND name NOT LIKE 'sqlite_%' ORDER BY name
                    """
            )
            .joined(separator: ";\n") + ";\n"
        }
    }

    /// Runs one query. `what` names it for the error.
    func read<Value>(_ what: String, _ query: (Database) throws -> Value) throws(CatalogueError) -> Value {
        try Self.guarding("read \(what)") { try database.read(query) }
    }

    /// Turns what a database says into what a person can act on.
    static func guarding<Value>(_ what: String, _ body: () throws -> Value) throws(CatalogueError) -> Value {
        do {
            return try body()
        } catch let error as CatalogueError {
            throw error
        } catch let error as DatabaseError
            where [.SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY].contains(error.resultCode)
        {
            throw CatalogueError(
                .unwritable,
                "cannot \(what): \(error.message ?? "the disk refuses"); free space and run again"
            )
        } catch {
            throw CatalogueError(.damaged, "cannot \(what): \(error); `ajar verify --rebuild` makes the catalogue anew")
        }
    }
}
