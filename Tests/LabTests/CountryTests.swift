import Domain
import Foundation
import Glibc
import Lab
import Subprocess
import SystemPackage
import Testing

@Suite(.serialized)
struct CountryTests {
    private func listening(in prefix: String) async throws -> [String] {
        let result = try await run(.name("ss"), arguments: ["-Hltn"], output: .string(limit: 1 << 20))
        return result.standardOutput.split(separator: "\n").compactMap { line in
            line.split(separator: " ", omittingEmptySubsequences: true).dropFirst(3).first.map(String.init)
        }
        .filter { $0.hasPrefix(prefix) }
    }

    private func fetch(_ address: String, host: String? = nil) async throws -> (status: String, body: String) {
        let header = host.map { ["-H", "Host: \($0)"] } ?? []
        let result = try await run(
            .name("curl"),
            arguments: Arguments(["-sk", "--max-time", "10", "-w", "\n%{http_code}", address] + header),
            output: .string(limit: 1 << 20)
        )
        let parts = result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false)
        return (String(parts.last ?? ""), parts.dropLast().joined(separator: "\n"))
    }

    @Test func countryListensWhereTheTruthSaysAndNowhereElse() async throws {
        try await MiniWorld.withCountry("127.46.1") { country in
            let day = try #require(Day("2024-01-01"))
            let truth = try country.truth(on: day)
            let found = try await listening(in: "127.46.1.")
            #expect(Set(found) == Set(truth.services.map { $0.endpoint.description }))
            let state = try country.loadState()
            #expect(Set(state.running.flatMap(\.listens).map(\.description)) == Set(found))
        }
        #expect(try await listening(in: "127.46.1.").isEmpty)
    }

    @Test func storageServerServesItsDataFolderWithoutTheSession() async throws {
        try await MiniWorld.withCountry("127.46.2") { country in
            let root = "http://127.46.2.13:8080"
            let login = try await fetch("\(root)/")
            #expect(login.status == "200")
            #expect(login.body.contains("type=\"password\""))
            #expect(try await fetch("\(root)/data/").status == "403")
            #expect(try await fetch("\(root)/data/User/mu/home/").body.contains("Index of"))
            #expect(try await fetch("\(root)/data/User/mu/home/no-such").status == "404")
            #expect(try await fetch("http://127.46.2.11:8080/", host: "one.yy").body.contains("<h1>One</h1>"))
            #expect(try await fetch("http://127.46.2.11:8080/", host: "unknown.yy").status == "404")
        }
    }

    @Test func daysChangeHostsAndFiles() async throws {
        try await MiniWorld.withCountry("127.46.3") { country in
            let before = try country.loadState().files.count
            try await country.day(try #require(Day("2024-01-03")))
            let state = try country.loadState()
            #expect(state.files.count > before)
            #expect(!state.running.contains { $0.host == "names" })
            #expect(try await listening(in: "127.46.3.12").isEmpty)
            try await country.day(try #require(Day("2024-01-02")))
            #expect(try await listening(in: "127.46.3.12").count == 3)
            await #expect(throws: LabError.self) { try await country.day(Day(number: 0)) }
        }
    }

    @Test func nothingSurvivesTheDeathOfAnyOuterProcess() async throws {
        try await MiniWorld.withCountry("127.46.4") { country in
            for running in try country.loadState().running { #expect(kill(running.process, SIGKILL) == 0) }
            let deadline = ContinuousClock.now + .seconds(20)
            while try await !listening(in: "127.46.4.").isEmpty, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await listening(in: "127.46.4.").isEmpty)
            // The record still names what died; another day puts it up again.
            try await country.day(try #require(Day("2024-01-01")))
            #expect(try await !listening(in: "127.46.4.").isEmpty)
        }
    }

    @Test func lostRecordLosesNoProcess() async throws {
        try await MiniWorld.withCountry("127.46.5") { country in
            try FileManager.default.removeItem(atPath: "\(country.folder)/lab.json")
            try await Country.clear(country.folder)
            #expect(try await listening(in: "127.46.5.").isEmpty)
        }
    }

    @Test func sameWorldAndSeedGiveTheSameBytes() async throws {
        var states: [[String: [UInt8]]] = []
        for _ in 0..<2 {
            try await MiniWorld.withCountry("127.46.6", seed: 7) { country in
                states.append(try Self.drawn(in: country.folder))
            }
        }
        #expect(states[0].count > 10)
        #expect(Set(states[0].keys) == Set(states[1].keys))
        for (name, bytes) in states[0] { #expect(states[1][name] == bytes, "\(name)") }
        try await MiniWorld.withCountry("127.46.6", seed: 8) { country in
            let other = try Self.drawn(in: country.folder)
            #expect(other != states[0])
        }
    }

    /// Every file that is served or that a daemon is started with, its paths made independent of the folder.
    private static func drawn(in folder: FilePath) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        let places = ["sites", "applications", "scope.toml", "projects.toml", "lists"]
        let keys = ["host-key", "certificate.pem", "key.pem", ".zone", "yy.zone", ".conf"]
        for case let name as String in FileManager.default.enumerator(atPath: folder.string) ?? .init() {
            let isDrawn =
                places.contains { name.hasPrefix($0) }
                || (name.hasPrefix("run/") && keys.contains { name.hasSuffix($0) })
            guard isDrawn, let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
            files[name] = Array(String(decoding: data, as: UTF8.self).replacing(folder.string, with: "STATE").utf8)
        }
        return files
    }
}
