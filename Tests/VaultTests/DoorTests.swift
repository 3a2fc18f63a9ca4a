import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

@Suite("Opening, sharing and failing")
struct DoorTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder("vault")
        path = folder.path + "/v"
    }

    @Test("A second writer is refused, and may come when the first has gone")
    func lock() async throws {
        let vault = try await Vault.create(at: path)
        let error = await #expect(throws: VaultError.self) { try await Vault.open(at: path) }
        #expect(error?.code == .locked)
        await vault.close()
        let after = await #expect(throws: VaultError.self) { try await vault.seal(resource("late")) }
        #expect(after?.code == .closed)
        try await Vault.open(at: path).close()
    }

    @Test("What is missing, there already, or not one's own key is told apart")
    func refusals() async throws {
        let missing = await #expect(throws: VaultError.self) { try await Vault.open(at: path) }
        #expect(missing?.code == .missing)
        try await Vault.create(at: path, key: folder.path + "/elsewhere/one.key").close()
        let exists = await #expect(throws: VaultError.self) { try await Vault.create(at: path) }
        #expect(exists?.code == .exists)
        // A creation that was interrupted before its end may be done again.
        try await Vault.create(at: folder.path + "/w").close()
        try FileManager.default.removeItem(atPath: folder.path + "/w/ledger/checkpoint")
        try await Vault.create(at: folder.path + "/w").close()
        let wrong = folder.path + "/w/keys/ledger.key"
        let key = await #expect(throws: VaultError.self) { try await Vault.open(at: path, key: wrong) }
        #expect(key?.code == .key)
        try await Vault.open(at: path, key: folder.path + "/elsewhere/one.key").close()
        var status = stat()
        #expect(stat(wrong, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("A reader sees what was acknowledged while a writer goes on")
    func readers() async throws {
        var limits = VaultLimits()
        limits.leavesPerCheckpoint = 7
        let vault = try await Vault.create(at: path, limits: limits)
        var seals: [Seal] = []
        for number in 0..<60 {
            seals.append(try await vault.seal(resource("banner \(number)")))
            let reader = try await Vault.openReadOnly(at: path)
            for seal in seals { _ = try reader.record(at: seal) }
            let error = await #expect(throws: VaultError.self) { try await reader.seal(resource("no")) }
            #expect(error?.code == .readOnly)
            if number % 20 == 0 { #expect(try await reader.verify().faults == []) }
        }
        await vault.close()
    }

    @Test("Runs and outcomes come back in order, to a reader as to the writer")
    func events() async throws {
        let vault = try await Vault.create(at: path, clock: stillClock)
        var run = Run(
            id: RunID("2024-01-15-census-1"),
            stage: .census,
            started: noon,
            scope: Digest(of: []),
            settings: [:],
            vantage: "here",
            toolVersion: "1",
            clockWasSimulated: true
        )
        let seal = try await vault.record(runStarted: run)
        for number in 0..<300 { _ = try await vault.seal(resource("between \(number)")) }
        _ = try await vault.checkpoint()
        run.completeness = .complete
        _ = try await vault.record(runEnded: run)
        let reader = try await Vault.openReadOnly(at: path)
        for vault in [vault, reader] {
            var found: [LedgerEvent] = []
            for try await event in vault.events() { found.append(event) }
            guard found.count == 2, case .runStarted(let first, let firstSeal) = found[0],
                case .runEnded(let last, _) = found[1]
            else {
                Issue.record("\(found)")
                return
            }
            #expect(first.completeness == .running)
            #expect(firstSeal == seal)
            #expect(last == run)
        }
        await vault.close()
    }

    /// Seals so many new things, side by side.
    private func seal(_ count: Int, in vault: Vault, from first: Int) async throws -> [Seal] {
        try await withThrowingTaskGroup(of: Seal.self) { group in
            for number in first..<first + count {
                group.addTask { try await vault.seal(resource("banner \(number)")) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("The index cache is used when it fits, and nothing changes when it is lost or wrong")
    func cache() async throws {
        let vault = try await Vault.create(at: path, clock: stillClock)
        var seals = try await seal(1_100, in: vault, from: 0)
        await vault.close()
        let cache = URL(filePath: path + "/cache/index")
        func damage(at place: Int) throws {
            var bytes = try Data(contentsOf: cache)
            bytes[place < 0 ? bytes.count + place : place] ^= 1
            try bytes.write(to: cache)
        }
        // As written; an entry; the number of entries; the table of pages; the digest; nothing there at all.
        let changes: [() throws -> Void] = [
            {}, { try damage(at: 5_000) }, { try damage(at: 17) }, { try damage(at: 1_100 * 80 + 200) },
            { try damage(at: -1) }, { try FileManager.default.removeItem(at: cache) },
        ]
        for change in changes {
            try change()
            let again = try await Vault.open(at: path, clock: stillClock)
            for seal in seals { #expect(again.length(of: try #require(seal.payload)) == seal.length) }
            #expect(try await again.verify().faults == [])
            await again.close()
        }
        // New ones are added to what is stored, also when a page of it is damaged, and known ones are still known.
        for _ in 0..<2 {
            let size = try Data(contentsOf: cache).count
            try damage(at: 5_000)
            let again = try await Vault.open(at: path, clock: stillClock)
            seals += try await seal(1_050, in: again, from: seals.count)
            #expect(try await seal(1, in: again, from: 7)[0].payload == Digest(of: Array("banner 7".utf8)))
            await again.close()
            #expect(try Data(contentsOf: cache).count >= size + 1_050 * 80)
            let reader = try await Vault.openReadOnly(at: path)
            for seal in seals { #expect(reader.length(of: try #require(seal.payload)) == seal.length) }
        }
    }

    @Test("A checkpoint that cannot be written takes back nothing that was answered, and ends the sealing")
    func checkpointFails() async throws {
        var limits = VaultLimits()
        limits.leavesPerCheckpoint = 5
        let vault = try await Vault.create(at: path, limits: limits)
        // The folder of checkpoints is a file: what is sealed is durable, only signing fails.
        let signed = path + "/ledger/signed"
        try FileManager.default.moveItem(atPath: signed, toPath: folder.path + "/signed")
        try Data().write(to: URL(filePath: signed))
        var seals: [Seal] = []
        let error = await #expect(throws: VaultError.self) {
            for number in 0..<20 { seals.append(try await vault.seal(resource("banner \(number)"))) }
        }
        #expect(error?.path?.hasPrefix(signed) == true)
        #expect((1...5).contains(seals.count))
        await vault.close()
        try FileManager.default.removeItem(atPath: signed)
        try FileManager.default.moveItem(atPath: folder.path + "/signed", toPath: signed)
        let again = try await Vault.open(at: path)
        for seal in seals { _ = try again.record(at: seal) }
        #expect(try await again.verify().faults == [])
        await again.close()
    }

    @Test(
        "A full disk is one clear error, and what was sealed stays",
        .enabled(if: OwnMounts.arePossible, "needs unshare and mount")
    )
    func diskFull() async throws {
        // The vault lies in a small file system that only this process and its children see.
        let script = """
            mount -t tmpfs -o size=3m tmpfs "$0" && "$1" seal "$0/v" 1 >"$2"; code=$?
            cp -r "$0/v" "$3"; exit $code
            """
        let (disk, out, copy) = (folder.path + "/disk", folder.path + "/out", folder.path + "/copy")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        let output = try await run("/usr/bin/unshare", ["-rm", "sh", "-c", script, disk, vaultWriter.path, out, copy])
        #expect(output.status == 1)
        #expect(output.text.contains("no space is left"))
        #expect(output.text.split(separator: "\n").count == 1)
        let lines = try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n")
        #expect(lines.count > 10)
        let reader = try await Vault.openReadOnly(at: copy)
        let vault = try await Vault.open(at: copy)
        for line in lines {
            let payload = try #require(Digest(String(line.prefix(64))))
            _ = try reader.bytes(of: payload, upTo: 1 << 20)
            _ = try vault.bytes(of: payload, upTo: 1 << 20)
        }
        #expect(try await vault.verify().faults == [])
        await vault.close()
    }
}
