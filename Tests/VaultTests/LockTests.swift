import Crypto
import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

@Suite("Withholding by encryption")
struct LockTests {
    private let folder: TemporaryFolder
    private let path: String
    private let secret = Array("what only a court may see".utf8)
    private let court = RecipientKey()

    init() throws {
        folder = try TemporaryFolder("locks")
        path = folder.path + "/v"
    }

    private var item: Domain.Digest { Digest(of: secret) }
    private var output: String { folder.path + "/unlocked" }

    /// A vault with the secret between other things, withheld for the court; closed.
    private func locked(_ secrets: [[UInt8]]? = nil) async throws -> [Withholding] {
        let vault = try await Vault.create(at: path, clock: stillClock)
        try await vault.sealExchange("/before", Array("before".utf8))
        var withheld: [Withholding] = []
        for (number, secret) in (secrets ?? [secret]).enumerated() {
            try await vault.sealExchange("/secret\(number)", secret)
            withheld += try await vault.withhold(
                [Digest(of: secret)],
                reason: "r",
                actor: "a@b",
                encryptedTo: court.recipient
            )
        }
        try await vault.sealExchange("/after", Array("after".utf8))
        await vault.close()
        return withheld
    }

    private func file(_ withholding: Withholding) -> URL { URL(filePath: "\(path)/locked/\(withholding.leaf)") }

    private func segment() throws -> Data { try Data(contentsOf: URL(filePath: path + "/segments/000001.warc")) }

