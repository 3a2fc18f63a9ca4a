import Domain
import Foundation
import TestSupport
import Testing
import Vault

@Suite("Verification")
struct VerificationTests {
    @Test("A vault that nobody touched is sound, while it is open and afterwards")
    func sound() async throws {
        let folder = try TemporaryFolder("vault")
        let vault = try await smallVault(folder.path + "/v")
        let open = try await vault.verify()
        #expect(open.faults == [])
        await vault.close()
        let report = try await Vault.verify(at: folder.path + "/v")
        #expect(report.faults == [])
        #expect(report.remarks == [])
        #expect(report.leaves == report.signed)
        #expect(report.records == report.leaves - 1)
    }

    @Test("Any bit that is turned over is found, and its file named")
    func bitFlips() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        await (try smallVault(path)).close()
        let files = try allFiles(path).filter { !$0.hasPrefix("keys/") && $0 != "lock" && $0 != "ledger/pending" }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<400 {
            let name = try #require(files.randomElement(using: &generator))
            let url = URL(filePath: path).appending(path: name)
            let before = try Data(contentsOf: url)
            var after = before
            let place = Int.random(in: 0..<before.count, using: &generator)
            let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            after[place] ^= bit
            try after.write(to: url)
            let report = try await Vault.verify(at: path)
            #expect(report.faults.contains { $0.file == name }, "bit \(bit) of byte \(place) of \(name)")
            try before.write(to: url)
        }
        #expect(try await Vault.verify(at: path).isSound)
    }

    @Test("A file that is lost, cut, lengthened or added is found", arguments: ["lost", "cut", "longer", "added"])
    func files(change: String) async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        await (try smallVault(path)).close()
        let kept = ["segments/", "ledger/tile", "ledger/checkpoint", "ledger/vkey"]
        for name in try allFiles(path) where kept.contains(where: name.hasPrefix) {
            let url = URL(filePath: path).appending(path: change == "added" ? name + "x" : name)
            let before = change == "added" ? Data([1]) : try Data(contentsOf: url)
            switch change {
            case "lost": try FileManager.default.removeItem(at: url)
            case "cut": try before.dropLast().write(to: url)
            case "longer": try (before + [0]).write(to: url)
            default: try before.write(to: url)
            }
            let report = try await Vault.verify(at: path)
            let changed = change == "added" ? name + "x" : name
            #expect(report.faults.contains { $0.file == changed }, "\(change) \(changed): \(report.faults)")
            if change == "added" { try FileManager.default.removeItem(at: url) } else { try before.write(to: url) }
        }
        #expect(try await Vault.verify(at: path).isSound)
    }

    @Test("A fault names the leaf, what it affects and what is still sound")
    func naming() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        let vault = try await Vault.create(at: path, clock: stillClock)
        let first = try await vault.sealExchange("/one", Array("the first page".utf8))
        try await vault.sealExchange("/two", Array("the second page".utf8))
        await vault.close()
        let url = URL(filePath: path + "/segments/000001.warc")
        var bytes = try Data(contentsOf: url)
        bytes[try #require(bytes.range(of: Data("the first page".utf8))).lowerBound] ^= 4
        try bytes.write(to: url)
        let faults = try await Vault.verify(at: path).faults
        #expect(faults.count == 1)
        #expect(faults.first?.leaf == first.response.leaf)
        #expect(faults.first?.file == "segments/000001.warc")
        #expect(faults.first?.what == "the block of the answer of http://files.example/one was changed")
        #expect(faults.first?.affects.contains(try #require(first.response.payload).description) == true)
        let reader = try await Vault.openReadOnly(at: path)
        let error = #expect(throws: VaultError.self) {
            try reader.bytes(of: #require(first.response.payload), upTo: 99)
        }
        #expect(error?.code == .damaged)
    }

    @Test("A checkpoint signed by another key, or an earlier one put back, is found")
    func otherCheckpoint() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        let vault = try await Vault.create(at: path, clock: stillClock)
        let early = try await vault.checkpoint()
        for number in 0..<3 { _ = try await vault.seal(resource("banner \(number)")) }
        await vault.close()
        let other = try await Vault.create(at: folder.path + "/other", clock: stillClock)
        let foreign = try await other.checkpoint()
        await other.close()
        for text in [early.text, foreign.text] {
            try text.write(toFile: path + "/ledger/checkpoint", atomically: true, encoding: .utf8)
            #expect(try await !Vault.verify(at: path).isSound)
        }
    }

    @Test("Any bit that is turned over in leaves that wait to be signed, or in quarantine, is found")
    func unsignedFlips() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        // Left open, as by a process that was killed, and with something unfinished beside it.
        try await Vault.create(at: path, clock: stillClock).close()
        try FileManager.default.createDirectory(atPath: path + "/segments", withIntermediateDirectories: true)
        try Data("WARC/1.1".utf8).write(to: URL(filePath: path + "/segments/000001.warc"))
        let vault = try await Vault.open(at: path, clock: stillClock)
        for number in 0..<3 { _ = try await vault.seal(resource("banner \(number)")) }
        let copy = folder.path + "/copy"
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        await vault.close()
        let sound = try await Vault.verify(at: copy)
        #expect(sound.faults == [])
        #expect(sound.remarks.count == 2)
        for name in try allFiles(copy).filter({ $0.hasPrefix("quarantine/") || $0 == "ledger/pending" }) {
            let url = URL(filePath: "\(copy)/\(name)")
            let before = try Data(contentsOf: url)
            for place in stride(from: 0, to: before.count, by: max(1, before.count / 60)) {
                var after = before
                after[place] ^= 1 << UInt8.random(in: 0..<8)
                try after.write(to: url)
                let report = try await Vault.verify(at: copy)
                #expect(report.faults.contains { $0.file == name }, "byte \(place) of \(name)")
            }
            try before.write(to: url)
        }
    }
}

/// A vault with one of each kind of record.
func smallVault(_ path: String) async throws -> Vault {
    var limits = VaultLimits()
    limits.bodyInMemory = 2_000
    let vault = try await Vault.create(at: path, clock: stillClock, limits: limits)
    _ = try await vault.seal(resource("a banner"))
    _ = try await vault.seal(resource("a banner"))
    try await vault.sealExchange("/page", Array("hello".utf8))
    try await vault.sealExchange("/long", noise(5_000, seed: 3), piece: 700)
    try await vault.sealExchange("/again", noise(5_000, seed: 3), piece: 700)
    _ = try vault.storeDerived([1, 2, 3])
    _ = try await vault.checkpoint()
    try await vault.sealExchange("/cut", noise(900, seed: 4), truncated: "disconnect")
    return vault
}

/// The regular files below a folder, by relative path, sorted.
func allFiles(_ path: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).sorted().filter { name in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
    }
}
