import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

@Suite("Recovery")
struct RecoveryTests {
    /// A vault's files at two moments, the process having been stopped at each.
    private struct Moments {
        var before: [String: Data]
        var after: [String: Data]
        var sealed: Seal
        var unsure: Seal
    }

    private func files(_ path: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try allFiles(path) { files[name] = try Data(contentsOf: URL(filePath: "\(path)/\(name)")) }
        return files
    }

    private func lay(_ files: [String: Data], at path: String) throws {
        try? FileManager.default.removeItem(atPath: path)
        for (name, data) in files {
            let url = URL(filePath: "\(path)/\(name)")
            let folder = url.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try data.write(to: url)
        }
        chmod("\(path)/keys/ledger.key", 0o600)
    }

    /// Before and after one exchange was sealed that no checkpoint covers.
    private func moments(_ path: String) async throws -> Moments {
        let vault = try await Vault.create(at: path, clock: stillClock)
        let sealed = try await vault.seal(resource("what was acknowledged"))
        let before = try files(path)
        let unsure = try await vault.sealExchange("/unsure", Array("what came next".utf8)).response
        let after = try files(path)
        await vault.close()
        return Moments(before: before, after: after, sealed: sealed, unsure: unsure)
    }

    /// Opens what lies there, looks at everything, and verifies it open and closed.
    private func check(_ path: String, _ moments: Moments, hasUnsure: Bool, aside: Int?) async throws {
        let vault = try await Vault.open(at: path, clock: stillClock)
        #expect(try vault.bytes(of: #require(moments.sealed.payload), upTo: 100) == Array("what was acknowledged".utf8))
        #expect(vault.contains(try #require(moments.unsure.payload)) == hasUnsure)
        let again = try await vault.seal(resource("sealed afterwards"))
        #expect(try vault.bytes(of: #require(again.payload), upTo: 100) == Array("sealed afterwards".utf8))
        await vault.close()
        #expect(try await Vault.verify(at: path).faults == [])
        let quarantine = try files(path).filter { $0.key.hasPrefix("quarantine/") }
        #expect(quarantine.values.map(\.count).reduce(0, +) == aside ?? 0)
    }

    @Test("A record cut off at any byte is set aside, and nothing before it is lost")
    func tornSegment() async throws {
        let folder = try TemporaryFolder("vault")
        let moments = try await moments(folder.path + "/made")
        let name = "segments/000001.warc"
        let (old, new) = try (#require(moments.before[name]), #require(moments.after[name]))
        for length in stride(from: old.count, through: new.count, by: 13) {
            var state = moments.before
            state[name] = new.prefix(length)
            try lay(state, at: folder.path + "/torn")
            try await check(folder.path + "/torn", moments, hasUnsure: false, aside: length - old.count)
        }
    }

    @Test("Leaves cut off at any byte are set aside with their records, and nothing before them is lost")
    func tornPending() async throws {
        let folder = try TemporaryFolder("vault")
        let moments = try await moments(folder.path + "/made")
        let name = "ledger/pending"
        let (old, new) = try (#require(moments.before[name]), #require(moments.after[name]))
        let segment = "segments/000001.warc"
        let record = try #require(moments.after[segment]).count - #require(moments.before[segment]).count
        for length in stride(from: old.count, to: new.count, by: 17) {
            var state = moments.after
            state[name] = new.prefix(length)
            try lay(state, at: folder.path + "/torn")
            try await check(folder.path + "/torn", moments, hasUnsure: false, aside: record + length - old.count)
        }
        try lay(moments.after, at: folder.path + "/whole")
        try await check(folder.path + "/whole", moments, hasUnsure: true, aside: nil)
    }

    @Test("Leaves filled with zeros at the end, as after a power cut, are set aside")
    func zeros() async throws {
        let folder = try TemporaryFolder("vault")
        let moments = try await moments(folder.path + "/made")
        var state = moments.before
        state["ledger/pending"]? += Data(count: 300)
        try lay(state, at: folder.path + "/torn")
        try await check(folder.path + "/torn", moments, hasUnsure: false, aside: 300)
    }

    @Test("Leaves that were changed are not taken for leaves that were cut off")
    func changedPending() async throws {
        let folder = try TemporaryFolder("vault")
        let moments = try await moments(folder.path + "/made")
        var state = moments.after
        state["ledger/pending"]?[60] ^= 1
        try lay(state, at: folder.path + "/changed")
        let error = await #expect(throws: VaultError.self) { try await Vault.open(at: folder.path + "/changed") }
        #expect(error?.code == .damaged)
        let report = try await Vault.verify(at: folder.path + "/changed")
        #expect(report.faults.contains { $0.file == "ledger/pending" })
    }

    @Test("A checkpoint that was interrupted between any two files is done again")
    func tornCheckpoint() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/made"
        let vault = try await Vault.create(at: path, clock: stillClock)
        var seals: [Seal] = []
        for number in 0..<300 { seals.append(try await vault.seal(resource("banner \(number)"))) }
        let before = try files(path)
        _ = try await vault.checkpoint()
        let after = try files(path)
        await vault.close()

        let changed = after.filter { before[$0.key] != $0.value }.keys
        let tiles = changed.filter { $0.contains("tile") }.sorted()
        let order = tiles + ["ledger/checkpoint", "ledger/pending"]
        #expect(tiles.count >= 4)
        for count in 0...order.count {
            var state = before
            for name in order.prefix(count) { state[name] = after[name] }
            if count < order.count { state[order[count] + ".unfinished"] = after[order[count]]?.prefix(5) }
            try lay(state, at: folder.path + "/torn")
            let reader = try await Vault.openReadOnly(at: folder.path + "/torn")
            #expect(seals.allSatisfy { $0.payload.map(reader.contains) ?? false })
            let again = try await Vault.open(at: folder.path + "/torn", clock: stillClock)
            for seal in seals { _ = try again.record(at: seal) }
            await again.close()
            #expect(try await Vault.verify(at: folder.path + "/torn").faults == [])
        }
    }
}
