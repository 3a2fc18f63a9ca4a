package import Domain
import GRDB

/// What one run saw: its open ports with who answers there, and its sheets.
package struct RunState: Sendable {
    package var open: [ServiceKey: ServiceIdentity]
    package var sheets: [HostKey: HostSheet]
}

/// A file that was imported, and of which run it is.
package struct ImportedFile: Hashable, Codable, Sendable {
    package var digest: Digest
    package var name: String
    package var run: RunID
    package var told: FileStanding
}

extension Catalogue {
    /// Every run over a network, Ajar's own and imported ones, in the order of their times.
    package func censusRuns() throws(CatalogueError) -> [CensusRun] {
        try read("the runs over the network") { try Self.censusRuns($0) }
    }

    /// The history of one address, or of all, in spans.
    package func history(of address: IPAddress? = nil) throws(CatalogueError) -> History {
        try read("the history") { database in
            var history = History(runs: try Self.censusRuns(database))
            var names = Names(database)
            for reach in Set(history.runs.map(\.reachID)) {
                try Self.addSpans(of: reach, address, to: &history, &names, database)
            }
            history.identities = names.identities
            history.sheets = names.sheets
            guard address == nil else { return history }
            try Self.addWebsites(to: &history, database)
            return history
        }
    }

    /// What a run saw, put together from the spans.
    package func hosts(in run: CensusRun) throws(CatalogueError) -> RunState {
        try read("what \(run.name) saw") { database in
            var names = Names(database)
            var state = RunState(open: [:], sheets: [:])
            let holding = "reach = ? AND first <= ? AND (last IS NULL OR last >= ?)"
            let numbers: StatementArguments = [run.reachID, run.ordinal, run.ordinal]
            let open = try Row.fetchCursor(database, sql: "SELECT * FROM openSpan WHERE \(holding)", arguments: numbers)
            while let row = try open.next() {
                let host = try HostKey(row: row)
                let key = ServiceKey(Endpoint(host.address, row["port"]), host.transport)
                let number = try names.identity(row["identity"])
                state.open[key] = names.identities[number]
            }
            let sheets = try Row.fetchCursor(
                database,
                sql: "SELECT * FROM sheetSpan WHERE \(holding)",
                arguments: numbers
            )
            while let row = try sheets.next() {
                let number = try names.sheet(row["sheet"])
                state.sheets[try HostKey(row: row)] = names.sheets[number]
            }
            for port in run.loose { state.open[ServiceKey(port.endpoint, port.transport)] = port.identity }
            return state
        }
    }

    /// The files that were imported, by name; with a digest only those of the same bytes.
    package func importedFiles(_ digest: Digest? = nil) throws(CatalogueError) -> [ImportedFile] {
        try read("the imported files") { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM importedFile WHERE ? IS NULL OR digest = ? ORDER BY name, job",
                arguments: [digest, digest]
            )
            .map { row in
                guard let told = FileStanding(rawValue: row["told"]) else {
                    throw CatalogueError(.damaged, "the file \(row["name"] as String) is of no known standing")
                }
                return ImportedFile(digest: row["digest"], name: row["name"], run: row["run"], told: told)
            }
        }
    }

    // MARK: Rows

    private static func censusRuns(_ database: Database) throws -> [CensusRun] {
        var reaches: [Int64: Reach] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT id, reach FROM reach") {
            reaches[row["id"]] = try row.decoded("reach")
        }
        let rows = try Row.fetchAll(
            database,
            sql:
                "SELECT censusRun.*, job.leaf FROM censusRun JOIN job ON job.id = censusRun.job ORDER BY job.leaf, censusRun.id"
        )
        let runs = try rows.map { row in
            guard let reach = reaches[row["reach"]] else { throw CatalogueError(.damaged, "a run has no reach") }
            return try CensusRun(row: row, reach: reach)
        }
        // Runs that say nothing of their time stand first; the sort keeps the order in which others came.
        return runs.enumerated().sorted {
            ($0.element.order?.microseconds ?? .min, $0.offset) < ($1.element.order?.microseconds ?? .min, $1.offset)
        }
        .map(\.element)
    }

    private static func addSpans(
        of reach: Int64,
        _ address: IPAddress?,
        to history: inout History,
        _ names: inout Names,
        _ database: Database
    ) throws {
        let filter = address == nil ? "reach = ?" : "reach = ? AND address = ?"
        let arguments = StatementArguments([reach.databaseValue] + (address.map { [$0.column] } ?? []))
        let open = try Row.fetchCursor(
            database,
            sql: """
                SELECT address, transport, port, first, last, identity FROM openSpan WHERE \(filter)
                ORDER BY address, transport, port, first
                """,
            arguments: arguments
        )
        while let row = try open.next() {
            let host = try HostKey(row: row)
            let span = RunSpan<Int>(first: row[3], last: row[4], value: try names.identity(row[5]))
            history.open[ServiceKey(Endpoint(host.address, row[2]), host.transport), default: [:]][reach, default: []]
                .append(span)
        }
        let sheets = try Row.fetchCursor(
            database,
            sql: """
                SELECT address, transport, first, last, sheet FROM sheetSpan WHERE \(filter)
                ORDER BY address, transport, first
                """,
            arguments: arguments
        )
        while let row = try sheets.next() {
            let span = RunSpan<Int>(first: row[2], last: row[3], value: try names.sheet(row[4]))
            history.hosts[try HostKey(row: row), default: [:]][reach, default: []].append(span)
        }
    }

    private static func addWebsites(to history: inout History, _ database: Database) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT * FROM websiteSpan ORDER BY reach, name, endpoint, scheme, first"
        )
        while let row = try rows.next() {
            let key = WebsiteName(name: row["name"], endpoint: row["endpoint"], scheme: row["scheme"])
            history.websites[key, default: [:]][row["reach"], default: []].append(
                RunSpan(first: row["first"], last: row["last"], value: 0)
            )
        }
    }
}

