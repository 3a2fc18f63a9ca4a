import Domain
import Foundation
import TestSupport
import Testing
import Vault

@Suite("Withholding")
struct WithholdingTests {
    private let secret = Array("what must not be kept".utf8)

    /// A vault in which the secret was fetched twice, once as a resource, between other things.
    private func vault(_ path: String) async throws -> Vault {
        let vault = try await Vault.create(at: path, clock: stillClock)
        try await vault.sealExchange("/before", Array("before".utf8))
        try await vault.sealExchange("/secret", secret)
        try await vault.sealExchange("/again", secret)
        try await vault.sealExchange("/cut", secret, truncated: "disconnect")
        try await vault.sealExchange("/after", Array("after".utf8))
        return vault
    }

    private func segments(_ path: String) throws -> Data {
        try Data(contentsOf: URL(filePath: path + "/segments/000001.warc"))
    }

    @Test("Withheld bytes are gone, everything else stays where it was, and the ledger says by whom, when and why")
    func withhold() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        let vault = try await vault(path)
        let before = try segments(path)
        let item = Digest(of: secret)
        let withheld = try await vault.withhold([item], reason: "a person's face", actor: "a@b")
        // The first fetch and the one that was cut; the revisit holds no bytes of its own.
        #expect(withheld.count == 2)
        #expect(withheld.allSatisfy { $0.wasSound && $0.item == item && $0.reason == "a person's face" })
        let reader = try await Vault.openReadOnly(at: path)
        for vault in [vault, reader] {
            let error = #expect(throws: VaultError.self) { try vault.open(payload: item) }
            #expect(error?.code == .withheld)
            #expect("\(try #require(error))".contains("withheld on \(noon) by a@b: a person's face"))
            #expect(vault.withholding(of: item)?.actor == "a@b")
            #expect(try vault.bytes(of: Digest(of: Array("after".utf8)), upTo: 99) == Array("after".utf8))
        }
        let after = try segments(path)
        #expect(before.range(of: Data(secret)) != nil)
        #expect(after.range(of: Data(secret)) == nil)
        #expect(after.count > before.count)
        #expect(zip(before, after).count { $0 != $1 } == secret.count * 2)
        // Fetched once more, it is known and does not come back.
        let again = try await vault.sealExchange("/later", secret)
        #expect(again.isIdentical)
        await vault.close()
        #expect(try segments(path).range(of: Data(secret)) == nil)

