import Domain
import TestSupport
import Testing
import Vault

@Suite("Sealing and reading back")
struct SealingTests {
    @Test("What was sealed is read back, also after the vault was closed and opened")
    func roundTrip() async throws {
        let folder = try TemporaryFolder("vault")
        let vault = try await Vault.create(at: folder.path + "/v", clock: stillClock)
        let seal = try await vault.seal(resource("a banner"))
        let page = try await vault.sealExchange("/page", Array("hello".utf8))
        let first = try vault.record(at: page.response)
        await vault.close()

        let again = try await Vault.open(at: folder.path + "/v", clock: stillClock)
        #expect(try again.bytes(of: #require(seal.payload), upTo: 100) == Array("a banner".utf8))
        #expect(try again.bytes(of: #require(page.response.payload), upTo: 100) == Array("hello".utf8))
        #expect(try again.record(at: page.response) == first)
        #expect(String(decoding: first, as: UTF8.self).hasPrefix("WARC/1.1\r\nWARC-Type: response\r\n"))
        #expect(page.response.length == 5)
        #expect(!page.isIdentical)
        await again.close()
    }

    @Test(
        "A payload that is known becomes a revisit and is read from where it was first sealed",
        arguments: [20, 3_000_000]
    )
    func revisit(length: Int) async throws {
        let folder = try TemporaryFolder("vault")
        let vault = try await Vault.create(at: folder.path + "/v", clock: stillClock)
        let content = noise(length, seed: 1)
        let first = try await vault.sealExchange("/one", content)
        let second = try await vault.sealExchange("/two", content)
        #expect(!first.isIdentical)
        #expect(second.isIdentical)
        #expect(first.response.payload == second.response.payload)
        let record = String(decoding: try vault.record(at: second.response), as: UTF8.self)
        #expect(record.contains("WARC-Type: revisit\r\n"))
        #expect(record.contains("WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"))
        #expect(record.contains("WARC-Refers-To: <\(first.response.record)>\r\n"))
        #expect(record.utf8.count < 2_000)
        #expect(try vault.bytes(of: #require(second.response.payload), upTo: length) == content)
        await vault.close()
    }
}
