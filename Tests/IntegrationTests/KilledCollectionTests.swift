import Catalogue
import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

/// A collection that is killed at any moment, again and again: what comes home at last is everything, once.
@Suite("Killed collections", .enabled(if: isInstalled("nginx"), "needs nginx"))
struct KilledCollectionTests {
    private let files = Dictionary(
        uniqueKeysWithValues: (0..<40).map { number in
            let bytes = (0..<(2_000 + 700 * number)).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ number) }
            return ("home/alice/day\(number % 4)/\(number).bin", bytes)
        }
    )

    @Test("kill -9, twenty times at random: each file is added once, with its bytes, and the vault verifies")
    func twentyKills() async throws {
        try await SmallCountry.running(files: files, pace: .init(server: "limit_rate 40k;")) { country in
            #expect(try await country.ajar("census", "--quiet").status == 0)
            #expect(try await country.ajar("doors", "--quiet").status == 0)
            var files = files
            for kill in 0..<20 {
                // Each run has work for seconds, however fast the machine: a new file that comes at 40 kB a second.
                let late = "home/alice/late/\(kill).bin"
                files[late] = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 17 ^ kill) }
                try country.publish(late, files[late] ?? [])
                let runs = try country.runs(of: .collect).count
                let program = try StartedProgram(["collect", "--case", country.path, "--quiet"], in: country.folder)
                // Somewhere in the run: it is under way, and then a random while.
                try await wait(for: "a run to begin", within: .seconds(60)) {
                    try country.runs(of: .collect).count > runs
                }
                try await Task.sleep(for: .milliseconds(Int.random(in: 0..<800)))
                program.send(SIGKILL)
                #expect(try await program.status() == 128 + Int(SIGKILL), "the run ended before it was killed")
            }
            for _ in 0..<2 { #expect(try await country.ajar("collect", "--quiet").status == 0) }
            #expect(try await country.ajar("verify", "--quiet").status == 0)
            let catalogue = try Catalogue(path: country.path + "/catalogue.sqlite")
            defer { try? catalogue.close() }
            let changes = try catalogue.changes().map(\.change)
            #expect(changes.allSatisfy { $0.kind == .added }, "\(changes.filter { $0.kind != .added })")
            #expect(changes.count == files.count && Set(changes.map(\.path)).count == files.count)
            let bytes = Dictionary(
                try catalogue.entries().map { ($0.path.description, $0.version?.payload) },
                uniquingKeysWith: { first, _ in first }
            )
            for (name, content) in files {
                let path = try #require(bytes.keys.first { name.hasSuffix($0) || $0.hasSuffix(name) }, "\(name)")
                #expect(bytes[path] == Digest(of: content), "\(name)")
            }
        }
    }
}
