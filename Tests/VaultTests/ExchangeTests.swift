import Domain
import Foundation
import TestSupport
import Testing
import Vault

@Suite("Exchanges")
struct ExchangeTests {
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

    /// Seals a body in chunks of 999 bytes, handed over as `chunked` says.
    private func sealChunked(_ content: [UInt8], path: String, raw: [UInt8]? = nil) async throws -> SealedExchange {
        let writer = try await vault.beginExchange(exchange(path))
        try await writer.append(head: okHead("Transfer-Encoding: chunked"))
        var rest = content[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(999))
            let size = Array(String(piece.count, radix: 16).utf8)
            try await writer.append(raw: raw ?? size + [13, 10] + piece + [13, 10], content: piece)
            rest = rest.dropFirst(piece.count)
        }
        try await writer.append(raw: Array("0\r\nTrailer: x\r\n\r\n".utf8), content: [])
        return try await writer.finish()
    }

    @Test("A chunked body is kept as it came and read without its chunks", arguments: [500, 100_000])
    func chunked(length: Int) async throws {
        let content = noise(length, seed: 5)
        let sealed = try await sealChunked(content, path: "/chunked")
        #expect(sealed.response.payload == Digest(of: content))
        #expect(sealed.response.length == UInt64(length))
        #expect(try vault.bytes(of: Digest(of: content), upTo: length) == content)
        let record = try text(sealed.response)
        #expect(!record.contains("WARC-Payload-Digest"))
        #expect(record.contains("0\r\nTrailer: x\r\n\r\n\r\n\r\n"))
        let plain = try await vault.sealExchange("/plain", content)
        #expect(plain.isIdentical)
        try await expectSound()
    }

    @Test("A body whose chunks are none is named and read as it came")
    func malformedChunks() async throws {
        let raw = Array("no size\r\nhello".utf8)
        let sealed = try await sealChunked(Array("hello".utf8), path: "/malformed", raw: raw)
        let whole = raw + Array("0\r\nTrailer: x\r\n\r\n".utf8)
        #expect(sealed.response.payload == Digest(of: whole))
        #expect(try vault.bytes(of: Digest(of: whole), upTo: 100) == whole)
        try await expectSound()
    }

    @Test("A chunk's size line has a limit")
    func longChunkLine() async throws {
        let raw = [UInt8](repeating: UInt8(ascii: "0"), count: 5_000) + Array("5\r\nhello\r\n".utf8)
        let sealed = try await sealChunked(Array("hello".utf8), path: "/endless", raw: raw)
        #expect(sealed.response.length == UInt64(raw.count + 17))
        try await expectSound()
    }

    @Test("A cut body says so and is never taken for one that is known", arguments: [50, 50_000])
    func truncated(length: Int) async throws {
        let content = noise(length, seed: 6)
        try await vault.sealExchange("/whole", content)
        let cut = try await vault.sealExchange("/cut", content, truncated: "disconnect")
        #expect(!cut.isIdentical)
        #expect(try text(cut.response).contains("WARC-Truncated: disconnect\r\n"))
        try await expectSound()
    }

    @Test("A 304 refers to the answer it confirms and has no payload")
    func notModified() async throws {
        let first = try await vault.sealExchange("/page", Array("hello".utf8))
        let writer = try await vault.beginExchange(exchange("/page", prior: first.response))
        try await writer.append(head: Array("HTTP/1.1 304 Not Modified\r\n\r\n".utf8))
        let second = try await writer.finish()
        let record = try text(second.response)
        #expect(record.contains("revisit/server-not-modified\r\n"))
        #expect(record.contains("WARC-Refers-To: <\(first.response.record)>\r\n"))
        #expect(!record.contains("WARC-Payload-Digest"))
        #expect(second.response.payload == nil)
        try await expectSound()
    }

    @Test("Nothing remains of an exchange that was given up", arguments: [100, 100_000])
    func abandoned(length: Int) async throws {
        let content = noise(length, seed: 7)
        let writer = try await vault.beginExchange(exchange("/given-up"))
        try await writer.append(head: okHead())
        try await writer.append(raw: content, content: content)
        await writer.abandon()
        #expect(!vault.contains(Digest(of: content)))
        let error = await #expect(throws: VaultError.self) { try await writer.finish() }
        #expect(error?.code == .closed)
        try await vault.sealExchange("/next", noise(100_000, seed: 8))
        try await expectSound()
    }

    @Test("An empty answer, and no answer at all, can be sealed")
    func empty() async throws {
        for head in [okHead("Content-Length: 0"), []] {
            let writer = try await vault.beginExchange(exchange("/empty"))
            try await writer.append(head: head)
            let sealed = try await writer.finish(truncated: head.isEmpty ? "disconnect" : nil)
            #expect(sealed.response.length == 0)
            #expect(!sealed.isIdentical)
            #expect(try vault.bytes(of: #require(sealed.response.payload), upTo: 0) == [])
        }
        try await expectSound()
    }

    @Test("Hostile names, types and facts stay within their lines and limits")
    func hostileText() async throws {
        let target = "ftp://host/a b\r\nWARC-Type: x\u{0}\u{202e}\"<>é"
        let record = ResourceRecord(target: target, contentType: "a/b\r\nX: y", bytes: [1], at: noon)
        let sealed = try text(try await vault.seal(record))
        #expect(sealed.contains("WARC-Target-URI: ftp://host/a%20b%0D%0AWARC-Type:%20x%00%E2%80%AE%22%3C%3E%C3%A9\r\n"))
        #expect(sealed.contains("Content-Type: a/bX: y\r\n"))
        let long = String(repeating: "a", count: 20_000)
        for attempt in [
            { _ = try await vault.seal(resource("x", target: "ajar:" + long)) },
            { _ = try await vault.beginExchange(exchange("/" + long)) },
            { _ = try await vault.beginExchange(exchange("/", facts: ["fact": long])) },
        ] {
            let error = await #expect(throws: VaultError.self) { try await attempt() }
            #expect(error?.code == .tooLong)
        }
        let worst = [String(repeating: "\u{1}", count: 2_000): String(repeating: "\u{2}", count: 2_000)]
        let writer = try await vault.beginExchange(exchange("/" + String(repeating: "b", count: 16_000), facts: worst))
        try await writer.append(head: okHead())
        let body = noise(50_000, seed: 9)
        try await writer.append(raw: body, content: body)
        _ = try await writer.finish()
        try await expectSound()
    }

    @Test("Bodies that arrive side by side are each whole")
    func sideBySide() async throws {
        let vault = vault
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<24 as Range<UInt64> {
                group.addTask {
                    let content = noise(Int(number) * 3_000 + 1, seed: number + 100)
                    let sealed = try await vault.sealExchange("/side/\(number)", content, piece: 1_700)
                    #expect(try vault.bytes(of: #require(sealed.response.payload), upTo: content.count) == content)
                }
            }
            try await group.waitForAll()
        }
        try await expectSound()
    }

    @Test("A 600 MB body goes to the disk as it comes, in bounded memory")
    func longBody() async throws {
        let output = try await run(vaultWriter.path, ["stream", folder.path + "/long", "600"])
        #expect(output.status == 0, "\(output.text)")
        #expect(output.text.contains(" 629145600\n"))
        let peak = try #require(output.text.split(separator: " ").dropLast(3).last.flatMap { Int($0) })
        #expect((1..<100).contains(peak))
        let report = try await Vault.verify(at: folder.path + "/long")
        #expect(report.faults == [])
        #expect(report.bytes > 629_145_600)
    }
}
