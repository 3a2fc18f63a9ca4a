import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

@Suite("Power cuts")
struct PowerCutTests {
    /// What lay on the disk after a power cut, and what had been acknowledged before it.
    private struct Aftermath: Sendable {
        var folders: Set<String>
        var files: [String: [UInt8]]
        var acknowledged: [Acknowledged]
    }

    /// What the checks of some cuts saw.
    private struct Tally {
        var opened = 0
        var unmade = 0
        var aside = 0
        var acknowledged = 0
        var unlocked = 0
        var readable = 0
        var destroyed = 0

        static func += (left: inout Self, right: Self) {
            left.opened += right.opened
            left.unmade += right.unmade
            left.aside += right.aside
            left.acknowledged += right.acknowledged
            left.unlocked += right.unlocked
            left.readable += right.readable
            left.destroyed += right.destroyed
        }
    }

    private static let sessions = 20
    private static let cuts = 50

    @Test(
        "A thousand power cuts at any moment, with writes lost, reordered and torn: nothing acknowledged is lost",
        .enabled(if: compiler != nil, "needs a C compiler")
    )
    func thousandCuts() async throws {
        let folder = try TemporaryFolder("power", inMemory: true)
        let recorder = try await recorder(in: folder)
        var random = Seeded(20_240_115)
        var last = Aftermath(folders: [], files: [:], acknowledged: [])
        var tally = Tally()
        for session in 0..<Self.sessions {
            // Most begin with what a power cut of the one before left, so that recovery is cut as well.
            if session % 4 == 0 { last = Aftermath(folders: [], files: [:], acknowledged: []) }
            let work = { ["some", $0, "\(session + 1)", "40"] }
            let aftermaths = try await aftermaths(of: work, from: last, recorder, in: folder, &random)
            tally += try await check(aftermaths, in: folder)
            last = try #require(aftermaths.randomElement(using: &random))
        }
        #expect(tally.opened + tally.unmade == Self.sessions * Self.cuts)
        // Cuts that hit nothing would prove nothing.
        #expect(tally.unmade < Self.cuts * 2)
        #expect(tally.aside > 100)
        #expect(tally.acknowledged > 10_000)
    }

    @Test(
        "Power cuts while items are encrypted, removed and destroyed: each is in its record, in its locked file, or nowhere",
        .enabled(if: compiler != nil, "needs a C compiler")
    )
    func lockingCuts() async throws {
        let folder = try TemporaryFolder("power", inMemory: true)
        let recorder = try await recorder(in: folder)
        let key = RecipientKey()
        var random = Seeded(20_240_116)
        var last = Aftermath(folders: [], files: [:], acknowledged: [])
        var tally = Tally()
        for session in 0..<Self.lockingSessions {
            if session % 4 == 0 { last = Aftermath(folders: [], files: [:], acknowledged: []) }
            let work = { ["lock", $0, "\(session + 1)", "12", "\(key.recipient)"] }
            let aftermaths = try await aftermaths(of: work, from: last, recorder, in: folder, &random)
            tally += try await check(aftermaths, in: folder, key)
            last = try #require(aftermaths.randomElement(using: &random))
        }
        #expect(tally.opened + tally.unmade == Self.lockingSessions * Self.cuts)
        #expect(tally.unlocked > 500)
        #expect(tally.readable > 500)
        #expect(tally.destroyed > 100)
        #expect(tally.aside > 20)
    }

    private static let lockingSessions = 8

    // MARK: Recording

    private func recorder(in folder: TemporaryFolder) async throws -> String {
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "recorder.c").path
        let library = folder.path + "/recorder.so"
        let flags = ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl", "-lpthread"]
        let built = try await run(try #require(compiler), flags)
        try #require(built.status == 0, "\(built.text)")
        return library
    }

    /// Lets a writer work on what a cut left, and cuts the power at random moments of it.
    private func aftermaths(
        of work: (String) -> [String],
        from before: Aftermath,
        _ recorder: String,
        in folder: TemporaryFolder,
        _ random: inout Seeded
    ) async throws -> [Aftermath] {
        let world = folder.path + "/world"
        try lay(before, at: world)
        var disk = try CutDisk(world)
        let writes = try record(world, recorder, work(world + "/v"))
        try #require(writes.count > 100, "the recorder saw \(writes.count) writes")
        var acknowledged = before.acknowledged
        var done = 0
        let moments = (0..<Self.cuts).map { _ in Int.random(in: 0...writes.count, using: &random) }.sorted()
        return moments.map { moment in
            for write in writes[done..<moment] {
                disk.apply(write)
                if case .said(let text) = write {
                    acknowledged += text.split(separator: "\n").compactMap(Acknowledged.init)
                }
            }
            done = moment
            let (folders, files) = disk.cut(&random)
            return Aftermath(folders: folders, files: files, acknowledged: acknowledged)
        }
    }

