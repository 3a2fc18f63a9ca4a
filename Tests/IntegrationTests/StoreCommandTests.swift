import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// A case with a store of its own, as a person meets it.
@Suite(.enabled(if: isInstalled("nginx"), "needs nginx"))
struct StoreCommandTests {
    private static let note = Array("SC045 返修 one file among others\n".utf8)
    /// Of more than a MiB each, so that each has a segment to itself where segments are small.
    private static let films = (0..<2).map { number in
        (0..<1_200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ ($0 >> 9) &+ number) }
    }

    /// A case that was collected from, and the settings of a store.
    private struct StoredCountry {
        let country: SmallCountry
        let key: URL

        /// Writes the settings; `lines` are further ones of the table.
        func keep(at endpoint: Endpoint, _ lines: String = "", secret: String = ObjectServer.secretKey) throws {
            let id = secret == ObjectServer.secretKey ? ObjectServer.accessKeyID : "AKIDOTHER"
            try "[default]\naws_access_key_id = \(id)\naws_secret_access_key = \(secret)\n"
                .write(to: key, atomically: true, encoding: .utf8)
            let store = """
                [store]
                endpoint = "http://\(endpoint)"
                bucket = "\(ObjectServer.bucket)"
                prefix = "cases/one"
                credentials = "\(key.path)"
                \(lines)

                """
            try store.write(toFile: country.path + "/ajar.toml", atomically: true, encoding: .utf8)
        }

        /// The segments that are files here, with their bytes.
        func segments() throws -> [String: Data] {
            let folder = country.path + "/vault/segments"
            return try FileManager.default.contentsOfDirectory(atPath: folder).reduce(into: [:]) {
                $0[$1] = try Data(contentsOf: URL(filePath: "\(folder)/\($1)"))
            }
        }

        func ajar(
            _ arguments: String...,
            ends status: Int,
            _ place: SourceLocation = #_sourceLocation
        ) async throws
            -> String
        {
            let result = try await Program.ajar(arguments + ["--case", country.path], in: country.folder)
            #expect(result.status == status, "\(arguments): \(result.text)", sourceLocation: place)
            return result.text
        }
    }

    private func country(
        _ files: [String: [UInt8]] = ["home/alice/s.txt": note],
        stages: [String] = ["census", "doors", "collect"],
        _ body: (StoredCountry) async throws -> Void
    ) async throws {
        try await SmallCountry.running(files: files) { country in
            let stored = StoredCountry(country: country, key: country.folder.appending(path: "keys"))
            for stage in stages { _ = try await stored.ajar(stage, "--quiet", ends: 0) }
            try await body(stored)
        }
    }

    /// The first server that looks at who asks.
    private static let strict = ObjectServer.available.first { $0 != .moto }

    /// Where nobody listens.
    private func nobody() throws -> Endpoint {
        let address = IPAddress(v4: 0x7f5c_0009)
        return Endpoint(address, try freePort(on: address))
    }

    @Test("What is pushed and dropped is verified, exported and pulled again", arguments: ObjectServer.available)
    func thereAndBack(_ server: ObjectServer) async throws {
        try await country { stored in
            let out = stored.country.folder.path
            try await server.running { endpoint, _ in
                try stored.keep(at: endpoint)
                let before = try stored.segments()
                // Nothing is full, so nothing is brought.
                #expect(try await !stored.ajar("store", "push", "--quiet", ends: 0).contains("stored"))
                let pushed = try await stored.ajar("store", "push", "--all", "--drop", "--quiet", ends: 0)
                #expect(pushed.contains("dropped"), "\(pushed)")
                let left = try stored.segments()
                #expect(before.keys.allSatisfy { left[$0] == nil }, "\(left.keys)")
                #expect(try await stored.ajar("store", "status", ends: 0).contains("no"))
                #expect(
                    try await stored.ajar("verify", "--quiet", ends: 0).contains("Every sealed byte is what it was")
                )
                _ = try await stored.ajar("export", "--format", "folder", "--output", out + "/one", "--quiet", ends: 0)
                #expect(try await Program.ajar(["verify", out + "/one"], in: stored.country.folder).status == 0)
                let bundled = try FileManager.default.subpathsOfDirectory(atPath: out + "/one/files")
                let note = try #require(bundled.first { $0.hasSuffix("/alice/s.txt") })
                #expect(try Array(Data(contentsOf: URL(filePath: "\(out)/one/files/\(note)"))) == Self.note)

                // One server is enough for what no server answers, or all refuse.
                if server == Self.strict {
                    try stored.keep(at: try nobody())
                    try await offline(stored)
                    try await wrongKey(stored, endpoint)
                }

                try stored.keep(at: endpoint)
                #expect(try await stored.ajar("store", "pull", "--quiet", ends: 0).contains("fetched"))
                let back = try stored.segments()
                #expect(before.allSatisfy { back[$0.key]?.starts(with: $0.value) ?? false })
            }
            // Everything is here again: nobody is asked.
            #expect(try await stored.ajar("verify", "--quiet", ends: 0).contains("Every sealed byte is what it was"))
            try await custody(stored, pulls: server == Self.strict ? 2 : 1)
        }
    }

    /// A store that gives no answer is said, calls nothing damaged, and leaves nothing half done.
    private func offline(_ stored: StoredCountry) async throws {
        let out = stored.country.folder.path
        #expect(try await stored.ajar("store", "status", "--offline", ends: 0).contains("segments/000001.warc"))
        #expect(try await stored.ajar("store", "status", ends: 69).contains("cases/one"))
        let verified = try await stored.ajar("verify", "--quiet", ends: 69)
        #expect(verified.contains("Every sealed byte that could be read is what it was"), "\(verified)")
        #expect(verified.contains("not checked"), "\(verified)")
        let held = try stored.segments()
        #expect(try await stored.ajar("store", "pull", "--quiet", ends: 69).contains("failed"))
        #expect(try stored.segments().keys.allSatisfy { held[$0] != nil || $0 > "000001.warc" })
        // What needs nothing that lies there goes on.
        _ = try await stored.ajar("identify", "--quiet", ends: 0)
        for format in ["folder", "wacz"] {
            let path = out + "/two"
            let refused = try await stored.ajar("export", "--format", format, "--output", path, "--quiet", ends: 69)
            #expect(refused.split(separator: "\n").count == 1, "\(refused)")
            #expect(!FileManager.default.fileExists(atPath: path))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: out).filter { $0.hasPrefix(".ajar-") } == [])
    }

    private func wrongKey(_ stored: StoredCountry, _ endpoint: Endpoint) async throws {
        try stored.keep(at: endpoint, secret: "another+secret")
        let status = try await stored.ajar("store", "status", ends: 69)
        #expect(status.contains("403") && !status.contains("another+secret"), "\(status)")
        #expect(try await stored.ajar("verify", "--quiet", ends: 69).contains("403"))
        try FileManager.default.removeItem(at: stored.key)
        #expect(try await stored.ajar("store", "status", ends: 69).contains("credentials"))
    }

    /// Each push and pull is an act that names the store, and no key is in it.
    private func custody(_ stored: StoredCountry, pulls: Int) async throws {
        let text = try await stored.ajar("custody", "--json", ends: 0)
        let acts = try JSONDecoder().decode([CustodyEntry].self, from: Data(text.utf8)).map(\.act)
            .filter { $0.kind == .store }
        #expect(acts.map { $0.settings["direction"] } == ["push", "push"] + Array(repeating: "pull", count: pulls))
        #expect(acts.map { $0.settings["drop"] == "true" } == [false, true] + Array(repeating: false, count: pulls))
        #expect(acts.allSatisfy { $0.settings["store"]?.hasPrefix("evidence/cases/one at http://127.") ?? false })
        for word in [ObjectServer.secretKey, ObjectServer.accessKeyID, "another+secret"] {
            #expect(try stored.segments().values.allSatisfy { $0.range(of: Data(word.utf8)) == nil })
            #expect(!text.contains(word))
        }
    }

    @Test("A store that gives back other bytes is found out, and nothing is removed here")
    func lies() async throws {
        let server = try #require(ObjectServer.available.first)
        try await country { stored in
            let before = try stored.segments()
            try await server.running { endpoint, _ in
                let lie: @Sendable ([UInt8]) -> [UInt8] = { Array($0.dropLast()) + [($0.last ?? 0) ^ 1] }
                let plan: @Sendable (FaultyRelay.Call) -> FaultyRelay.Fault = { call in
                    call.method == "GET" ? .changeReply(lie) : .none
                }
                let address = IPAddress(v4: 0x7f5d_0002)
                try await FaultyRelay.running(at: address, before: endpoint, plan: plan) { relay in
                    try stored.keep(at: relay.endpoint)
                    let told = try await stored.ajar("store", "push", "--all", "--drop", "--quiet", ends: 69)
                    #expect(told.contains("failed") && told.contains("other bytes than were sealed"), "\(told)")
                    let here = try stored.segments()
                    #expect(before.allSatisfy { here[$0.key]?.starts(with: $0.value) ?? false })
                    #expect(try await stored.ajar("store", "status", "--offline", ends: 0).contains("yes"))
                    _ = try await stored.ajar("verify", "--quiet", ends: 0)
                }
                // What it holds now, when asked straight, is whole; later it answers for it with other bytes.
                try stored.keep(at: endpoint)
                _ = try await stored.ajar("store", "push", "--all", "--drop", "--quiet", ends: 0)
                try await FaultyRelay.running(at: address, before: endpoint, plan: plan) { relay in
                    try stored.keep(at: relay.endpoint)
                    #expect(try await stored.ajar("verify", "--quiet", ends: 65).contains("fault"))
                    #expect(try await stored.ajar("store", "pull", "--quiet", ends: 69).contains("failed"))
                    #expect(try stored.segments()["000001.warc"] == nil)
                }
                try stored.keep(at: endpoint)
                _ = try await stored.ajar("store", "pull", "--quiet", ends: 0)
                _ = try await stored.ajar("verify", "--quiet", ends: 0)
            }
        }
    }

    @Test("Full segments go to the store after a run where the settings say so; a store that fails ends nothing")
    func afterRuns() async throws {
        let files = Dictionary(uniqueKeysWithValues: Self.films.enumerated().map { ("film\($0).bin", $1) })
        try await country(files, stages: ["census", "doors"]) { stored in
            try stored.keep(at: try nobody(), "segment = 1\nafterRun = \"push-and-drop\"")
            let failed = try await stored.ajar("collect", "--quiet", ends: 0)
            let lines = failed.split(separator: "\n").filter { $0.hasPrefix("ajar: ") }
            #expect(lines.count == 1 && lines[0].contains("not brought to the store"), "\(failed)")
            let full = try stored.segments().filter { $0.value.count > 1_000_000 }
            #expect(full.count >= 2)
            let server = try #require(ObjectServer.available.first)
            try await server.running { endpoint, _ in
                // No run: nothing is brought.
                try stored.keep(at: endpoint, "segment = 1\nafterRun = \"push-and-drop\"")
                _ = try await stored.ajar("export", "--format", "folder", "--output", "early", "--quiet", ends: 0)
                #expect(try full.keys.allSatisfy { try stored.segments()[$0] != nil })
                let quiet = try await stored.ajar("identify", "--quiet", ends: 0)
                #expect(!quiet.contains("ajar: "), "\(quiet)")
                let left = try stored.segments()
                #expect(full.keys.allSatisfy { left[$0] == nil }, "\(left.keys)")
                #expect(!left.isEmpty, "what is not full stays")
                _ = try await stored.ajar("verify", "--quiet", ends: 0)
                // What is brought back stays until somebody says otherwise.
                _ = try await stored.ajar("store", "pull", "--quiet", ends: 0)
                _ = try await stored.ajar("identify", "--quiet", ends: 0)
                #expect(try full.allSatisfy { try stored.segments()[$0.key] == $0.value })
            }
            let text = try await stored.ajar("custody", "--json", ends: 0)
            let acts = try JSONDecoder().decode([CustodyEntry].self, from: Data(text.utf8)).map(\.act)
                .filter { $0.kind == .store }
            #expect(acts.map { $0.settings["afterRun"] } == ["push-and-drop", "push-and-drop", nil])
        }
    }
}
