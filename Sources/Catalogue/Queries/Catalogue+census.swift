package import Domain
import GRDB

extension Catalogue {
    /// Every service ever seen, by endpoint.
    package func services() throws(CatalogueError) -> [Lasting<ServiceSighting>] {
        try read("the services") { database in
            try lasting(Row.fetchAll(database, sql: "SELECT * FROM service"), "sighting")
                .sorted { $0.value.endpoint < $1.value.endpoint }
        }
    }

    /// Every website ever seen, by name.
    package func websites() throws(CatalogueError) -> [Lasting<WebsiteSighting>] {
        try read("the websites") { database in
            try lasting(Row.fetchAll(database, sql: "SELECT * FROM website ORDER BY name"), "sighting")
                .sorted { ($0.value.name, $0.value.endpoint) < ($1.value.name, $1.value.endpoint) }
        }
    }

    /// Every name record ever seen, by owner.
    package func nameRecords() throws(CatalogueError) -> [Lasting<NameRecord>] {
        try read("the names") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM nameRecord ORDER BY owner, type, data").map { row in
                Lasting(
                    try NameRecord(
                        owner: row["owner"],
                        type: row["type"],
                        data: row["data"],
                        seal: row.decodedIfPresent("seal")
                    ),
                    firstSeen: row["firstSeen"],
                    lastSeen: row["lastSeen"]
                )
            }
        }
    }

    /// What the latest census that tried each port saw, port by port. An address in none of a port's sets was not
    /// observed on it.
    package func latestSweeps() throws(CatalogueError) -> [PortSweep] {
        try read("the sweeps") { database in
            // A later sweep overrides an earlier one address by address: it may have covered less.
            var byPort: [UInt16: PortSweep] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT sweep.* FROM sweep JOIN job ON job.id = sweep.job ORDER BY job.leaf"
            )
            while let row = try rows.next() {
                let new = PortSweep(
                    port: row["port"],
                    open: row["open"],
                    closed: row["closed"],
                    noAnswer: row["noAnswer"]
                )
                byPort[new.port] = byPort[new.port]?.overridden(by: new) ?? new
            }
            return byPort.values.sorted { $0.port < $1.port }
        }
    }

    func lasting<Value: Codable & Sendable>(_ rows: [Row], _ column: String) throws -> [Lasting<Value>] {
        try rows.map { row in
            Lasting(
                try row.decoded(column),
                firstSeen: row["firstSeen"],
                lastSeen: row["lastSeen"],
                absentSince: row["absentSince"]
            )
        }
    }
}

extension PortSweep {
    fileprivate func overridden(by new: PortSweep) -> PortSweep {
        let asked = new.open.union(new.closed).union(new.noAnswer)
        return PortSweep(
            port: port,
            open: open.subtracting(asked).union(new.open),
            closed: closed.subtracting(asked).union(new.closed),
            noAnswer: noAnswer.subtracting(asked).union(new.noAnswer)
        )
    }
}
