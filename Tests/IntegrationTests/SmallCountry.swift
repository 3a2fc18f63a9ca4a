import Catalogue
import Domain
import Foundation
import TestSupport

/// A case on one real server: a login page, and beside it a data folder that anyone can list.
struct SmallCountry {
    let folder: URL
    let endpoint: Endpoint

    var path: String { folder.appending(path: "case").path }

    /// How much there is, and how slowly it comes: so slowly that a test can stop a run in its middle.
    struct Pace {
        /// Addresses in scope, of which one answers.
        var addresses = 2
        /// Contacts a second with all addresses together.
        var total = 2_000
        /// Lines for the server's block, such as `limit_rate 10k;`.
        var server = ""
    }

    /// Makes the case, with the server running, while the body does.
    static func running<Result>(
        files: [String: [UInt8]] = ["home/alice/notes.txt": Array("a note\n".utf8)],
        pace: Pace = Pace(),
        _ body: (SmallCountry) async throws -> Result
    ) async throws -> Result {
        let base = IPAddress(v4: 0x7f53_0000 | UInt32.random(in: 1..<1_000) << 6)
        return try await withTemporaryFolder("country") { folder in
            let login = "<html><title>Drive</title><form method=post><input type=password name=p></form></html>"
            for (name, bytes) in files.merging(["../../index.html": Array(login.utf8)], uniquingKeysWith: { $1 }) {
                try publish(name, bytes, in: folder)
            }
            let lines = "root \(folder.path)/www; \(pace.server) location /data/User/ { autoindex on; }"
            return try await withNginx(at: base, server: lines) { endpoint in
                let country = SmallCountry(folder: folder, endpoint: endpoint)
                try country.scope(pace).write(
                    to: folder.appending(path: "scope.toml"),
                    atomically: true,
                    encoding: .utf8
                )
                _ = try await Program.ajar(["init", "--case", country.path, "--scope", "scope.toml"], in: folder)
                // The tests look into the catalogue while a stage is at work: it is made before.
                _ = try await Program.ajar(["status", "--case", country.path], in: folder)
                return try await body(country)
            }
        }
    }

    /// Puts a file into the open folder while the server runs.
    func publish(_ name: String, _ bytes: [UInt8]) throws { try Self.publish(name, bytes, in: folder) }

    private static func publish(_ name: String, _ bytes: [UInt8], in folder: URL) throws {
        let file = folder.appending(path: "www/data/User/\(name)").standardizedFileURL
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: file)
    }

    private func scope(_ pace: Pace) -> String {
        let last = IPAddress(v4: UInt32(truncatingIfNeeded: endpoint.address.value) + UInt32(pace.addresses) - 1)
        return """
            name = "process test"
            contact = "tests@example.org"
            level = "mirror"
            authority = "a test of this program on this machine"
            ports = [\(endpoint.port)]
            [ranges]
            in = ["\(endpoint.address)-\(last)"]
            [rate]
            per_address = 500
            total = \(pace.total)
            concurrent = 32
            """
    }

    /// Runs a command on the case to its end.
    @discardableResult
    func ajar(_ arguments: String...) async throws -> (text: String, status: Int) {
        try await Program.ajar(arguments + ["--case", path], in: folder)
    }

    /// The runs of a stage, oldest first; none while there is no catalogue yet.
    func runs(of stage: StageName) throws -> [Run] {
        guard FileManager.default.fileExists(atPath: path + "/catalogue.sqlite") else { return [] }
        let catalogue = try Catalogue(path: path + "/catalogue.sqlite")
        defer { try? catalogue.close() }
        return try catalogue.runs(of: stage)
    }

    /// All that the program lists of the case, as JSON, by command.
    func lists() async throws -> [String: String] {
        var lists: [String: String] = [:]
        for command in ["census", "doors", "collect", "read", "identify", "trace"] {
            let (text, status) = try await ajar(command, "--list", "--json", "--quiet")
            lists[command] = status == 0 ? text : "exit \(status): \(text)"
        }
        lists["status"] = try await ajar("status", "--json").text
        return lists
    }
}
