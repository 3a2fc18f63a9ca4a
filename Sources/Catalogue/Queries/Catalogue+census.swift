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
