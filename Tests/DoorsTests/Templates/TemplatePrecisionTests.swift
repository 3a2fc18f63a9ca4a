import Domain
import Doors
import Scope
import TestSupport
import Testing

/// What a server does to make templates match is not told as found.
@Suite struct TemplatePrecisionTests {
    private static let address = IPAddress(v4: 0x7f5d_0102)
    private static let wiki = template("wiki", path: "/admin/wiki.php", "matchers: [{type: word, words: [Wiki]}]")

    private func findings(
        _ texts: [String],
        limits: TemplateLimits = TemplateLimits(),
        answer: @escaping @Sendable (String) -> [UInt8]
    ) async throws -> (trial: TemplateTrial, asked: [String]) {
        try await ScriptedServer.running(at: Self.address, answer: answer) { server in
            (try await runTemplates(texts, at: server.endpoint, limits: limits), server.requests)
        }
    }

    @Test func aServerThatSaysTheSameToEverything() async throws {
        let (trial, _) = try await findings([Self.wiki]) { _ in ScriptedServer.reply(body: "Wiki".utf8) }
        #expect(trial.findings.map(\.grade) == [.cannotTell])
        #expect(trial.findings.first?.evidence.map(\.role) == [.matched, .compared])
    }

    @Test func aServerThatSaysTheSameBelowOneFolder() async throws {
        let (trial, _) = try await findings([Self.wiki]) {
            $0.hasPrefix("/admin/")
                ? ScriptedServer.reply(body: "Wiki".utf8) : ScriptedServer.reply(404, body: "no".utf8)
        }
        #expect(trial.findings.map(\.grade) == [.cannotTell])
    }

    @Test func aServerThatSaysTheSameToEveryScript() async throws {
        let (trial, _) = try await findings([Self.wiki]) {
            $0.hasSuffix(".php") ? ScriptedServer.reply(body: "Wiki".utf8) : ScriptedServer.reply(404, body: "no".utf8)
        }
        #expect(trial.findings.map(\.grade) == [.cannotTell])
    }

    @Test func aServerThatDoesNotAnswerTheRandomName() async throws {
        let (trial, _) = try await findings([Self.wiki]) {
            $0 == "/admin/wiki.php" ? ScriptedServer.reply(body: "Wiki".utf8) : []
        }
        #expect(trial.findings.map(\.grade) == [.cannotTell])
        #expect(trial.findings.first?.reason == "a random name was not answered")
    }

    @Test func whatIsSharedIsAskedOnce() async throws {
        let texts = (0..<20).map { template("t\($0)", path: "/same", "matchers: [{type: word, words: [\"w\($0)\"]}]") }
        let (trial, asked) = try await findings(texts) { _ in ScriptedServer.reply(404, body: "none".utf8) }
        #expect(asked == ["/same"] && trial.findings.isEmpty && trial.tally.requests == 1)
    }

    @Test func answersThatAreNotHeldAreReadAgainFromTheVault() async throws {
        var limits = TemplateLimits()
        limits.heldBytes = 0
        let texts = (0..<3).map {
            template("t\($0)", path: "/same", "matchers: [{type: word, words: [\"word\($0)\"]}]")
        }
        let (trial, asked) = try await findings(texts, limits: limits) {
            $0 == "/same"
                ? ScriptedServer.reply(body: "word0 word1 word2".utf8) : ScriptedServer.reply(404, body: "no".utf8)
        }
        #expect(trial.findings.count == 3 && asked.count(where: { $0 == "/same" }) == 1)
    }

    @Test func redirectsToOtherHostsAreNotFollowed() async throws {
        try await ForbiddenListener.running(at: IPAddress(v4: 0x7f5d_0103)) { forbidden in
            let text = template(
                "moved",
                path: "/moved",
                "matchers: [{type: word, words: [Wiki]}]",
                block: "redirects: true"
            )
            let (trial, asked) = try await findings([text]) { _ in
                ScriptedServer.reply(302, ["Location": "http://\(forbidden.endpoint)/"], body: [])
            }
            #expect(trial.findings.isEmpty && asked == ["/moved"])
            #expect(forbidden.count == 0)
        }
    }

    @Test func redirectsWithinTheHostAreFollowedWhereTheTemplateSaysSo() async throws {
        let judgement = "matchers: [{type: word, words: [Wiki]}]"
        let texts = [
            template("follows", path: "/old", judgement, block: "redirects: true\nmax-redirects: 2"),
            template("stays", path: "/old", judgement),
        ]
        let (trial, _) = try await findings(texts) {
            switch $0 {
            case "/old": ScriptedServer.reply(302, ["Location": "/new"], body: [])
            case "/new": ScriptedServer.reply(body: "Wiki".utf8)
            default: ScriptedServer.reply(404, body: "no".utf8)
            }
        }
        #expect(trial.findings.map(\.template) == ["follows"])
    }

    @Test func whatWasCutShortIsNotSaidToBeAbsent() async throws {
        var limits = TemplateLimits()
        limits.bodyBytes = 100
        let text = template(
            "absent",
            "matchers: [{type: word, words: [head]}, {type: word, words: [tail], negative: true}]\nmatchers-condition: and"
        )
        let page = "head" + String(repeating: ".", count: 200) + "tail"
        let (trial, _) = try await findings([text], limits: limits) {
            $0 == "/x" ? ScriptedServer.reply(body: page.utf8) : ScriptedServer.reply(404, body: "no".utf8)
        }
        #expect(trial.findings.isEmpty)
    }

    @Test func aWebsiteThatIsSilentIsLeftAlone() async throws {
        let texts = (0..<30).map { template("t\($0)", path: "/p\($0)", "matchers: [{type: word, words: [x]}]") }
        let (trial, asked) = try await findings(texts) { _ in [] }
        #expect(asked.count <= 10 && trial.outcome.completeness != .complete)
    }
}
