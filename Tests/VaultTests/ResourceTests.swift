import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// What comes by other protocols than HTTP, as it arrives.
@Suite("Resources")
struct ResourceTests {
    private let folder: TemporaryFolder
    private let vault: Vault

    init() async throws {
        folder = try TemporaryFolder("vault")
        var limits = VaultLimits()
        limits.bodyInMemory = 10_000
        vault = try await Vault.create(at: folder.path + "/v", clock: stillClock, limits: limits)
    }

    private func text(_ seal: Seal) throws -> String { String(decoding: try vault.record(at: seal), as: UTF8.self) }

    private func expectSound() async throws {
        await vault.close()
        #expect(try await Vault.verify(at: folder.path + "/v").faults == [])
    }

    private func seal(_ content: [UInt8], truncated: String? = nil) async throws -> SealedResource {
        let writer = try await vault.beginResource(resource("", target: "ftp://files.example/a"))
        var rest = content[...]
        while !rest.isEmpty {
            try await writer.append(Array(rest.prefix(999)))
            rest = rest.dropFirst(999)
        }
        return try await writer.finish(truncated: truncated, dialogue: resource("said \(content.count)"))
    }

    @Test("A resource and its dialogue name each other, and the bytes are kept once", arguments: [0, 500, 1_000_000])
    func resources(length: Int) async throws {
        let content = noise(length, seed: 7)
        let first = try await seal(content)
        #expect(first.resource.payload == Digest(of: content) && first.resource.length == UInt64(length))
        #expect(try vault.bytes(of: Digest(of: content), upTo: max(length, 1)) == content)
        let dialogue = try #require(first.dialogue)
        let (own, other) = (try text(first.resource), try text(dialogue))
        #expect(own.contains("WARC-Type: resource") && own.contains("WARC-Concurrent-To: <\(dialogue.record)>"))
        #expect(other.contains("WARC-Concurrent-To: <\(first.resource.record)>"))
        let second = try await seal(content)
        #expect(try text(second.resource).contains("WARC-Type: revisit") == (length > 0))
        #expect(second.resource.payload == first.resource.payload)
        try await expectSound()
    }

    @Test("What was cut is kept in full and says so", arguments: [500, 100_000])
    func cut(length: Int) async throws {
        let content = noise(length, seed: 8)
        _ = try await seal(content)
        let again = try await seal(content, truncated: "disconnect")
        let record = try text(again.resource)
        #expect(record.contains("WARC-Type: resource") && record.contains("WARC-Truncated: disconnect"))
        try await expectSound()
    }

    @Test("What is given up leaves nothing", arguments: [500, 100_000])
    func abandoned(length: Int) async throws {
        let writer = try await vault.beginResource(resource(""), expecting: 1_000_000)
        try await writer.append(noise(length, seed: 9))
        await writer.abandon()
        await #expect(throws: VaultError.self) { try await writer.append([1]) }
        let next = try await seal(noise(length, seed: 10))
        #expect(next.resource.length == UInt64(length))
        try await expectSound()
    }
}
