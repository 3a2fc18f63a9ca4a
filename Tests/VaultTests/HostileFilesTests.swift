import Crypto
import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

/// What somebody who can write to a vault's folder may have put there.
@Suite("Hostile files")
struct HostileFilesTests {
    /// A copy of a vault as a killed process leaves it: its last leaf, a resource's, waits to be signed.
    private func unsigned(_ folder: TemporaryFolder) async throws -> String {
        let path = folder.path + "/made"
        let vault = try await Vault.create(at: path, clock: stillClock)
        _ = try await vault.checkpoint()
        _ = try await vault.seal(resource("what was acknowledged"))
        try FileManager.default.copyItem(atPath: path, toPath: folder.path + "/copy")
        await vault.close()
        return folder.path + "/copy"
    }

    /// One frame of the pending log, as the vault writes it.
    private func frame(_ leaves: [[UInt8]]) -> [UInt8] {
        let body = leaves.flatMap { [UInt8($0.count >> 8), UInt8($0.count & 255)] + $0 }
        return (0..<4).map { UInt8(truncatingIfNeeded: body.count >> (24 - 8 * $0)) } + Array(SHA256.hash(data: body))
            + body
    }

    /// The leaves of a log of one frame.
    private func leaves(_ log: Data) -> [[UInt8]] {
        var (rest, leaves) = (Array(log.dropFirst(36))[...], [[UInt8]]())
        while rest.count > 2 {
            let length = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
            leaves.append(Array(rest.dropFirst(2).prefix(length)))
            rest = rest.dropFirst(2 + length)
        }
        return leaves
    }

