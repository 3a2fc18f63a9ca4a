package import Domain
import GRDB

extension Catalogue {
    /// Every door ever found: those with files behind them first, then by address.
    package func doors() throws(CatalogueError) -> [Lasting<Door>] {
        let doors: [Lasting<Door>] = try read("the doors") { database in
            try lasting(Row.fetchAll(database, sql: "SELECT * FROM door ORDER BY address"), "door")
        }
        return doors.filter(\.value.kind.holdsFiles) + doors.filter { !$0.value.kind.holdsFiles }
    }

    /// Everything that templates ever found, by website. They are no doors: see ``TemplateFinding``.
    package func templateFindings() throws(CatalogueError) -> [Lasting<TemplateFinding>] {
        try read("the findings of templates") { database in
            let sql = "SELECT * FROM templateFinding ORDER BY website, endpoint, template"
            return try lasting(Row.fetchAll(database, sql: sql), "finding")
        }
    }

    /// What looked like a door and was none.
    package func rejections() throws(CatalogueError) -> [DoorRejection] {
        try read("the rejected doors") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM doorRejection ORDER BY address, checkName").map { row in
                try DoorRejection(
                    address: row["address"],
                    check: row["checkName"],
                    reason: row["reason"],
                    seal: row.decodedIfPresent("seal")
                )
            }
        }
    }

    /// The websites and services that were ever examined to the end.
    package func examined() throws(CatalogueError) -> [WebAddress] {
        try read("what was examined") { database in
            try WebAddress.fetchAll(database, sql: "SELECT DISTINCT address FROM doorExamined ORDER BY address")
        }
    }
}
