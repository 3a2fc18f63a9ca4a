import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

@Suite("Tampering")
struct TamperTests {
    /// A bit of a file.
    private struct Bit: Sendable {
        var file: String
        var byte: Int
        var mask: UInt8

        /// Turns the bit over, in place.
        func flip(in folder: String) throws {
            let descriptor = open("\(folder)/\(file)", O_RDWR)
            defer { close(descriptor) }
            var value: UInt8 = 0
            let read = pread(descriptor, &value, 1, off_t(byte))
            value ^= mask
            let written = pwrite(descriptor, &value, 1, off_t(byte))
            try #require(read == 1 && written == 1)
        }
    }

    private static let flips = 10_000

    /// A vault as a killed process leaves it, with one of everything: all kinds of records, earlier checkpoints, leaves that
    /// wait to be signed, something in quarantine, something derived, and the key.
    private func vault(_ folder: TemporaryFolder) async throws -> String {
        let path = folder.path + "/made"
        await (try smallVault(path)).close()
        let segment = try #require(FileHandle(forWritingAtPath: path + "/segments/000001.warc"))
        try segment.seekToEnd()
        try segment.write(contentsOf: Data("WARC/1.1\r\nhalf a record".utf8))
        try segment.close()
        let vault = try await Vault.open(at: path, clock: stillClock)
        _ = try await vault.checkpoint()
        for number in 0..<3 { _ = try await vault.seal(resource("waiting \(number)")) }
        try FileManager.default.copyItem(atPath: path, toPath: folder.path + "/v")
        await vault.close()
        return folder.path + "/v"
    }

    @Test("Each of 10,000 bits that are turned over, in all files of a vault, is found, and its file named")
    func tenThousandFlips() async throws {
        let folder = try TemporaryFolder("tamper", inMemory: true)
        let path = try await vault(folder)
        let sound = try await Vault.verify(at: path)
        #expect(sound.faults == [])
        let files = try allFiles(path).filter { $0 != "lock" }
        let ledger = ["ledger/signed/", "ledger/tile/", "ledger/pending"]
        for part in ledger + ["keys/", "segments/", "quarantine/", "derived/"] {
            #expect(files.contains { $0.hasPrefix(part) }, "\(part)")
        }
        var random = Seeded(7)
        // Half of them anywhere in the vault, half of them with small files as often as with large ones.
        let sizes = try files.map { try Data(contentsOf: URL(filePath: "\(path)/\($0)")).count }
        let bits = (0..<Self.flips).map { number in
            var (place, file) = (Int.random(in: 0..<sizes.reduce(0, +), using: &random), 0)
            while place >= sizes[file] { (place, file) = (place - sizes[file], file + 1) }
            if number % 2 == 0 {
                file = Int.random(in: files.indices, using: &random)
                place = Int.random(in: 0..<sizes[file], using: &random)
            }
            return Bit(file: files[file], byte: place, mask: 1 << UInt8.random(in: 0..<8, using: &random))
        }
        let missed = try await missed(bits, path, in: folder)
        #expect(missed.isEmpty, "\(missed.count) of \(Self.flips) were not found: \(missed.prefix(20))")
    }

    /// The bits whose turning over no fault names.
    private func missed(_ bits: [Bit], _ path: String, in folder: TemporaryFolder) async throws -> [Bit] {
        try await withThrowingTaskGroup(of: [Bit].self) { group in
            let lanes = 4
            for lane in 0..<lanes {
                let copy = "\(folder.path)/lane\(lane)"
                try FileManager.default.copyItem(atPath: path, toPath: copy)
                group.addTask {
                    var missed: [Bit] = []
                    for index in stride(from: lane, to: bits.count, by: lanes) {
                        let bit = bits[index]
                        try bit.flip(in: copy)
                        let report = try await Vault.verify(at: copy)
                        if !report.faults.contains(where: { $0.file == bit.file }) { missed.append(bit) }
                        try bit.flip(in: copy)
                    }
                    #expect(try await Vault.verify(at: copy).faults == [])
                    return missed
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    @Test("A bit that is turned over in the cache is no fault, and the cache is made anew")
    func cacheFlips() async throws {
        let folder = try TemporaryFolder("tamper", inMemory: true)
        let path = folder.path + "/v"
        let vault = try await Vault.create(at: path, clock: stillClock)
        var seals: [Seal] = []
        for number in 0..<1_100 { seals.append(try await vault.seal(resource("banner \(number)"))) }
        await vault.close()
        let written = try Data(contentsOf: URL(filePath: path + "/cache/index"))
        var random = Seeded(8)
        for _ in 0..<60 {
            let byte = Int.random(in: 0..<written.count, using: &random)
            try Bit(file: "cache/index", byte: byte, mask: 1 << UInt8.random(in: 0..<8, using: &random)).flip(in: path)
            let reader = try await Vault.openReadOnly(at: path)
            for seal in seals { #expect(reader.length(of: try #require(seal.payload)) == seal.length) }
            try written.write(to: URL(filePath: path + "/cache/index"))
        }
        try Data("no cache".utf8).write(to: URL(filePath: path + "/cache/index"))
        #expect(try await Vault.verify(at: path).faults == [])
        let again = try await Vault.open(at: path, clock: stillClock)
        for number in 0..<1_100 { _ = try await again.seal(resource("more \(number)")) }
        await again.close()
        #expect(try Data(contentsOf: URL(filePath: path + "/cache/index")).count > written.count)
    }
}
