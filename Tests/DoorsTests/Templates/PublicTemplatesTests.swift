import Doors
import Foundation
import Testing

/// The public templates, where they are at hand, and what a thousand changes to them do to the reader.
@Suite struct PublicTemplatesTests {
    private static let folder = ProcessInfo.processInfo.environment["AJAR_TEST_DATA"].map { $0 + "/templates" }
    private static let isThere = folder.map { FileManager.default.fileExists(atPath: $0) } ?? false

    @Test(.enabled(if: isThere, "set AJAR_TEST_DATA to the folder of sample data with templates"))
    func nearlyAllSafeOnesRun() throws {
        let folder = try #require(Self.folder)
        let report = TemplateReport(try TemplateFolder(at: folder).readings(), folder: folder)
        #expect(report.templates >= 1_000)
        #expect(report.runs * 100 >= report.safe * 95, "\(report.runs) of \(report.safe) safe templates run")
        #expect(report.checks.allSatisfy { $0.runs == $0.refusals.isEmpty })
        #expect(report.refusedBy["yaml"] == nil)
    }

    /// Any bytes are refused or read; neither traps.
    @Test func changedTemplatesAreReadOrRefused() {
        let text = """
            id: changed
            info: {name: Test, author: us, severity: low, tags: "a,b"}
            variables: {a: "{{rand_base(3)}}"}
            flow: http(1) || http(2)
            http:
              - raw: ["GET /{{a}} HTTP/1.1\\nHost: {{Hostname}}\\n"]
                payloads: {p: [x, y]}
                matchers-condition: and
                matchers:
                  - {type: dsl, dsl: ['contains(body, "x") && status_code == 200']}
                  - {type: regex, part: header, regex: ['(?i)server: [a-z]+']}
                extractors:
                  - {type: json, json: ['.a[].b']}
                  - {type: xpath, xpath: ['//a[@b="c"]/text()']}
              - {method: GET, path: ["{{BaseURL}}/"], matchers: [{type: status, status: [200]}]}
            """
        let bytes = Array(text.utf8)
        var generator = SystemRandomNumberGenerator()
        var read = 0
        for _ in 0..<2_000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<changed.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: changed[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: changed.remove(at: place)
                default: changed.insert("{}[]()'\"|&:,\n \\*".utf8.randomElement(using: &generator) ?? 0, at: place)
                }
            }
            let reading = TemplateReading(changed, file: "a.yaml")
            #expect((reading.template == nil) != reading.refusals.isEmpty)
            read += reading.template == nil ? 0 : 1
        }
        #expect(read > 0)
        #expect(
            TemplateReading(bytes, file: "a.yaml").refusals.isEmpty,
            "\(TemplateReading(bytes, file: "a.yaml").refusals)"
        )
    }
}