    /// What is written in place of a number of a leaf.
    private static let impossible = [
        (#""offset":[0-9]+"#, #""offset":18446744073709551615"#),
        (#""offset":[0-9]+"#, #""offset":9223372036854775807"#),
        (#""header":[0-9]+"#, #""header":-1"#), (#""header":[0-9]+"#, #""header":9223372036854775807"#),
        (#""head":[0-9]+"#, #""head":-1"#), (#""head":[0-9]+"#, #""head":9223372036854775807"#),
        (#""length":[0-9]+,"offset""#, #""length":0,"offset""#),
    ]

    @Test("A leaf whose numbers cannot be is a fault, and ends nothing", arguments: impossible.indices)
    func impossibleLeaf(index: Int) async throws {
        let (pattern, replacement) = Self.impossible[index]
        let folder = try TemporaryFolder("vault")
        let path = try await unsigned(folder)
        let log = URL(filePath: path + "/ledger/pending")
        let changed = leaves(try Data(contentsOf: log)).map { leaf in
            let text = String(decoding: leaf, as: UTF8.self)
            return Array(text.replacingOccurrences(of: pattern, with: replacement, options: .regularExpression).utf8)
        }
        #expect(changed != leaves(try Data(contentsOf: log)))
        try Data(frame(changed)).write(to: log)
        let report = try await Vault.verify(at: path)
        #expect(report.faults.contains { $0.leaf != nil && $0.what.contains("leaf") }, "\(report.faults)")
        let error = await #expect(throws: VaultError.self) { _ = try await Vault.open(at: path, clock: stillClock) }
        #expect(error?.code == .damaged)
        let reader = try await Vault.openReadOnly(at: path)
        #expect(reader.findings.contains { $0.leaf != nil && $0.what.contains("leaf") })
    }

    @Test(
        "A pipe, a link or a folder in a file's place is a fault, and nothing waits for it",
        arguments: ["pipe", "link", "folder"]
    )
    func noFile(kind: String) async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        let vault = try await Vault.create(at: path, clock: stillClock)
        _ = try await vault.seal(resource("sealed"))
        _ = try vault.storeDerived([1, 2, 3])
        await vault.close()
        let derived = try #require(try allFiles(path).first { $0.hasPrefix("derived/") })
        for name in ["segments/000001.warc", "segments/000002.warc", derived, "ledger/checkpoint", "ledger/pending"] {
            let place = "\(path)/\(name)"
            let before = FileManager.default.contents(atPath: place)
            unlink(place)
            switch kind {
            case "pipe": #expect(mkfifo(place, 0o644) == 0)
            case "link": #expect(symlink("/etc/hostname", place) == 0)
            default: try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
            }
            let report = try await Vault.verify(at: path)
            // An empty folder beside the segments holds nothing, and what is derived can be made again.
            let isHarmless = kind == "folder" && (name == "segments/000002.warc" || name == derived)
            #expect(report.isSound == isHarmless, "\(name): \(report.faults)")
            try FileManager.default.removeItem(atPath: place)
            if let before { try before.write(to: URL(filePath: place)) }
        }
        #expect(try await Vault.verify(at: path).faults == [])
    }

    @Test(
        "A checkpoint over more leaves than there can be is a fault, and is not counted up to",
        arguments: [UInt64.max, 1 << 40]
    )
    func endlessCheckpoint(size: UInt64) async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        try await Vault.create(at: path, clock: stillClock).close()
        let parts = try String(contentsOfFile: path + "/ledger/vkey", encoding: .utf8).split(separator: "+")
        let name = String(parts[0])
        let key = Curve25519.Signing.PrivateKey()
        let data = Data([1]) + key.publicKey.rawRepresentation
        let identity = Array(SHA256.hash(data: Data(name.utf8) + [0x0a] + data).prefix(4))
        let hex = identity.map { String(format: "%02x", $0) }.joined()
        try "\(name)+\(hex)+\(data.base64EncodedString())\n"
            .write(toFile: path + "/ledger/vkey", atomically: true, encoding: .utf8)
        let text = "\(name)\n\(size)\n\(Data(count: 32).base64EncodedString())\n"
        let signature = Data(identity) + (try key.signature(for: Data(text.utf8)))
        try "\(text)\n\u{2014} \(name) \(signature.base64EncodedString())\n"
            .write(toFile: path + "/ledger/checkpoint", atomically: true, encoding: .utf8)
        let report = try await Vault.verify(at: path)
        #expect(report.faults.contains { $0.what.contains("signs for \(size) leaves") })
    }

    @Test("Two processes that were stopped at the same place each leave what they wrote")
    func sameQuarantine() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        let vault = try await Vault.create(at: path, clock: stillClock)
        _ = try await vault.seal(resource("sealed"))
        await vault.close()
        let segment = URL(filePath: path + "/segments/000001.warc")
        for half in ["half a record", "HALF A RECORD", "half a record"] {
            try (Data(contentsOf: segment) + Data(half.utf8)).write(to: segment)
            try await Vault.open(at: path, clock: stillClock).close()
        }
        #expect(try await Vault.verify(at: path).faults == [])
        let kept = try allFiles(path).filter { $0.hasPrefix("quarantine/") }
            .map { try String(contentsOfFile: "\(path)/\($0)", encoding: .utf8) }
        #expect(kept.sorted() == ["HALF A RECORD", "half a record"])
    }

    @Test("A pending frame whose length was changed is not taken for the last that was being written", arguments: 0..<4)
    func changedLength(byte: Int) async throws {
        let folder = try TemporaryFolder("vault")
        let path = try await unsigned(folder)
        let log = URL(filePath: path + "/ledger/pending")
        var bytes = try Data(contentsOf: log)
        let second = bytes.count
        bytes += frame(leaves(bytes).map { Array(String(decoding: $0, as: UTF8.self).utf8) })
        #expect(bytes.count > second)
        bytes[byte] ^= byte == 3 ? 0xff : 1
        try bytes.write(to: log)
        let error = await #expect(throws: VaultError.self) { _ = try await Vault.open(at: path, clock: stillClock) }
        #expect(error?.code == .damaged)
        #expect(try Data(contentsOf: log) == bytes)
    }

    @Test("Of many that make a vault in one place at once, one does")
    func createRace() async throws {
        for _ in 0..<10 {
            let folder = try TemporaryFolder("vault")
            let path = folder.path + "/v"
            let made = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        do {
                            let vault = try await Vault.create(at: path, clock: stillClock)
                            _ = try await vault.seal(resource("from \(number)"))
                            await vault.close()
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 1)
            let report = try await Vault.verify(at: path)
            #expect(report.faults == [])
            #expect(report.records == 2)
        }
    }

    @Test("An address and facts that no leaf can hold are refused, and the vault goes on")
    func longLeaf() async throws {
        let folder = try TemporaryFolder("vault")
        let vault = try await Vault.create(at: folder.path + "/v", clock: stillClock)
        let facts = [String(repeating: "\u{1}", count: 2_000): String(repeating: "\u{2}", count: 2_000)]
        let path = "/" + String(repeating: "<", count: 16_000)
        let error = await #expect(throws: VaultError.self) {
            let writer = try await vault.beginExchange(exchange(path, facts: facts))
            try await writer.append(head: okHead())
            _ = try await writer.finish()
        }
        #expect(error?.code == .tooLong)
        _ = try await vault.seal(resource("afterwards"))
        await vault.close()
        #expect(try await Vault.verify(at: folder.path + "/v").faults == [])
    }
}
