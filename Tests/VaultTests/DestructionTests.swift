import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// What was kept for the holder of a key, and is destroyed after all.
@Suite("Destroying what was encrypted")
struct DestructionTests {
    private let folder: TemporaryFolder
    private let path: String
    private let secret = Array("what not even a court may see any more".utf8)
    private let court = RecipientKey()

    init() throws {
        folder = try TemporaryFolder("destroyed")
        path = folder.path + "/v"
    }

    private var item: Digest { Digest(of: secret) }

    /// A vault with the secret, fetched twice in full, between other things.
    private func vault() async throws -> Vault {
        let vault = try await Vault.create(at: path, clock: stillClock)
        try await vault.sealExchange("/before", Array("before".utf8))
        try await vault.sealExchange("/secret", secret)
        try await vault.sealExchange("/cut", secret, truncated: "disconnect")
        try await vault.sealExchange("/after", Array("after".utf8))
        return vault
    }

    private func lock(_ vault: Vault) async throws -> [Withholding] {
        try await vault.withhold([item], reason: "for the court", actor: "a@b", encryptedTo: court.recipient)
    }

    private func destroy(_ vault: Vault) async throws -> [Withholding] {
        try await vault.withhold([item], reason: "the term is over", actor: "c@d")
    }

    private func locked() throws -> [String] { try allFiles(path).filter { $0.hasPrefix("locked/") } }

    private func segment() throws -> Data { try Data(contentsOf: URL(filePath: path + "/segments/000001.warc")) }

    @Test("The locked files go, the ledger says so, and verification is sound and tells it")
    func destroyed() async throws {
        let vault = try await vault()
        let first = try await lock(vault)
        #expect(try first.count == 2 && locked().count == 2)
        let second = try await destroy(vault)
        #expect(second.map(\.leaf) == first.map(\.leaf))
        #expect(second.allSatisfy { $0.lock == nil && $0.destroyed?.recipient == court.recipient })
        #expect(second.map { $0.destroyed?.digest } == first.map { $0.lock?.digest })
        #expect(try locked() == [])
        let said = "withheld on \(noon) by c@d, and what was encrypted to the key \(court.recipient.id) destroyed"
        let reader = try await Vault.openReadOnly(at: path)
        for vault in [vault, reader] {
            #expect(vault.withholding(of: item)?.sentence == "\(said): the term is over")
            #expect(vault.lock(on: item) == nil)
            let error = await #expect(throws: VaultError.self) {
                try await vault.unlock(item, with: court, to: folder.path + "/out")
            }
            #expect(try error?.code == .unknown && "\(#require(error))".contains(said))
        }
        let again = await #expect(throws: VaultError.self) { _ = try await destroy(vault) }
        #expect(again?.code == .unknown)
        let other = await #expect(throws: VaultError.self) { _ = try await lock(vault) }
        #expect(other?.code == .unknown)
        await vault.close()

        await (try Vault.open(at: path, clock: stillClock)).close()
        let report = try await Vault.verify(at: path)
        #expect(report.faults == [])
        #expect(report.withheld == 2)
        #expect(report.remarks.filter { $0.contains(said) }.count == 2, "\(report.remarks)")
        #expect(!report.remarks.contains { $0.contains("the next opening") })
        #expect(try segment().range(of: Data(secret)) == nil)
    }

    @Test("A locked file that is put back is found")
    func putBack() async throws {
        let vault = try await vault()
        let first = try #require(try await lock(vault).first)
        let file = URL(filePath: "\(path)/locked/\(first.leaf)")
        let bytes = try Data(contentsOf: file)
        _ = try await destroy(vault)
        await vault.close()
        try bytes.write(to: file)
        let report = try await Vault.verify(at: path)
        #expect(report.faults.map(\.file) == ["locked/\(first.leaf)"])
        #expect(report.faults.first?.what.contains("the ledger says that it was destroyed") == true)
    }

    @Test("A process that ended before the locked files were gone leaves it to the next opening")
    func interrupted() async throws {
        let vault = try await vault()
        let first = try await lock(vault)
        let files = first.map { URL(filePath: "\(path)/locked/\($0.leaf)") }
        let kept = try files.map { try Data(contentsOf: $0) }
        // A folder in the place of the second file: destroying it fails when the ledger has said that it goes.
        try FileManager.default.removeItem(at: files[1])
        try FileManager.default.createDirectory(at: files[1], withIntermediateDirectories: false)
        await #expect(throws: VaultError.self) { _ = try await destroy(vault) }
        await vault.close()
        try FileManager.default.removeItem(at: files[1])
        // One half gone, the other still there.
        try Data(count: kept[0].count).write(to: files[0])
        try kept[1].write(to: files[1])
        let reader = try await Vault.openReadOnly(at: path)
        #expect(reader.lock(on: item) == nil)
        let report = try await Vault.verify(at: path)
        #expect(report.faults == [], "\(report.faults)")
        #expect(report.remarks.filter { $0.contains("is still there: the next opening removes it") }.count == 2)

        await (try Vault.open(at: path, clock: stillClock)).close()
        #expect(try locked() == [])
        #expect(try allFiles(path).filter { $0.hasPrefix("quarantine/") } == [])
        let finished = try await Vault.verify(at: path)
        #expect(finished.faults == [])
        #expect(!finished.remarks.contains { $0.contains("the next opening") })
    }

    @Test("Where the locked file was lost and the bytes therefore stayed, they go with it")
    func neverErased() async throws {
        let vault = try await vault()
        // Removing the picture fails when the ledger has said that the bytes go, and then the locked files are lost.
        let picture = try vault.storeDerived([0xff, 0xd8, 0xff, 1])
        _ = try await vault.record(outcome: .reading(reading(of: [item], picture: picture)))
        let drawer = path + "/derived/\("\(picture)".prefix(2))"
        try FileManager.default.removeItem(atPath: drawer)
        try Data().write(to: URL(filePath: drawer))
        await #expect(throws: VaultError.self) { _ = try await lock(vault) }
        await vault.close()
        try FileManager.default.removeItem(atPath: drawer)
        for file in try locked() { try FileManager.default.removeItem(atPath: "\(path)/\(file)") }
        let opened = try await Vault.open(at: path, clock: stillClock)
        #expect(try segment().range(of: Data(secret)) != nil)
        _ = try await destroy(opened)
        await opened.close()
        #expect(try segment().range(of: Data(secret)) == nil)
        #expect(try segment().range(of: Data("told of \(item)".utf8)) == nil)
        #expect(try await Vault.verify(at: path).faults == [])
    }

    @Test("What was read from several files is kept for nobody: it would tell one key's holder of another's item")
    func outcomesOfMany() async throws {
        let vault = try await vault()
        let other = Digest(of: Array("after".utf8))
        _ = try await vault.record(outcome: .reading(reading(of: [item, other], picture: nil)))
        let first = try await lock(vault)
        #expect(first.count == 3)
        #expect(first.filter { $0.lock == nil }.map(\.payload).allSatisfy { $0 != item })
        #expect(try locked().count == 2)
        #expect(try segment().range(of: Data("told of \(item)".utf8)) == nil)
        #expect(try segment().range(of: Data("told of \(other)".utf8)) != nil)
        let second = try await destroy(vault)
        #expect(second.count == 2)
        await vault.close()
        #expect(try locked() == [])
        #expect(try await Vault.verify(at: path).faults == [])
    }
}