/// The identities and sheets that rows name by number, each read once.
private struct Names {
    private let database: Database
    private(set) var identities: [ServiceIdentity] = []
    private(set) var sheets: [HostSheet] = []
    private var identityNumbers: [Int64: Int] = [:]
    private var sheetNumbers: [Int64: Int] = [:]

    init(_ database: Database) { self.database = database }

    /// The index of an identity.
    mutating func identity(_ id: Int64) throws -> Int {
        if let number = identityNumbers[id] { return number }
        identities.append(try value(id, "identity", "identity"))
        identityNumbers[id] = identities.count - 1
        return identities.count - 1
    }

    /// The index of a sheet.
    mutating func sheet(_ id: Int64) throws -> Int {
        if let number = sheetNumbers[id] { return number }
        sheets.append(try value(id, "hostSheet", "sheet"))
        sheetNumbers[id] = sheets.count - 1
        return sheets.count - 1
    }

    private func value<Value: Codable>(_ id: Int64, _ table: String, _ column: String) throws -> Value {
        let row = try Row.fetchOne(database, sql: "SELECT \(column) FROM \(table) WHERE id = ?", arguments: [id])
        guard let row else { throw CatalogueError(.damaged, "row \(id) of \(table) is missing") }
        return try row.decoded(column)
    }
}

extension HostKey {
    fileprivate init(row: Row) throws {
        guard let address = IPAddress(column: row["address"]), let transport = Transport(rawValue: row["transport"])
        else {
            throw CatalogueError(.damaged, "a span is of no address")
        }
        self.init(address, transport)
    }
}

extension CensusRun {
    fileprivate init(row: Row, reach: Reach) throws {
        self.init(
            name: row["name"],
            reach: reach,
            reachID: row["reach"],
            ordinal: row["ordinal"],
            toolVersion: row["toolVersion"],
            arguments: row["arguments"],
            vantage: row["vantage"],
            began: TimeBounds(notBefore: row["beganNotBefore"], notAfter: row["beganNotAfter"]),
            ended: TimeBounds(notBefore: row["endedNotBefore"], notAfter: row["endedNotAfter"]),
            completeness: Completeness(word: row["completeness"], reason: row["reason"]),
            failure: row["failure"],
            covered: row["covered"],
            loose: try row.decodedIfPresent("loose") ?? [],
            answering: row["answering"],
            open: row["open"],
            file: row["file"],
            fileName: row["fileName"],
            format: row["format"],
            replacedBy: row["replacedBy"],
            job: row["job"],
            leaf: UInt64(row["leaf"] as Int64)
        )
    }
}

extension Catalogue {
    /// The ports that each reach with only a name for them is known to ask for, whatever part of it was read.
    package func shownPorts(_ history: History) throws(CatalogueError) -> [Int64: PortSet] {
        let named = Set(
            history.runs.filter { $0.reach.tcp?.isNamed ?? false || $0.reach.udp?.isNamed ?? false }.map(\.reachID)
        )
        return try read("the ports shown") { database in
            var shown: [Int64: PortSet] = [:]
            for reach in named {
                let ports = try Int.fetchAll(
                    database,
                    sql: "SELECT DISTINCT port FROM openSpan WHERE reach = ?",
                    arguments: [reach]
                )
                let sheets = try Row.fetchAll(
                    database,
                    sql: "SELECT sheet FROM hostSheet WHERE id IN (SELECT sheet FROM sheetSpan WHERE reach = ?)",
                    arguments: [reach]
                )
                shown[reach] = try sheets.reduce(PortSet(ports.compactMap(UInt16.init(exactly:)))) { ports, row in
                    let sheet: HostSheet = try row.decoded("sheet")
                    return ports.union(sheet.closed).union(sheet.noAnswer)
                }
            }
            return shown
        }
    }

    /// What the file of a job was found to be; nil for a job that is not known.
    package func importedFile(of job: JobID) throws(CatalogueError) -> ImportedFile? {
        try read("an imported file") { database in
            try Row.fetchOne(database, sql: "SELECT * FROM importedFile WHERE job = ?", arguments: [job]).map { row in
                guard let told = FileStanding(rawValue: row["told"]) else {
                    throw CatalogueError(.damaged, "the file \(row["name"] as String) is of no known standing")
                }
                return ImportedFile(digest: row["digest"], name: row["name"], run: row["run"], told: told)
            }
        }
    }
}