    private func record(_ world: String, _ recorder: String, _ arguments: [String]) throws -> [DiskWrite] {
        let log = world + ".log"
        try? FileManager.default.removeItem(atPath: log)
        let writer = Process()
        writer.executableURL = vaultWriter
        writer.arguments = arguments
        writer.environment = ["LD_PRELOAD": recorder, "WRITE_LOG": log, "WRITE_ROOT": world]
            .merging(ProcessInfo.processInfo.environment) { own, _ in own }
        writer.standardOutput = FileHandle.nullDevice
        try writer.run()
        writer.waitUntilExit()
        #expect(writer.terminationStatus == 0)
        return DiskWrite.read(try Data(contentsOf: URL(filePath: log)))
    }

    private func lay(_ aftermath: Aftermath, at path: String) throws {
        try? FileManager.default.removeItem(atPath: path)
        for name in aftermath.folders.union([""]) {
            try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
        }
        for (name, bytes) in aftermath.files { try Data(bytes).write(to: URL(filePath: "\(path)/\(name)")) }
    }

    // MARK: Checking

    private func check(
        _ aftermaths: [Aftermath],
        in folder: TemporaryFolder,
        _ key: RecipientKey? = nil
    ) async throws -> Tally {
        try await withThrowingTaskGroup(of: Tally.self) { group in
            let lanes = 4
            for lane in 0..<lanes {
                group.addTask {
                    var tally = Tally()
                    for index in stride(from: lane, to: aftermaths.count, by: lanes) {
                        tally += try await check(aftermaths[index], at: "\(folder.path)/lane\(lane)", key)
                    }
                    return tally
                }
            }
            return try await group.reduce(into: Tally()) { $0 += $1 }
        }
    }

    private func check(_ aftermath: Aftermath, at world: String, _ key: RecipientKey?) async throws -> Tally {
        try lay(aftermath, at: world)
        let path = world + "/v"
        var tally = Tally()
        let vault: Vault
        do { vault = try await Vault.open(at: path, clock: stillClock) } catch {
            guard error.code == .missing else { throw error }
            // The power went before the vault was made; it can be made now.
            #expect(aftermath.acknowledged.isEmpty)
            try await Vault.create(at: path, clock: stillClock).close()
            tally.unmade = 1
            return tally
        }
        #expect(aftermath.acknowledged.allSatisfy { vault.contains($0.payload) })
        for item in aftermath.acknowledged.suffix(12) {
            let seal = Seal(leaf: item.leaf, record: item.record, payload: item.payload, length: 0)
            #expect(try vault.record(at: seal).starts(with: Array("WARC/1.1\r\n".utf8)))
        }
        if let key { try await unlock(aftermath.acknowledged, in: vault, key, at: world + "/unlocked", &tally) }
        await vault.close()
        // Every record's bytes are compared with its leaf's digests here.
        let report = try await Vault.verify(at: path)
        #expect(report.faults == [])
        tally.opened += 1
        tally.acknowledged = aftermath.acknowledged.count
        tally.aside = report.remarks.contains { $0.contains("was unfinished") } ? 1 : 0
        return tally
    }

    /// Gets the bytes of everything that was acknowledged, whatever became of it.
    private func unlock(
        _ acknowledged: [Acknowledged],
        in vault: Vault,
        _ key: RecipientKey,
        at output: String,
        _ tally: inout Tally
    ) async throws {
        for item in acknowledged {
            if vault.withholding(of: item.payload)?.destroyed != nil {
                tally.destroyed += 1
                continue
            }
            guard vault.lock(on: item.payload) != nil else {
                _ = try vault.bytes(of: item.payload, upTo: 1 << 20)
                tally.readable += 1
                continue
            }
            _ = try await vault.unlock(item.payload, with: key, to: output)
            try FileManager.default.removeItem(atPath: output)
            tally.unlocked += 1
        }
    }
}

private let compiler = ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"].first {
    FileManager.default.isExecutableFile(atPath: $0)
}
