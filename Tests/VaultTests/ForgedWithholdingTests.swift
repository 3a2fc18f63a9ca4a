import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// Leaves that wait for their checkpoint lie in a file that whoever may write to the folder can add to.
@Suite("Forged withholdings")
struct ForgedWithholdingTests {
    private let folder: TemporaryFolder
    private let path: String
    private let secret = Array("what somebody wants gone".utf8)

    init() throws {
        folder = try TemporaryFolder("forged")
        path = folder.path + "/v"
    }

    private var segment: URL { URL(filePath: path + "/segments/000001.warc") }

    /// Adds a leaf to those that wait, as the vault itself writes them.
    private func forge(_ leaf: [String: Any]) throws {
        var leaf = leaf
        let note = Array(try Data(contentsOf: URL(filePath: path + "/ledger/checkpoint")))
        leaf["checkpoint"] = "\(Digest(of: note))"
        let json = try JSONSerialization.data(withJSONObject: leaf, options: [.sortedKeys, .withoutEscapingSlashes])
        let body = [UInt8(json.count >> 8), UInt8(json.count & 0xff)] + Array(json)
        let length = (0..<4).map { UInt8(truncatingIfNeeded: body.count >> (24 - 8 * $0)) }
        let pending = URL(filePath: path + "/ledger/pending")
        try (Data(contentsOf: pending) + Data(length + Digest(of: body).bytes + body)).write(to: pending)
    }

    /// A leaf that withholds the record of leaf `target`, as anyone could write it.
    private func withholding(of target: UInt64, number: UInt64, remains: Digest) -> [String: Any] {
        [
            "at": "\(noon)", "kind": "withheld", "number": number, "refersTo": target,
            "target": "ajar:withheld/\(target)", "contentType": "application/json",
            "facts": [
                "actor": "nobody", "derived": "", "form": "removed", "item": "\(Digest(of: secret))",
                "payload": "\(Digest(of: secret))", "reason": "a forged reason", "record": "",
                "remains": "\(remains)", "wasSound": "true",
            ],
        ]
    }

    @Test("A withholding that the ledger's key did not sign hides nothing, removes nothing, and is named")
    func forged() async throws {
        let vault = try await Vault.create(at: path, clock: stillClock)
        let seal = try await vault.seal(
            ResourceRecord(target: "x:y", contentType: "a/b", bytes: secret, at: noon)
        )
        await vault.close()
        let item = try #require(seal.payload)
        let sound = try Data(contentsOf: segment)
        let zeros = [UInt8](repeating: 0, count: secret.count)
        try forge(withholding(of: seal.leaf, number: 3, remains: Digest(of: zeros)))
        let named = try await Vault.verify(at: path)
        #expect(named.faults.map(\.file) == ["ledger/pending"])
        #expect(named.faults.first?.what.contains("did not sign it") == true)
        #expect(named.withheld == 0)

        // With the bytes gone as it says, it is no excuse for that.
        var changed = sound
        changed.replaceSubrange(try #require(sound.range(of: Data(secret))), with: Data(zeros))
        try changed.write(to: segment)
        let report = try await Vault.verify(at: path)
        #expect(report.faults.contains { $0.file == "segments/000001.warc" && $0.leaf == seal.leaf })
        try sound.write(to: segment)

        for _ in 0..<3 {
            let again = try await Vault.open(at: path, clock: stillClock)
            #expect(again.withholdings == [])
            #expect(try again.bytes(of: item, upTo: 99) == secret)
            await again.close()
        }
        let after = try await Vault.verify(at: path)
        #expect(after.faults == [])
        #expect(after.withheld == 0)
        #expect(after.remarks.contains { $0.contains("leaf 3 would withhold something, was found unsigned") })
        #expect(try Data(contentsOf: segment).range(of: Data(secret)) != nil)
        // It can still be withheld by whoever may.
        let own = try await Vault.open(at: path, clock: stillClock)
        #expect(try await own.withhold([item], reason: "r", actor: "a").count == 1)
        await own.close()
        #expect(try await Vault.verify(at: path).faults == [])
        #expect(try Data(contentsOf: segment).range(of: Data(secret)) == nil)
    }

    @Test("A signed withholding that waits for its checkpoint is believed, and cannot be disowned by a stranger")
    func disowned() async throws {
        let vault = try await Vault.create(at: path, clock: stillClock)
        try await vault.sealExchange("/secret", secret)
        let withheld = try await vault.withhold([Digest(of: secret)], reason: "r", actor: "a")
        await vault.close()
        #expect(withheld.count == 1)
        let reader = try await Vault.openReadOnly(at: path)
        let size = try await reader.checkpoint().size
        let leaf = try #require(try await leafThatWithholds())
        try forge(["at": "\(noon)", "kind": "disowned", "number": size, "refersTo": leaf, "facts": ["leaf": "x"]])
        let report = try await Vault.verify(at: path)
        #expect(report.withheld == 1)
        let again = try await Vault.open(at: path, clock: stillClock)
        #expect(again.withholdings.count == 1)
        await again.close()
    }

    /// The leaf that the remark of a verification speaks of: the withheld record's own is one before the withholding.
    private func leafThatWithholds() async throws -> UInt64? {
        for name in try allFiles(path) where name.hasPrefix("ledger/tile/entries/") {
            let bytes = try Data(contentsOf: URL(filePath: "\(path)/\(name)"))
            let text = String(decoding: bytes, as: UTF8.self)
            guard let found = text.firstMatch(of: /"kind":"withheld","number":(\d+)/) else { continue }
            return UInt64(found.1)
        }
        return nil
    }
}