    /// What unlocking says that is wrong; nothing must be left of it.
    private func fault(_ item: Domain.Digest? = nil, with key: RecipientKey? = nil) async throws -> VaultError? {
        let vault = try await Vault.openReadOnly(at: path)
        let error = await #expect(throws: VaultError.self) {
            try await vault.unlock(item ?? self.item, with: key ?? court, to: output)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["v"])
        return error
    }

    @Test("Encrypted bytes are gone for all but the key's holder, who gets what was sealed")
    func lockAndUnlock() async throws {
        let withheld = try await locked()
        let first = try #require(withheld.first)
        #expect(withheld.count == 1)
        #expect(first.lock?.recipient == court.recipient)
        #expect(try segment().range(of: Data(secret)) == nil)
        let blob = try Data(contentsOf: file(first))
        #expect(blob.range(of: Data(secret)) == nil)
        #expect(Domain.Digest(of: Array(blob)) == first.lock?.digest)

        let vault = try await Vault.openReadOnly(at: path)
        let error = #expect(throws: VaultError.self) { try vault.open(payload: item) }
        #expect(error?.code == .withheld)
        #expect("\(try #require(error))".contains("encrypted to the key \(court.recipient.id): r"))
        let before = try allFiles(path)
        let unlocked = try await vault.unlock(item, with: court, to: output)
        #expect(unlocked.bytes == UInt64(secret.count))
        #expect(unlocked.leaf == first.leaf)
        #expect(Array(try Data(contentsOf: URL(filePath: output))) == secret)
        var status = stat()
        #expect(stat(output, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(try allFiles(path) == before)
        let again = await #expect(throws: VaultError.self) { try await vault.unlock(item, with: court, to: output) }
        #expect(again?.code == .exists)

        let report = try await Vault.verify(at: path)
        #expect(report.faults == [])
        #expect(report.withheld == 1)
        let said = "encrypted to the key \(court.recipient.id): r; locked/\(first.leaf) has them whole"
        #expect(report.remarks.contains { $0.contains(said) }, "\(report.remarks)")
    }

    @Test(
        "Bodies of any length, in chunks or not, come back as they were",
        arguments: [1, 1 << 20, 3 << 20, 2_500_001]
    )
    func lengths(_ length: Int) async throws {
        let content = noise(length, seed: UInt64(length))
        let vault = try await Vault.create(at: path, clock: stillClock)
        let writer = try await vault.beginExchange(exchange("/chunked"))
        try await writer.append(head: okHead("Transfer-Encoding: chunked"))
        let raw = Array("\(String(length, radix: 16))\r\n".utf8) + content + Array("\r\n0\r\n\r\n".utf8)
        try await writer.append(raw: raw, content: content)
        let chunked = try await writer.finish()
        #expect(chunked.response.payload == Digest(of: content))
        let plain = noise(length, seed: 99)
        _ = try await vault.seal(ResourceRecord(target: "x:y", contentType: "a/b", bytes: plain, at: noon))
        let items = [Digest(of: content), Digest(of: plain)]
        let withheld = try await vault.withhold(items, reason: "r", actor: "a", encryptedTo: court.recipient)
        #expect(withheld.count == 2)
        for (number, bytes) in [content, plain].enumerated() {
            _ = try await vault.unlock(Digest(of: bytes), with: court, to: output + "\(number)")
            #expect(Array(try Data(contentsOf: URL(filePath: output + "\(number)"))) == bytes)
        }
        await vault.close()
        #expect(try await Vault.verify(at: path).faults == [])
    }

    @Test("Another key, an item that is not locked, and a damaged key's file are each said")
    func wrongKey() async throws {
        _ = try await locked()
        let other = RecipientKey()
        let wrong = try #require(try await fault(with: other))
        #expect(wrong.code == .key)
        #expect("\(wrong)".contains(court.recipient.id) && "\(wrong)".contains(other.recipient.id))
        #expect(try await fault(Digest(of: Array("after".utf8)))?.code == .unknown)
        let key = folder.path + "/v/court.key"
        try court.write(to: key)
        #expect(try RecipientKey(file: key).recipient == court.recipient)
        let exists = #expect(throws: VaultError.self) { try other.write(to: key) }
        #expect(exists?.code == .exists)
        let sound = try Data(contentsOf: URL(filePath: key))
        for byte in 0..<sound.count - 1 {
            var changed = sound
            changed[byte] ^= 1
            try changed.write(to: URL(filePath: key))
            do {
                // Five bits of such a key stand for nothing (RFC 7748 5): without them it is the same key.
                #expect(try RecipientKey(file: key).recipient == court.recipient, "byte \(byte)")
            } catch {
                #expect(error.code == .key, "byte \(byte)")
            }
        }
        #expect(throws: VaultError.self) { try RecipientKey(file: "/dev/zero") }
    }

    @Test("A public key with a slip of the pen is none")
    func recipients() throws {
        let text = "\(court.recipient)"
        #expect(Recipient(text) == court.recipient)
        for index in text.indices {
            var changed = Array(text)
            let place = text.distance(from: text.startIndex, to: index)
            changed[place] = changed[place] == "A" ? "B" : "A"
            #expect(Recipient(String(changed)) == nil, "\(String(changed))")
        }
        for wrong in ["", "+", "ajar-lock", "ajar-lock++", text + "\n", text + "=", String(text.dropLast())] {
            #expect(Recipient(wrong) == nil)
        }
    }

    @Test("A key with which everyone could read is refused before anything is changed", arguments: lowOrderPoints)
    func lowOrder(_ point: [UInt8]) async throws {
        let vault = try await Vault.create(at: path, clock: stillClock)
        try await vault.sealExchange("/secret", secret)
        let key = Data(point)
        let id = SHA256.hash(data: key).prefix(8).map { String(format: "%02x", $0) }.joined()
        let none = try #require(Recipient("ajar-lock+\(id)+\(key.base64EncodedString())"))
        let error = await #expect(throws: VaultError.self) {
            try await vault.withhold([item], reason: "r", actor: "a", encryptedTo: none)
        }
        #expect(error?.code == .key)
        #expect(vault.withholdings == [])
        #expect(try vault.bytes(of: item, upTo: 99) == secret)
        await vault.close()
        let report = try await Vault.verify(at: path)
        #expect(report.faults == [])
        #expect(try allFiles(path).filter { $0.hasPrefix("locked/") } == [])
    }

    @Test("Any bit that changes in a locked file is found, and it opens no more")
    func flips() async throws {
        let withholding = try #require(try await locked().first)
        let url = file(withholding)
        let sound = try Data(contentsOf: url)
        for byte in sound.indices {
            var changed = sound
            changed[byte] ^= 1 << UInt8(byte % 8)
            try changed.write(to: url)
            let error = try #require(try await fault())
            #expect([.damaged, .key].contains(error.code), "byte \(byte): \(error)")
            let report = try await Vault.verify(at: path)
            #expect(report.faults.map(\.file) == ["locked/\(withholding.leaf)"], "byte \(byte)")
        }
        for changed in [sound.dropLast(), sound + Data([0]), Data(), Data(count: 5_000), sound.prefix(300)] {
            try Data(changed).write(to: url)
            #expect(try await fault()?.code == .damaged)
            #expect(try await Vault.verify(at: path).faults.map(\.file) == ["locked/\(withholding.leaf)"])
        }
        try FileManager.default.removeItem(at: url)
        #expect(try await fault()?.code == .damaged)
        let report = try await Vault.verify(at: path)
        #expect(report.faults.count == 1)
        #expect(report.faults.first?.what.hasPrefix("is not there") == true)
        try sound.write(to: url)
        #expect(try await Vault.verify(at: path).faults == [])
    }

    @Test("Locked files that change places, or that someone else encrypts to the same key, open nothing")
    func forgeries() async throws {
        let other = Array("another secret of same".utf8) + [1, 2, 3]
        let withheld = try await locked([secret, other])
        let (first, second) = try (#require(withheld.first), #require(withheld.last))
        let sound = try (Data(contentsOf: file(first)), Data(contentsOf: file(second)))
        try sound.1.write(to: file(first))
        try sound.0.write(to: file(second))
        #expect(try await fault()?.code == .damaged)
        #expect(try await fault(Digest(of: other))?.code == .damaged)
        #expect(Set(try await Vault.verify(at: path).faults.map(\.file)) == Set(withheld.map { "locked/\($0.leaf)" }))
        try sound.1.write(to: file(second))

        // Whoever has the public key can make a file of the same form, with other bytes.
        let text = String(decoding: sound.0.prefix(600), as: UTF8.self)
        let end = try #require(text.range(of: "encapsulated: "))
        let info = String(text[..<end.lowerBound])
        let publicKey = try #require("\(court.recipient)".split(separator: "+", maxSplits: 2).last)
        let key = try Curve25519.KeyAgreement.PublicKey(
            rawRepresentation: try #require(Data(base64Encoded: String(publicKey)))
        )
        var sender = try HPKE.Sender(
            recipientKey: key,
            ciphersuite: .Curve25519_SHA256_ChachaPoly,
            info: Data(info.utf8)
        )
        let front = "\(info)encapsulated: \(sender.encapsulatedKey.base64EncodedString())\n\n"
        let forged = try Data(front.utf8) + sender.seal(Data(count: secret.count))
        #expect(forged.count == sound.0.count)
        try forged.write(to: file(first))
        #expect(try await fault()?.code == .damaged)
        #expect(try await Vault.verify(at: path).faults.map(\.file) == ["locked/\(first.leaf)"])
        try sound.0.write(to: file(first))
        #expect(try await Vault.verify(at: path).faults == [])
    }

    @Test("A process that ended before the bytes were gone leaves it to the next opening", arguments: [false, true])
    func interrupted(isLost: Bool) async throws {
        let vault = try await Vault.create(at: path, clock: stillClock)
        try await vault.sealExchange("/secret", secret)
        let picture = try vault.storeDerived([0xff, 0xd8, 0xff, 1])
        let tool = Tool(name: "t", version: "1")
        let read = FileReading(
            input: item,
            status: .read,
            type: DetectedType(mime: "text/plain", label: "text", tool: tool),
            readings: [],
            thumbnail: picture
        )
        let outcome = ReadingOutcome(job: JobID("j"), run: RunID("r"), completeness: .complete, files: [read])
        _ = try await vault.record(outcome: .reading(outcome))
        // A file in the place of the picture's folder: removing the picture fails after the ledger has said that it goes.
        let drawer = path + "/derived/\("\(picture)".prefix(2))"
        try FileManager.default.removeItem(atPath: drawer)
        try Data().write(to: URL(filePath: drawer))
        await #expect(throws: VaultError.self) {
            try await vault.withhold([item], reason: "r", actor: "a", encryptedTo: court.recipient)
        }
        await vault.close()
        try FileManager.default.removeItem(atPath: drawer)
        #expect(try segment().range(of: Data(secret)) != nil)
        let files = try allFiles(path).filter { $0.hasPrefix("locked/") }
        #expect(files.count == 2)
        if isLost { for file in files { try Data().write(to: URL(filePath: "\(path)/\(file)")) } }

        await (try Vault.open(at: path, clock: stillClock)).close()
        // Bytes are never removed when what was encrypted is not there.
        #expect((try segment().range(of: Data(secret)) != nil) == isLost)
        let report = try await Vault.verify(at: path)
        #expect(report.faults.map(\.file).sorted() == (isLost ? files.sorted() : []))
        if !isLost { _ = try await (try await Vault.openReadOnly(at: path)).unlock(item, with: court, to: output) }
    }

    @Test("What was encrypted for a withholding that did not come about is set aside")
    func orphans() async throws {
        _ = try await locked()
        try Data("half".utf8).write(to: URL(filePath: path + "/locked/1-5.unfinished"))
        try Data("whole".utf8).write(to: URL(filePath: path + "/locked/1"))
        let report = try await Vault.verify(at: path)
        #expect(report.faults.map(\.file) == ["locked/1"])
        #expect(report.remarks.contains { $0.hasPrefix("locked/1-5.unfinished was being written") })
        await (try Vault.open(at: path, clock: stillClock)).close()
        #expect(try allFiles(path).filter { $0.hasPrefix("locked/") }.count == 1)
        #expect(try Data(contentsOf: URL(filePath: path + "/quarantine/locked-1")) == Data("whole".utf8))
        #expect(try await Vault.verify(at: path).faults == [])
    }
}

/// Points of small order on the curve (RFC 7748, section 6.1): with them, all share the same secret.
private let lowOrderPoints: [[UInt8]] = [
    [UInt8](repeating: 0, count: 32),
    [1] + [UInt8](repeating: 0, count: 31),
    [0xec] + [UInt8](repeating: 0xff, count: 30) + [0x7f],
]
