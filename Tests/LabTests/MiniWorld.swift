import Foundation
import Lab
import SystemPackage
import TestSupport

/// A country of three hosts with few contents, on addresses of its own, for tests that run real daemons.
enum MiniWorld {
    static func text(prefix: String) -> String {
        """
        name = "Mini"
        prefix = "\(prefix).0/24"
        first-day = "2024-01-01"
        last-day = "2024-01-12"

        [zone]
        origin = "yy."
        serial = 1

        [[host]]
        name = "web"
        address = "\(prefix).11"
        web = "nginx"
        services = ["ssh"]

        [[host]]
        name = "names"
        address = "\(prefix).12"
        services = ["dns", "smtp"]
        web = "lighttpd"
        days = ["2024-01-01..2024-01-02"]

        [[site]]
        # A site with a name.
        name = "one.yy"
        host = "web"
        title = "One"

        [[site]]
        name = "two.yy"
        host = "disk"
        title = "Two"
        tls = true

        [[host]]
        name = "disk"
        address = "\(prefix).13"
        web = "nginx"

        [[site]]
        host = "disk"
        kind = "storage"
        title = "Disk"

        \(littleContents)
        """
    }

    /// Runs a body with a country of this prefix that is up, and takes it down whatever happens.
    static func withCountry(
        _ prefix: String,
        seed: UInt64 = 1,
        changed: (String) -> String = { $0 },
        _ body: (Country) async throws -> Void
    ) async throws {
        let folder = FilePath("/tmp/ajar-lab-\(UUID().uuidString.prefix(8))")
        let world = try World(parsing: changed(text(prefix: prefix)), file: "mini.toml")
        let country = try Country(world: world, seed: Seed(seed), folder: folder, ports: .raised)
        do {
            try await country.up()
            try await body(country)
        } catch {
            try await country.down()
            try FileManager.default.removeItem(atPath: folder.string)
            throw error
        }
        try await country.down()
        try FileManager.default.removeItem(atPath: folder.string)
    }
}
