import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

@Suite("A process that is killed")
struct KillTests {
    @Test("kill -9, twenty times: nothing acknowledged is lost, and nothing half-written is shown")
    func kill() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        var acknowledged: [Acknowledged] = []
        var aside = 0
        var round = 0
        // A quick machine may finish every write before it is killed: then it is killed more often.
        while round < 20 || (aside == 0 && round < 400) {
            round += 1
            acknowledged += try await killedWriter(path, seed: UInt64(round), after: Int.random(in: 1...60))
            let reader = try await Vault.openReadOnly(at: path)
            try check(acknowledged, in: reader)
            let vault = try await Vault.open(at: path)
            try check(acknowledged, in: vault)
            let report = try await vault.verify()
            #expect(report.faults == [], "round \(round)")
            aside = report.remarks.count
            await vault.close()
        }
        let report = try await Vault.verify(at: path)
        #expect(report.faults == [])
        #expect(report.leaves == report.signed)
        #expect(acknowledged.count >= 20)
        // Killed so often in the middle of its work, a writer must have left something unfinished at least once.
        #expect(aside > 0)
    }

    /// Every payload comes back whole (its SHA-256 is checked), and every record is where its leaf says.
    private func check(_ acknowledged: [Acknowledged], in vault: Vault) throws {
        for item in acknowledged {
            _ = try vault.bytes(of: item.payload, upTo: 1 << 20)
            let seal = Seal(leaf: item.leaf, record: item.record, payload: item.payload, length: 0)
            #expect(try vault.record(at: seal).starts(with: Array("WARC/1.1\r\n".utf8)))
        }
    }

    /// Lets a writer seal until it has acknowledged so many, kills it, and returns all that it acknowledged.
    private func killedWriter(_ path: String, seed: UInt64, after count: Int) async throws -> [Acknowledged] {
        let writer = Process()
        let output = Pipe()
        writer.executableURL = vaultWriter
        writer.arguments = ["seal", path, String(seed)]
        writer.standardOutput = output
        try writer.run()
        defer { if writer.isRunning { Glibc.kill(writer.processIdentifier, SIGKILL) } }
        var bytes = Data()
        while bytes.count(where: { $0 == 0x0a }) < count {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            bytes += more
        }
        Glibc.kill(writer.processIdentifier, SIGKILL)
        writer.waitUntilExit()
        bytes += output.fileHandleForReading.readDataToEndOfFile()
        #expect(writer.terminationReason == .uncaughtSignal)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        return lines.compactMap(Acknowledged.init)
    }
}

/// What a writer acknowledged before it was killed.
struct Acknowledged {
    var payload: Digest
    var leaf: UInt64
    var record: String

    init?(_ line: Substring) {
        let words = line.split(separator: " ")
        guard words.count == 3, let payload = Digest(String(words[0])), let leaf = UInt64(words[1]) else {
            return nil
        }
        (self.payload, self.leaf, record) = (payload, leaf, String(words[2]))
    }
}

/// The program that seals for tests, beside the tests themselves.
let vaultWriter = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "vault-writer")
