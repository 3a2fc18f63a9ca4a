import Crypto
import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// What a damaged vault still gives, and what it says of the rest.
@Suite("Damaged vaults")
struct DamagedVaultTests {
    /// One way to damage a vault, and what is expected of it then.
    struct Damage: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// The file that is named.
        var file: String
        /// Whether opening for reading names it at once; else verification does.
        var isFoundAtOnce = true
        /// How many of the ten sealed payloads can be read: at least.
        var readable: Int
        /// How opening for sealing ends; nil when it may go on.
        var sealing: VaultError.Code?
        var change: @Sendable (Data) -> Data?
    }

    static let damages: [Damage] = [
        Damage(testDescription: "a lost segment", file: "segments/000001.warc", readable: 0) { _ in nil },
        Damage(testDescription: "a truncated segment", file: "segments/000001.warc", readable: 4) { data in
            data.prefix(data.count / 2)
        },
        Damage(
            testDescription: "garbage in the middle of a segment",
            file: "segments/000001.warc",
            isFoundAtOnce: false,
            readable: 8
        ) { data in
            data.prefix(data.count / 2) + Data(noise(100, seed: 1)) + data.dropFirst(data.count / 2 + 100)
        },
        Damage(
            testDescription: "lost entries",
            file: "ledger/tile/entries/000.p/8",
            readable: 4,
            sealing: .missing
        ) { _ in nil },
        Damage(
            testDescription: "truncated entries",
            file: "ledger/tile/entries/000.p/8",
            readable: 4,
            sealing: .damaged
        ) { $0.prefix($0.count / 2) },
        Damage(
            testDescription: "garbage in the middle of entries",
            file: "ledger/tile/entries/000.p/8",
            readable: 8,
            sealing: .damaged
        ) { data in
            data.prefix(data.count / 2) + Data(noise(40, seed: 2)) + data.dropFirst(data.count / 2 + 40)
        },
        Damage(
            testDescription: "lost hashes",
            file: "ledger/tile/0/000.p/8",
            isFoundAtOnce: false,
            readable: 10,
            sealing: .missing
        ) { _ in nil },
        Damage(
            testDescription: "hashes of other leaves",
            file: "ledger/tile/0/000.p/8",
            isFoundAtOnce: false,
            readable: 10,
            sealing: .damaged
        ) { Data($0.reversed()) },
        Damage(testDescription: "a lost checkpoint", file: "ledger/checkpoint", readable: 10, sealing: .missing) { _ in
            nil
        },
        Damage(testDescription: "an empty checkpoint", file: "ledger/checkpoint", readable: 10, sealing: .damaged) {
            _ in
            Data()
        },
        Damage(testDescription: "a lost public key", file: "ledger/vkey", readable: 10, sealing: .damaged) { _ in nil },
        Damage(testDescription: "a lost signing key", file: "", isFoundAtOnce: false, readable: 10, sealing: .missing) {
            $0
        },
        Damage(testDescription: "lost pending leaves", file: "ledger/pending", readable: 6, sealing: .damaged) { _ in
            nil
        },
        Damage(
            testDescription: "garbage in the middle of pending leaves",
            file: "ledger/pending",
            readable: 6,
            sealing: .damaged
        ) { $0.prefix(300) + Data(noise(40, seed: 3)) + $0.dropFirst(340) },
        Damage(testDescription: "a foreign segment", file: "segments/notes.txt", isFoundAtOnce: false, readable: 10) {
            _ in
            Data("a shopping list".utf8)
        },
        Damage(testDescription: "a foreign file", file: "README", isFoundAtOnce: false, readable: 10) { _ in Data([1])
        },
        Damage(testDescription: "a foreign tile", file: "ledger/tile/0/001", isFoundAtOnce: false, readable: 10) { _ in
            Data(count: 8_192)
        },
    ]

    /// A vault with six payloads that are signed for in eight leaves, and four that wait.
    private func vault(_ folder: TemporaryFolder) async throws -> (path: String, seals: [Seal]) {
        let made = folder.path + "/made"
        let vault = try await Vault.create(at: made, clock: stillClock)
        var seals: [Seal] = []
        for number in 0..<10 {
            if number == 6 { #expect(try await vault.checkpoint().size == 8) }
            seals.append(try await vault.seal(resource("banner \(number) " + String(repeating: "x", count: 400))))
        }
        try FileManager.default.copyItem(atPath: made, toPath: folder.path + "/v")
        await vault.close()
        return (folder.path + "/v", seals)
    }

    private func isReadable(_ seal: Seal, in vault: Vault) throws -> Bool {
        do {
            return try vault.bytes(of: try #require(seal.payload), upTo: 1_000).count > 400
        } catch let error as VaultError {
            #expect([.unknown, .missing, .damaged].contains(error.code), "\(error)")
            return false
        }
    }

    @Test("A damaged vault opens for reading with what is sound, and says what is not", arguments: damages)
    func damaged(damage: Damage) async throws {
        let folder = try TemporaryFolder("damaged", inMemory: true)
        let (path, seals) = try await vault(folder)
        let url = URL(filePath: "\(path)/\(damage.file.isEmpty ? "keys/ledger.key" : damage.file)")
        let before = (try? Data(contentsOf: url)) ?? Data()
        if !damage.file.isEmpty, let after = damage.change(before) {
            try after.write(to: url)
        } else {
            try FileManager.default.removeItem(at: url)
        }
        let reader = try await Vault.openReadOnly(at: path)
        let named = reader.findings.contains { $0.file == damage.file }
        #expect(named == damage.isFoundAtOnce, "\(reader.findings)")
        #expect(reader.findings.allSatisfy { !$0.line.contains("\n") })
        let readable = try seals.count { try isReadable($0, in: reader) }
        #expect(readable >= damage.readable, "\(readable) can be read")
        let report = try await Vault.verify(at: path)
        #expect(report.faults.contains { $0.file == damage.file } || damage.file.isEmpty, "\(report.faults)")
        for try await _ in reader.events() { Issue.record("there are no runs here") }
        do {
            let vault = try await Vault.open(at: path, clock: stillClock)
            #expect(damage.sealing == nil)
            _ = try await vault.seal(resource("afterwards"))
            await vault.close()
        } catch { #expect(error.code == damage.sealing, "\(error)") }
    }

    @Test("A vault that a later version made is read as far as it is understood, and not added to")
    func laterVersion() async throws {
        let folder = try TemporaryFolder("damaged", inMemory: true)
        let (path, seals) = try await vault(folder)
        // The unsigned leaves can be written by anybody: one of them becomes of a kind that is not known here.
        let log = URL(filePath: path + "/ledger/pending")
        let old = Array("\"kind\":\"resource\"".utf8)
        var frames = try Data(contentsOf: log)
        let place = try #require(frames.range(of: Data(old)))
        frames.replaceSubrange(place, with: Data("\"kind\":\"hologram\"".utf8))
        let length = frames.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        frames.replaceSubrange(4..<36, with: Data(SHA256.hash(data: frames[36..<36 + length])))
        try frames.write(to: log)
        let reader = try await Vault.openReadOnly(at: path)
        #expect(try seals.count { try isReadable($0, in: reader) } == 9)
        let report = try await Vault.verify(at: path)
        #expect(report.faults == [])
        #expect(report.remarks.contains { $0.contains("only a later version knows") })
    }

    @Test("A vault of a later form opens for reading only")
    func laterForm() async throws {
        let folder = try TemporaryFolder("damaged", inMemory: true)
        let path = folder.path + "/v"
        try await Vault.create(at: path, clock: stillClock).close()
        // As a later version would begin it: the only leaf, not signed yet.
        let tile = try Data(contentsOf: URL(filePath: path + "/ledger/tile/entries/000.p/1"))
        let leaf = String(decoding: tile.dropFirst(2), as: UTF8.self)
        let later = leaf.replacing(#""format":"1""#, with: #""format":"2""#)
        #expect(later != leaf)
        try (tile.prefix(2) + Data(later.utf8)).write(to: URL(filePath: path + "/ledger/tile/entries/000.p/1"))
        let error = await #expect(throws: VaultError.self) { try await Vault.open(at: path, clock: stillClock) }
        #expect(error?.code == .tooNew)
        let reader = try await Vault.openReadOnly(at: path)
        #expect(reader.findings.map(\.what).contains { $0.contains("the form 2") })
        #expect(try await Vault.verify(at: path).remarks.contains { $0.contains("the form 2") })
    }
}