        let report = try await Vault.verify(at: path)
        #expect(report.faults == [])
        #expect(report.withheld == 2)
        let said = "withheld on \(noon) by a@b: a person's face"
        #expect(report.remarks.filter { $0.contains("/secret were \(said)") }.count == 1)
        #expect(report.remarks.filter { $0.contains("/cut were \(said)") }.count == 1)
        let opened = try await Vault.open(at: path, clock: stillClock)
        #expect(opened.withholdings.count == 2)
        let error = await #expect(throws: VaultError.self) {
            try await opened.withhold([item], reason: "twice", actor: "a@b")
        }
        #expect(error?.code == .unknown)
        await opened.close()
    }

    @Test(
        "Any byte that changes in or around a withheld record is still found, and bytes that merely vanish are a fault"
    )
    func tampering() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        let vault = try await vault(path)
        let before = try segments(path)
        _ = try await vault.withhold([Digest(of: secret)], reason: "r", actor: "a@b")
        await vault.close()
        let url = URL(filePath: path + "/segments/000001.warc")
        let sound = try Data(contentsOf: url)
        let start = try #require(before.range(of: Data(secret))).lowerBound
        for place in stride(from: start - 200, to: start + 200, by: 7) {
            var changed = sound
            changed[place] ^= 1
            try changed.write(to: url)
            let report = try await Vault.verify(at: path)
            #expect(report.faults.contains { $0.file == "segments/000001.warc" }, "byte \(place)")
        }
        // Somebody wipes a record without a word in the ledger.
        var forged = sound
        let other = try #require(sound.range(of: Data("after".utf8), options: .backwards))
        let body = try #require(sound.range(of: Data("\r\n\r\nafter".utf8))).upperBound - 5
        forged.replaceSubrange(body..<body + 5, with: Data(count: 5))
        #expect(other.lowerBound >= body)
        try forged.write(to: url)
        #expect(try await Vault.verify(at: path).faults.count == 1)
        try sound.write(to: url)
        #expect(try await Vault.verify(at: path).faults == [])
    }

    @Test("A process that ended before the bytes were gone leaves it to the next opening", arguments: [false, true])
    func interrupted(halfDone: Bool) async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        let vault = try await vault(path)
        let picture = try vault.storeDerived([0xff, 0xd8, 0xff, 1])
        let item = Digest(of: secret)
        _ = try await vault.record(outcome: .reading(reading(of: [item], picture: picture)))
        // A file in the place of the picture's folder: removing the picture fails after the ledger has said that it goes.
        let drawer = path + "/derived/\("\(picture)".prefix(2))"
        try FileManager.default.removeItem(atPath: drawer)
        try Data().write(to: URL(filePath: drawer))
        await #expect(throws: VaultError.self) { try await vault.withhold([item], reason: "r", actor: "a@b") }
        await vault.close()
        try FileManager.default.removeItem(atPath: drawer)
        var bytes = try segments(path)
        let place = try #require(bytes.range(of: Data(secret)))
        if halfDone {
            bytes.replaceSubrange(place.lowerBound..<place.lowerBound + 9, with: Data(count: 9))
            try bytes.write(to: URL(filePath: path + "/segments/000001.warc"))
        }
        let reader = try await Vault.openReadOnly(at: path)
        let error = #expect(throws: VaultError.self) { try reader.open(payload: item) }
        #expect(error?.code == .withheld)
        let report = try await Vault.verify(at: path)
        #expect(report.faults == [])
        #expect(report.remarks.contains { $0.contains("the next opening") })

        await (try Vault.open(at: path, clock: stillClock)).close()
        #expect(try segments(path).range(of: Data(secret)) == nil)
        let finished = try await Vault.verify(at: path)
        #expect(finished.faults == [])
        #expect(!finished.remarks.contains { $0.contains("the next opening") })
        #expect(finished.withheld == 3)
    }

    @Test("What stages read from the item goes with it, and what they read from others is told as before")
    func outcomes() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        let vault = try await vault(path)
        let (item, other) = (Digest(of: secret), Digest(of: Array("after".utf8)))
        let picture = try vault.storeDerived([0xff, 0xd8, 0xff, 1])
        let outcome = reading(of: [item, other], picture: picture)
        _ = try await vault.record(outcome: .reading(outcome))
        #expect(try segments(path).range(of: Data("told of \(item)".utf8)) != nil)
        _ = try await vault.withhold([item], reason: "r", actor: "a@b")
        #expect(vault.derived(picture) == nil)
        #expect(try segments(path).range(of: Data("told of \(item)".utf8)) == nil)
        await vault.close()

        let again = try await Vault.open(at: path, clock: stillClock)
        var told: [FileReading] = []
        for try await event in again.events() {
            if case .outcome(.reading(let outcome), _) = event { told += outcome.files }
        }
        #expect(told.count == 2)
        #expect(told.last == outcome.files.last)
        #expect(told.first?.status == .failed(reason: "withheld on \(noon) by a@b: r"))
        #expect(told.first?.readings == [])
        await again.close()
        #expect(try await Vault.verify(at: path).faults == [])
    }

    @Test("A body that was joined from pieces goes with its pieces")
    func joined() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        let vault = try await Vault.create(at: path, clock: stillClock)
        let first = try await vault.sealExchange("/film", Array("first half ".utf8))
        let second = try await vault.sealExchange("/film", Array("second half".utf8))
        let whole = try await vault.join(
            [first.response, second.response],
            target: "http://files.example/film",
            contentType: "video/mp4",
            at: noon
        )
        let withheld = try await vault.withhold([try #require(whole.payload)], reason: "r", actor: "a@b")
        #expect(withheld.count == 3)
        await vault.close()
        let bytes = try FileManager.default.contentsOfDirectory(atPath: path + "/segments").map {
            try Data(contentsOf: URL(filePath: "\(path)/segments/\($0)"))
        }
        #expect(!bytes.contains { $0.range(of: Data("half".utf8)) != nil })
        #expect(try await Vault.verify(at: path).faults == [])
    }
}
