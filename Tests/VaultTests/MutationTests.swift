import Crypto
import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

/// Readers of all that lies in a vault's folder, given what the vault never wrote: none crashes, hangs or lets it pass.
@Suite("Mutated files")
struct MutationTests {
    /// A form on the disk, and a file that has it.
    struct Form: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var file: String
        /// Puts the digests right again that the reader checks first, so that what lies behind them is reached.
        var mend: @Sendable (Data) -> Data = { $0 }
        /// Whether a mutation may leave something that the vault itself could have written.
        var mayPass = false
    }

    static let forms = [
        Form(testDescription: "segment", file: "segments/000001.warc"),
        Form(testDescription: "entries", file: "ledger/tile/entries/000.p/"),
        Form(testDescription: "hashes", file: "ledger/tile/0/000.p/"),
        Form(testDescription: "checkpoint", file: "ledger/checkpoint"),
        Form(testDescription: "public key", file: "ledger/vkey"),
        Form(testDescription: "earlier checkpoint", file: "ledger/signed/1"),
        Form(testDescription: "signing key", file: "keys/ledger.key"),
        Form(testDescription: "pending leaves", file: "ledger/pending"),
        Form(testDescription: "pending leaves, mended", file: "ledger/pending", mend: mendFrames, mayPass: true),
        Form(testDescription: "index cache", file: "cache/index", mend: mendCache, mayPass: true),
    ]

    private static func mendCache(_ cache: Data) -> Data {
        let body = Data(cache.dropLast(32))
        return body + Data(SHA256.hash(data: body))
    }

    /// Gives the first frame, and those that still begin where one ends, the digests of what they now hold.
    private static func mendFrames(_ log: Data) -> Data {
        var (log, start) = (Array(log), 0)
        while start + 36 < log.count {
            let length = min(log[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }, log.count - start - 36)
            for index in 0..<4 { log[start + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * index)) }
            let digest = Array(SHA256.hash(data: log[start + 36..<start + 36 + length]))
            log.replaceSubrange(start + 4..<start + 36, with: digest)
            start += 36 + length
        }
        return Data(log)
    }

    /// Mutations of a form. The fuzz targets go on for as long as they are let.
    private static let rounds = 600

    @Test("Hundreds of mutations of each form end no reader, and none passes unseen", arguments: forms)
    func mutations(form: Form) async throws {
        let folder = try TemporaryFolder("mutation", inMemory: true)
        let path = try await vault(folder, withCache: form.file.hasPrefix("cache"))
        let name = try #require(try allFiles(path).first { $0.hasPrefix(form.file) }, "\(form.file)")
        let url = URL(filePath: "\(path)/\(name)")
        let sound = try Data(contentsOf: url)
        var random = Seeded(form.testDescription.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
        // A vault of a thousand leaves takes longer to look at.
        for number in 0..<(form.file.hasPrefix("cache") ? Self.rounds / 10 : Self.rounds) {
            let mutant = form.mend(Self.mutant(of: sound, &random))
            try mutant.write(to: url)
            let report = try await Vault.verify(at: path)
            #expect(!report.isSound || form.mayPass || mutant == sound, "mutation \(number) of \(name)")
            let reader = try await Vault.openReadOnly(at: path)
            if number % 4 == 0 { try await look(at: reader) }
            if number % 20 == 0 { try await openForSealing(path, in: folder) }
        }
        try sound.write(to: url)
        #expect(try await Vault.verify(at: path).faults == [])
    }

    private func vault(_ folder: TemporaryFolder, withCache: Bool) async throws -> String {
        let path = folder.path + "/made"
        let vault = try await smallVault(path)
        if withCache {
            for number in 0..<1_050 { _ = try await vault.seal(resource("banner \(number)")) }
            _ = try await vault.checkpoint()
        }
        for number in 0..<2 { _ = try await vault.seal(resource("waiting \(number)")) }
        try FileManager.default.copyItem(atPath: path, toPath: folder.path + "/v")
        await vault.close()
        return folder.path + "/v"
    }

    /// Reads whatever can be read; faults are expected, and are errors of the vault's own.
    private func look(at vault: Vault) async throws {
        for text in ["a banner", "hello", "waiting 1"] {
            do { _ = try vault.bytes(of: Digest(of: Array(text.utf8)), upTo: 1_000) } catch {}
        }
        for leaf in 0..<12 as Range<UInt64> {
            let seal = Seal(leaf: leaf, record: "", payload: nil, length: 0)
            do { _ = try vault.record(at: seal) } catch {}
        }
        do { for try await _ in vault.events() {} } catch {}
        _ = try await vault.checkpoint()
    }

    private func openForSealing(_ path: String, in folder: TemporaryFolder) async throws {
        let copy = folder.path + "/copy"
        try? FileManager.default.removeItem(atPath: copy)
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        do {
            let vault = try await Vault.open(at: copy, clock: stillClock)
            _ = try await vault.seal(resource("afterwards"))
            await vault.close()
        } catch {}
    }

    // MARK: Mutations

    private static let lures: [[UInt8]] = [
        [0], [0xff], [0x0a], Array("18446744073709551615".utf8), Array("-1".utf8), Array("9223372036854775807".utf8),
        Array("1e999".utf8), Array("\"".utf8), Array("{".utf8), [UInt8](repeating: 0xff, count: 8),
        [UInt8](repeating: 0, count: 40), Array("[".utf8) + [UInt8](repeating: UInt8(ascii: "["), count: 600),
    ]

    private static func mutant(of data: Data, _ random: inout Seeded) -> Data {
        var bytes = Array(data)
        for _ in 0...Int.random(in: 0..<3, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let length = min(bytes.count - place, Int.random(in: 1...40, using: &random))
            switch Int.random(in: 0..<7, using: &random) {
            case 0: bytes.removeSubrange(place..<place + length)
            case 1: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
            case 2: bytes.insert(contentsOf: lures.randomElement(using: &random) ?? [], at: place)
            case 3: bytes.removeLast(bytes.count - place)
            case 4: number(in: &bytes, near: place, &random)
            case 5: for index in place..<place + length { bytes[index] = UInt8.random(in: 0...255, using: &random) }
            default: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
            }
        }
        return Data(bytes)
    }

    /// Replaces the next decimal number by one that is hard to reckon with.
    private static func number(in bytes: inout [UInt8], near place: Int, _ random: inout Seeded) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let start = bytes[place...].firstIndex(where: digits.contains) else { return }
        let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.endIndex
        let number = ["0", "18446744073709551615", "9223372036854775807", "4294967295", "-1", "1.5"]
        bytes.replaceSubrange(start..<end, with: Array((number.randomElement(using: &random) ?? "").utf8))
    }
}
