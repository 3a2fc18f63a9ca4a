import Domain
import Doors
import TestSupport
import Testing

/// Each kind of matcher and extractor against a server that should match, and one that should not.
@Suite struct TemplateMatchingTests {
    private static let address = IPAddress(v4: 0x7f5d_0101)

    /// The page that every template here is about.
    private static let page = """
        <html><title>Wiki Admin</title><script src="//cdn.example/a.js"></script><body>Version: 2.4.1 \u{1}\u{2}</body></html>
        """

    private static func answer(_ target: String, page: String, fields: [String: String]) -> [UInt8] {
        guard target == "/x" || target == "/x.json" else { return ScriptedServer.reply(404, body: "none here".utf8) }
        return ScriptedServer.reply(200, fields, body: page.utf8)
    }

    private func findings(
        _ judgement: String,
        path: String = "/x",
        page: String = page
    ) async throws -> [TemplateFinding] {
        let fields = [
            "Content-Type": "text/html", "Server": "Wiki/2", "Set-Cookie": "SID=abc; Path=/", "X-Two-Words": "yes",
        ]
        return try await ScriptedServer.running(at: Self.address) {
            Self.answer(
                $0,
                page: page,
                fields: page == Self.page || path != "/x" ? fields : ["Content-Type": "text/plain"]
            )
        } _: {
            try await runTemplates([template("kind", path: path, judgement)], at: $0.endpoint).findings
        }
    }

    static let matchers: [String] = [
        "matchers: [{type: word, words: [\"Wiki Admin\"]}]",
        "matchers: [{type: word, words: [absent, Wiki], condition: or}]",
        "matchers: [{type: word, words: [Wiki, Version], condition: and}]",
        "matchers: [{type: word, words: [\"WIKI admin\"], case-insensitive: true}]",
        "matchers: [{type: word, encoding: hex, words: [\"57696b69\"]}]",
        "matchers: [{type: word, part: header, words: [\"Server: Wiki\"]}]",
        "matchers: [{type: word, part: x_two_words, words: [\"yes\"]}]",
        "matchers: [{type: word, part: all, words: [\"Wiki/2\", \"Version\"], condition: and}]",
        "matchers: [{type: word, part: response, words: [\"HTTP/1.1 200\"]}, {type: word, words: [Wiki]}]\nmatchers-condition: and",
        "matchers: [{type: regex, regex: ['Version: [0-9.]+']}]",
        "matchers: [{type: regex, regex: ['^absent', '(?i)WIKI'], condition: or}]",
        "matchers: [{type: binary, binary: [\"0102\"]}]",
        "matchers: [{type: dsl, dsl: ['contains(body, \"Wiki\") && status_code == 200']}]",
        "matchers: [{type: dsl, dsl: ['len(body) > 10', 'contains(to_lower(server), \"wiki\")'], condition: and}]",
        "matchers: [{type: dsl, dsl: ['compare_versions(\"2.4.1\", \"> 2\") && contains(body, \"2.4.1\")']}]",
        "matchers: [{type: xpath, xpath: ['//script[starts-with(@src, \"//\")]']}]",
        "matchers: [{type: word, words: [Wiki]}, {type: word, words: [nowhere], negative: true}]\nmatchers-condition: and",
        "matchers: [{type: status, status: [403, 200]}, {type: word, part: content_type, words: [\"text/html\"]}]\nmatchers-condition: and",
        "matchers: [{type: size, size: [\(page.utf8.count)]}, {type: word, words: [Wiki]}]\nmatchers-condition: and",
    ]

    @Test(arguments: matchers) func matchersMatchWhatTheyShould(judgement: String) async throws {
        let found = try await findings(judgement)
        #expect(found.map(\.grade) == [.proven], "\(found)")
        #expect(try await findings(judgement, page: "nothing of the kind").isEmpty)
    }

    static let extractors: [(String, [String])] = [
        ("extractors: [{type: regex, regex: ['Version: ([0-9.]+)'], group: 1}]", ["2.4.1"]),
        ("extractors: [{type: kval, kval: [server, SID]}]", ["Wiki/2", "abc"]),
        ("extractors: [{type: dsl, dsl: ['to_upper(x_two_words)']}]", ["YES"]),
        ("extractors: [{type: xpath, xpath: ['//title'], part: body}]", ["Wiki Admin"]),
        ("extractors: [{type: xpath, attribute: src, xpath: ['//script']}]", ["//cdn.example/a.js"]),
    ]

    @Test(arguments: extractors) func extractorsTakeWhatTheyShould(judgement: String, wanted: [String]) async throws {
        let found = try await findings("matchers: [{type: word, words: [Wiki]}]\n" + judgement)
        #expect(found.map(\.extracted) == [wanted])
        #expect(try await findings(judgement, page: "nothing of the kind").isEmpty)
    }

    @Test func jsonIsTakenApart() async throws {
        let judgement = "extractors: [{type: json, json: ['.users[].name', '\"n: \" + (.count | tostring)']}]"
        let found = try await findings(
            judgement,
            path: "/x.json",
            page: "{\"users\": [{\"name\": \"a\"}, {\"name\": \"b\"}], \"count\": 2}"
        )
        #expect(found.map(\.extracted) == [["a", "b", "n: 2"]])
        #expect(try await findings(judgement, path: "/x.json", page: "<html>").isEmpty)
    }

    @Test func aStatusAloneIsNotProven() async throws {
        let found = try await findings("matchers: [{type: status, status: [200]}]")
        #expect(found.map(\.grade) == [.likely])
        #expect(try await findings("matchers: [{type: status, status: [201]}]").isEmpty)
    }

    @Test func namesOfMatchersAreTold() async throws {
        let found = try await findings(
            "matchers: [{type: word, words: [Wiki], name: wiki}, {type: word, words: [nope], name: other}]"
        )
        #expect(found.map(\.matchers) == [["wiki"]])
        #expect(found.first?.severity == "medium")
        #expect(found.first?.evidence.first?.status == 200)
    }
}
