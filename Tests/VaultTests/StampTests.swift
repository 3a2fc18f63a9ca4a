import Domain
import Foundation
import TestSupport
import Testing
import Vault

@Suite("Time-stamps", .enabled(if: OpenSSLAuthority.isThere, "needs openssl"))
struct StampTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder("stamps")
        path = folder.path + "/v"
    }

    private func roots(_ authority: OpenSSLAuthority) throws -> StampRoots {
        let text = try String(contentsOf: authority.root, encoding: .utf8)
        return try StampRoots(pem: text, path: authority.root.path)
    }

    /// A vault whose last checkpoint but one has a stamp of this authority.
    private func stamped(_ authority: OpenSSLAuthority) async throws -> (stamp: URL, note: URL) {
        let vault = try await Vault.create(at: path, clock: stillClock)
        _ = try await vault.seal(resource("what was seen"))
        let query = try #require(try await vault.stampQuery())
        let reply = try authority.reply(to: query.bytes)
        let fault = try await vault.keep(
            reply: reply,
            to: query,
            from: "a test",
            roots: try roots(authority),
            at: noon
        )
        #expect(fault == nil)
        await vault.close()
        let name = "\(query.checkpoint.size)"
        return (URL(filePath: "\(path)/ledger/stamps/\(name).tsr"), URL(filePath: "\(path)/ledger/signed/\(name)"))
    }

    @Test("An authority's stamp is kept, found good here and by openssl", arguments: OpenSSLAuthority.Key.allCases)
    func good(key: OpenSSLAuthority.Key) async throws {
        let authority = try OpenSSLAuthority(in: folder.url.appending(path: "tsa"), key: key)
        let (stamp, note) = try await stamped(authority)
        #expect(authority.verifies(reply: stamp, of: note))
        let report = try await Vault.verify(at: path, stampRoots: try roots(authority))
        #expect(report.faults == [])
        #expect(report.remarks.contains { $0.hasPrefix("the checkpoint over 3 leaves has a time-stamp of a test: 20") })
        let unrooted = try await Vault.verify(at: path)
        #expect(unrooted.faults == [])
        #expect(unrooted.remarks.contains { $0.contains("no authority is named") })
    }

    @Test("A stamp of another authority, over another checkpoint, or no stamp at all is a fault")
    func wrong() async throws {
        let authority = try OpenSSLAuthority(in: folder.url.appending(path: "tsa"))
        let other = try OpenSSLAuthority(in: folder.url.appending(path: "other"))
        let (stamp, _) = try await stamped(authority)
        let name = "ledger/stamps/\(stamp.lastPathComponent)"
        let report = try await Vault.verify(at: path, stampRoots: try roots(other))
        #expect(report.faults.map(\.file) == [name])
        #expect(report.faults.first?.what.hasPrefix("its certificate is not one to believe") == true)

        let vault = try await Vault.open(at: path, clock: stillClock)
        let query = try #require(try await vault.stampQuery())
        let sound = try Data(contentsOf: stamp)
        let refused: [([UInt8], String)] = [
            (Array(sound), "is not over this checkpoint"),
            (try other.reply(to: query.bytes), "its certificate is not one to believe"),
            ([0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02], "is a refusal with status 2"),
            (Array("<html>".utf8), "cannot be read"),
            ([], "cannot be read"),
            ([UInt8](repeating: 0x30, count: 70_000), "has 70000 bytes"),
        ]
        for (reply, expected) in refused {
            let roots = try roots(authority)
            let fault = try await vault.keep(reply: reply, to: query, from: "a test", roots: roots, at: noon)
            #expect(fault?.hasPrefix(expected) == true, "\(fault ?? "none")")
        }
        await vault.close()
        #expect(try allFiles(path).filter { $0.hasPrefix("ledger/stamps/") } == [name])
        #expect(try await Vault.verify(at: path, stampRoots: try roots(authority)).faults == [])
    }

    @Test("An answer to another question is refused")
    func nonce() async throws {
        let authority = try OpenSSLAuthority(in: folder.url.appending(path: "tsa"))
        let vault = try await Vault.create(at: path, clock: stillClock)
        let (first, second) = (try await vault.stampQuery(), try await vault.stampQuery())
        let (asked, unasked) = try (#require(first), #require(second))
        let reply = try authority.reply(to: asked.bytes)
        #expect(
            try await vault.keep(reply: reply, to: unasked, from: "a test", roots: nil, at: noon)
                == "answers another question"
        )
        #expect(try await vault.keep(reply: reply, to: asked, from: "a test", roots: nil, at: noon) == nil)
        await vault.close()
    }

    @Test("Any bit of a stamp that is turned over is found, and a stamp that is lost is still in its record")
    func flips() async throws {
        let authority = try OpenSSLAuthority(in: folder.url.appending(path: "tsa"))
        let (stamp, _) = try await stamped(authority)
        let sound = try Data(contentsOf: stamp)
        let roots = try roots(authority)
        for byte in 0..<sound.count where byte % 3 == 0 {
            var changed = sound
            changed[byte] ^= 1 << UInt8(byte % 8)
            try changed.write(to: stamp)
            let report = try await Vault.verify(at: path, stampRoots: roots)
            #expect(report.faults.contains { $0.file.hasPrefix("ledger/stamps/") }, "byte \(byte)")
        }
        try FileManager.default.removeItem(at: stamp)
        let report = try await Vault.verify(at: path, stampRoots: roots)
        #expect(report.faults == [])
        #expect(report.remarks.contains { $0.contains("is not beside the ledger") })
        try sound.write(to: stamp.deletingLastPathComponent().appending(path: "99.tsr"))
        let foreign = try await Vault.verify(at: path, stampRoots: roots)
        #expect(foreign.faults.contains { $0.file == "ledger/stamps/99.tsr" && $0.what == "no leaf speaks of it" })
    }

    @Test("Replies that were changed anywhere end no reader")
    func mutations() async throws {
        let authority = try OpenSSLAuthority(in: folder.url.appending(path: "tsa"))
        let (stamp, _) = try await stamped(authority)
        let (sound, roots) = (Array(try Data(contentsOf: stamp)), try roots(authority))
        var random = Seeded(3_161)
        for number in 0..<2_000 {
            var reply = sound
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let place = Int.random(in: 0..<max(reply.count, 1), using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: reply.removeSubrange(place..<min(reply.count, place + 9))
                case 1: reply.insert(contentsOf: [0x30, 0x84, 0xff, 0xff, 0xff, 0xff], at: place)
                case 2: reply.insert(UInt8.random(in: 0...255, using: &random), at: place)
                default: if place < reply.count { reply[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
                }
            }
            try Data(reply).write(to: stamp)
            let report = try await Vault.verify(at: path, stampRoots: roots)
            #expect(!report.isSound || reply == sound, "mutation \(number)")
        }
    }
}
