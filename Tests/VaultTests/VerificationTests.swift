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
