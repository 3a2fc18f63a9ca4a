import Foundation
import TestSupport
import Testing

@Suite struct TemplatesCommandTests {
    private static let good = """
        id: good
        info: {name: Good, author: us, severity: info, tags: test}
        http:
          - method: GET
            path: ["{{BaseURL}}/"]
            matchers: [{type: word, words: [x]}]
        """

    private struct Said: Decodable {
        struct Check: Decodable {
            struct Refusal: Decodable {
                var rule: String
                var what: String
            }

            var file: String
            var runs: Bool
            var isSafe: Bool
            var refusals: [Refusal]
        }

        var templates: Int
        var runs: Int
        var safe: Int
        var refusedBy: [String: Int]
        var checks: [Check]
    }

    @Test func eachTemplateIsJudged() async throws {
        try await withTemporaryFolder("templates") { folder in
            try FileManager.default.createDirectory(
                at: folder.appending(path: "t/deep"),
                withIntermediateDirectories: true
            )
            let post = Self.good.replacing("GET", with: "POST").replacing("id: good", with: "id: post")
            let odd = Self.good.replacing("id: good", with: "id: odd\nsurprise: 1")
            for (name, text) in [
                ("deep/good.yaml", Self.good), ("post.yml", post), ("odd.yaml", odd), ("other.txt", "no"),
            ] {
                try Data(text.utf8).write(to: folder.appending(path: "t/\(name)"))
            }
            let (text, status) = try await Program.ajar(["templates", "check", "t", "--json"], in: folder)
            #expect(status == 0)
            let said = try JSONDecoder().decode(Said.self, from: Data(text.utf8))
            #expect(said.templates == 3 && said.runs == 1 && said.safe == 2)
            #expect(said.refusedBy == ["method": 1, "unknown key": 1])
            #expect(said.checks.map(\.file) == ["deep/good.yaml", "odd.yaml", "post.yml"])
            #expect(
                said.checks[1].refusals.map(\.what) == ["surprise"] && said.checks[1].isSafe && !said.checks[1].runs
            )
            let table = try await Program.ajar(["templates", "check", "t"], in: folder)
            #expect(table.status == 0 && table.text.contains("1 of 3 templates run, 1 of them over stored answers."))
        }
    }

    @Test(arguments: [["templates", "check", "none"], ["templates", "check", "empty"]])
    func aFolderWithoutTemplatesIsNoInput(arguments: [String]) async throws {
        try await withTemporaryFolder("templates") { folder in
            try FileManager.default.createDirectory(
                at: folder.appending(path: "empty"),
                withIntermediateDirectories: true
            )
            let (text, status) = try await Program.ajar(arguments, in: folder)
            #expect(status == 66 && text.hasPrefix("ajar: "))
            #expect(try await Program.ajar(["templates", "check"], in: folder).status == 64)
        }
    }
}
