import Domain
import GRDB

/// What a span is of: an address and transport, with a port where it is of a service.
struct SpanKey: Hashable {
    var address: IPAddress
    var transport: Transport
    var port: UInt16
}

extension SpanKey: Comparable {
    static func < (left: Self, right: Self) -> Bool {
        if left.address != right.address { return left.address < right.address }
        if left.transport != right.transport { return left.transport == .tcp }
        return left.port < right.port
    }
}

/// Brings the spans of one reach up to a run: what the run shows anew begins, what it does not show ends with the run
/// before, and the rest is not touched, so that a run like the one before costs nothing.
struct SpanWriter {
    enum Table: String {
        case open = "openSpan"
        case sheet = "sheetSpan"

        var value: String { self == .open ? "identity" : "sheet" }
        var keys: String { self == .open ? "address, transport, port" : "address, transport" }
    }

    private let table: Table
    private let reach: Int64
    private let ordinal: Int
    private var ended: [(key: SpanKey, first: Int64)] = []
    private var begun: [(key: SpanKey, value: Int64)] = []

    init(table: Table, reach: Int64, ordinal: Int) {
        self.table = table
        self.reach = reach
        self.ordinal = ordinal
    }

    /// `keys` are sorted, each with its value; addresses that are not `covered` keep their spans.
    mutating func write(
        _ keys: some Sequence<SpanKey>,
        values: some Sequence<Int64>,
        covered: AddressSet?,
        in database: Database
    ) throws {
        var new = zip(keys, values).makeIterator()
        var next = new.next()
        try eachCurrent(in: database) { key, first, value in
            while let item = next, item.0 < key {
                begun.append((item.0, item.1))
                next = new.next()
            }
            if let item = next, item.0 == key {
                if item.1 != value {
                    ended.append((key, first))
                    begun.append((key, item.1))
                }
                next = new.next()
            } else if covered?.contains(key.address) ?? true {
                ended.append((key, first))
            }
        }
        while let item = next {
            begun.append((item.0, item.1))
            next = new.next()
        }
        try end(in: database)
        try begin(in: database)
    }

    private func eachCurrent(in database: Database, _ body: (SpanKey, Int64, Int64) throws -> Void) throws {
        let port = table == .open ? "port" : "0"
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT address, transport, \(port), first, \(table.value) FROM \(table.rawValue)
                WHERE reach = ? AND last IS NULL ORDER BY \(table.keys)
                """,
            arguments: [reach]
        )
        while let row = try rows.next() {
            guard let address = IPAddress(column: row[0]) else {
                throw CatalogueError(.damaged, "a span of \(table.rawValue) is of no address")
            }
            let transport: Transport = row[1] as String == "tcp" ? .tcp : .udp
            try body(SpanKey(address: address, transport: transport, port: row[2]), row[3], row[4])
        }
    }

    private func end(in database: Database) throws {
        let port = table == .open ? " AND port = ?" : ""
        let statement = try database.cachedStatement(
            sql: """
                UPDATE \(table.rawValue) SET last = ?
                WHERE reach = ? AND address = ? AND transport = ?\(port) AND first = ?
                """
        )
        for (key, first) in ended {
            var arguments: [any DatabaseValueConvertible] = [
                ordinal - 1, reach, key.address.column, key.transport.rawValue,
            ]
            if table == .open { arguments.append(Int(key.port)) }
            try statement.execute(arguments: StatementArguments(arguments + [first]))
        }
    }

    private func begin(in database: Database) throws {
        let port = table == .open ? "?, " : ""
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO \(table.rawValue) (reach, \(table.keys), first, \(table.value))
                VALUES (?, ?, ?, \(port)?, ?)
                """
        )
        for (key, value) in begun {
            var arguments: [any DatabaseValueConvertible] = [reach, key.address.column, key.transport.rawValue]
            if table == .open { arguments.append(Int(key.port)) }
            try statement.execute(arguments: StatementArguments(arguments + [ordinal, value]))
        }
    }
}
