import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// Which checkpoints were signed is part of what the ledger commits to.
@Suite("The history of signed checkpoints")
struct SignedHistoryTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder("history")
        path = folder.path + "/v"
    }

    private var signed: URL { URL(filePath: path + "/ledger/signed") }

    private func sizes(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path + "/ledger/signed").sorted()
    }

    @Test("Each signed checkpoint that is taken away, changed or put in another's place is found and named")
    func missing() async throws {
        let vault = try await Vault.create(at: path, clock: stillClock)
        for number in 0..<5 {
            for part in 0...number { _ = try await vault.seal(resource("banner \(number) \(part)")) }
            _ = try await vault.checkpoint()
        }
        await vault.close()
        let sound = try await Vault.verify(at: path)
        #expect(sound.faults == [])
        #expect(!sound.remarks.contains { $0.contains("not recorded") || $0.contains("does not record") })
        let names = try sizes(path)
        #expect(names.count == 6)
        for name in names {
            let url = signed.appending(path: name)
            let bytes = try Data(contentsOf: url)
            try FileManager.default.removeItem(at: url)
            let report = try await Vault.verify(at: path)
            #expect(report.faults.map(\.file) == ["ledger/signed/\(name)"])
            #expect(report.faults.first?.what.hasPrefix("is not there; ") == true)
            // It is the checkpoints that are missed, not what they are over.
            #expect(try await (try Vault.openReadOnly(at: path)).custody() == [])
            try bytes.write(to: url)
        }
        try FileManager.default.removeItem(at: signed)
        #expect(Set(try await Vault.verify(at: path).faults.map(\.file)) == Set(names.map { "ledger/signed/\($0)" }))
    }

    @Test("A checkpoint that the key signed outside the ledger's order is found and named")
    func added() async throws {
        let vault = try await Vault.create(at: path, clock: stillClock)
        _ = try await vault.seal(resource("first"))
        let fork = folder.path + "/fork"
        try FileManager.default.copyItem(atPath: path, toPath: fork)
        _ = try await vault.seal(resource("second"))
        await vault.close()
        await (try Vault.open(at: fork, clock: stillClock)).close()
        let more = Set(try sizes(fork)).subtracting(try sizes(path))
        let name = try #require(more.first)
        #expect(more.count == 1)
        try FileManager.default.copyItem(
            atPath: "\(fork)/ledger/signed/\(name)",
            toPath: signed.appending(path: name).path
        )
        let report = try await Vault.verify(at: path)
        #expect(report.faults.map(\.file) == ["ledger/signed/\(name)"])
        #expect(report.faults.first?.what.contains("does not know of it") == true)
    }

    @Test("A checkpoint that a process signed last before it ended is known to the next one")
    func unfinished() async throws {
        let vault = try await Vault.create(at: path, clock: stillClock)
        _ = try await vault.seal(resource("first"))
        let copy = folder.path + "/copy"
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        let last = try await vault.checkpoint()
        // The checkpoint is under its size, and not yet the last one; its leaves still wait.
        try FileManager.default.copyItem(
            atPath: "\(path)/ledger/signed/\(last.size)",
            toPath: "\(copy)/ledger/signed/\(last.size)"
        )
        await vault.close()
        #expect(try await Vault.verify(at: copy).faults == [])
        let again = try await Vault.open(at: copy, clock: stillClock)
        _ = try await again.seal(resource("second"))
        await again.close()
        #expect(try await Vault.verify(at: copy).faults == [])
        try FileManager.default.removeItem(atPath: "\(copy)/ledger/signed/\(last.size)")
        #expect(try await Vault.verify(at: copy).faults.map(\.file) == ["ledger/signed/\(last.size)"])
    }

    @Test("A vault of an earlier version verifies, says from where on checkpoints are recorded, and goes on")
    func earlier() async throws {
        let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/earlier")
        try FileManager.default.copyItem(atPath: golden.path, toPath: path)
        try Data().write(to: URL(filePath: path + "/lock"))
        let before = try await Vault.verify(at: path)
        #expect(before.faults == [])
        #expect(before.remarks.contains { $0.hasPrefix("the ledger does not record which checkpoints were signed") })
        // What was withheld then was signed for by a checkpoint alone.
        #expect(before.withheld == 1)
        let vault = try await Vault.open(at: path)
        #expect(vault.withholdings.count == 1)
        _ = try await vault.seal(resource("now"))
        await vault.close()
        let after = try await Vault.verify(at: path)
        #expect(after.faults == [])
        #expect(after.withheld == 1)
        #expect(after.remarks.contains { $0.hasPrefix("which checkpoints were signed is not recorded before leaf 11") })
        try FileManager.default.removeItem(at: signed.appending(path: "7"))
        #expect(try await Vault.verify(at: path).faults == [])
        try FileManager.default.removeItem(at: signed.appending(path: "11"))
        #expect(try await Vault.verify(at: path).faults.map(\.file) == ["ledger/signed/11"])
    }
}
