import Domain
import Doors
import Synchronization
import TestSupport
import Testing

/// A finding is missed only where the same template was asked again to the end.
@Suite struct TemplateAbsenceTests {
    private static let address = IPAddress(v4: 0x7f5d_0109)
    private static let wiki = template("wiki", path: "/wiki", "matchers: [{type: word, words: [Wiki]}]")

    private final class Look: Sendable {
        /// Guards whether the second look has begun.
        let isSecond = Mutex(false)
    }

    /// What is missed on a second look, when the first found a wiki.
    private func missed(
        _ text: String = wiki,
        limits: TemplateLimits = TemplateLimits(),
        then later: @escaping @Sendable (String) -> [UInt8]
    ) async throws -> [String]? {
        let look = Look()
        let answer: @Sendable (String) -> [UInt8] = { path in
            if look.isSecond.withLock({ $0 }) { return later(path) }
            return path == "/wiki"
                ? ScriptedServer.reply(body: "Wiki".utf8) : ScriptedServer.reply(404, body: "no".utf8)
        }
        return try await ScriptedServer.running(at: Self.address, answer: answer) { server in
            let first = try await runTemplates([Self.wiki], at: server.endpoint)
            let keys = first.findings.compactMap(\.key)
            #expect(first.findings.map(\.grade) == [.proven] && keys.count == 1 && first.outcome.missed == [])
            look.isSecond.withLock { $0 = true }
            let second = try await runTemplates([text], at: server.endpoint, limits: limits, known: keys)
            #expect(second.findings.isEmpty)
            #expect(second.outcome.missed.map { Set($0).isSubset(of: keys) } == true)
            return second.outcome.missed?.map(\.template)
        }
    }

    @Test func whatIsRefusedNowIsMissed() async throws {
        #expect(try await missed { _ in ScriptedServer.reply(404, body: "no".utf8) } == ["wiki"])
    }

    @Test func aServerThatDoesNotAnswerHasNothingMissed() async throws {
        #expect(try await missed { _ in [] } == [])
    }

    @Test(arguments: [429, 502, 503, 504]) func aBusyServerHasNothingMissed(status: Int) async throws {
        #expect(try await missed { _ in ScriptedServer.reply(status, body: "later".utf8) } == [])
    }

    @Test func anAnswerThatWasCutShortHasNothingMissed() async throws {
        var limits = TemplateLimits()
        limits.bodyBytes = 100
        let page = String(repeating: ".", count: 200) + "Wiki"
        #expect(try await missed(limits: limits) { _ in ScriptedServer.reply(body: page.utf8) } == [])
    }

    @Test func anotherTemplateOfTheSameNameMissesNothing() async throws {
        let other = Self.wiki.replacing("[Wiki]", with: "[Forum]")
        #expect(try await missed(other) { _ in ScriptedServer.reply(404, body: "no".utf8) } == [])
    }

    @Test func aBudgetThatEndsMissesNothing() async throws {
        var limits = TemplateLimits()
        limits.requests = 0
        #expect(try await missed(limits: limits) { _ in ScriptedServer.reply(404, body: "no".utf8) } == [])
    }
}
