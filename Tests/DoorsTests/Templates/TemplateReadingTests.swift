import Doors
import Testing

/// A template around the parts that a test is about.
func template(_ blocks: String, id: String = "test-one", tags: String = "test", more: String = "") -> String {
    """
    id: \(id)
    info:
      name: Test
      author: us
      severity: low
      tags: \(tags)
    \(more)
    \(blocks)
    """
}

/// A block of one GET with a matcher.
func get(_ path: String = "{{BaseURL}}/x", more: String = "") -> String {
    """
    http:
      - method: GET
        path: ["\(path)"]
    \(more.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
        matchers:
          - type: status
            status: [200]
    """
}

@Suite struct TemplateReadingTests {
    private func refusals(_ text: String) -> [TemplateRefusal.Rule] {
        TemplateReading(Array(text.utf8), file: "test.yaml").refusals.map(\.rule)
    }

    @Test func aPlainTemplateRuns() throws {
        let reading = TemplateReading(Array(template(get("{{BaseURL}}/")).utf8), file: "a.yaml")
        #expect(reading.refusals.isEmpty)
        let read = try #require(reading.template)
        #expect(read.id == "test-one" && read.severity == .low && read.needsOnlyFrontPage && read.requests == 1)
    }

    private func raw(_ lines: String...) -> String {
        "http:\n  - raw:\n      - |\n" + lines.map { "        " + $0 }.joined(separator: "\n")
            + "\n    matchers: [{type: status, status: [200]}]"
    }

    @Test func everyRuleOfSafetyRefuses() {
        let cases: [(TemplateRefusal.Rule, String)] = [
            (.method, template(get().replacing("method: GET", with: "method: POST"))),
            (.method, template(raw("PUT /x HTTP/1.1", "Host: {{Hostname}}"))),
            (.body, template(get(more: "body: a=b"))),
            (.body, template(raw("GET /x HTTP/1.1", "Host: {{Hostname}}", "", "a=b"))),
            (.login, template(get(more: "headers: {Authorization: Basic eDp5}"))),
            (.login, template(get(more: "headers: {Cookie: a=b}"))),
            (.login, template(get(more: "digest-username: admin"))),
            (.login, template(get("{{BaseURL}}/login?user=a&password=b"))),
            (.login, template(get(), tags: "default-login")),
            (.bruteForce, template(get(), tags: "fuzz")),
            (
                .bruteForce,
                template(
                    get(
                        "{{BaseURL}}/{{a}}",
                        more: "payloads: {a: [\(Array(repeating: "x", count: 101).joined(separator: ","))]}"
                    )
                )
            ),
            (.outOfBand, template(get("{{BaseURL}}/?u={{interactsh-url}}"))),
            (.outOfBand, template(get("{{BaseURL}}/?u=http://other.example/"))),
            (.code, template(get() + "\njavascript:\n  - code: x\n")),
            (.code, template("headless:\n  - steps: []\n")),
            (.code, template("code:\n  - engine: [sh]\n")),
            (.attack, template(get("{{BaseURL}}/../../etc/passwd"))),
            (.attack, template(get("{{BaseURL}}/?q=%3Cscript%3E"))),
            (.attack, template(get("{{BaseURL}}/?q=1'+or+1=1"))),
            (.change, template(get("{{BaseURL}}/actuator/shutdown"))),
            (.disguise, template(get(more: "headers: {X-Forwarded-For: 127.0.0.1}"))),
            (.disguise, template(raw("GET / HTTP/1.1", "Host: localhost"))),
            (.disguise, template(raw("@tls-sni: x", "GET / HTTP/1.1", "Host: {{Hostname}}"))),
            (.otherHost, template(get("https://other.example/"))),
            (.otherHost, template(get("{{BaseURL}}.other.example/"))),
            (.otherHost, template(raw("@Host: https://other.example", "GET / HTTP/1.1", "Host: {{Hostname}}"))),
            (.otherHost, template(get(), more: "self-contained: true")),
            (.otherHost, template("tcp:\n  - host: [\"other.example:25\"]\n    matchers: [{type: word, words: [x]}]")),
            (
                .sends,
                template(
                    "tcp:\n  - host: [\"{{Hostname}}\"]\n    inputs: [{data: \"FLUSHALL\"}]\n    matchers: [{type: word, words: [x]}]"
                )
            ),
            (
                .sends,
                template(
                    "tcp:\n  - host: [\"{{Hostname}}\"]\n    inputs: [{data: \"00ff\", type: hex}]\n    matchers: [{type: word, words: [x]}]"
                )
            ),
            (.intrusive, template(get(), tags: "intrusive")),
        ]
        for (rule, text) in cases {
            #expect(refusals(text).contains(rule), "\(rule) in \(text)")
            #expect(rule.kind == .safety)
        }
        let tested = Set(cases.map(\.0))
        #expect(tested == Set(TemplateRefusal.Rule.allCases.filter { $0.kind == .safety }))
    }

    @Test func whatIsMissingOrMalformedIsNamed() {
        let cases: [(TemplateRefusal.Rule, String)] = [
            (.unknownKey, template(get(), more: "surprise: 1")), (.unknownKey, template(get(more: "surprise: 1"))),
            (.unknownKey, template(get() + "\n        surprise: 1")),
            (.unsupported, template(get(), more: "flow: for (x) {}")),
            (.unsupported, template(get(), more: "flow: http(2)")),
            (.unsupported, template("websocket:\n  - address: x\n")),
            (
                .expression,
                template(
                    get().replacing("type: status", with: "type: dsl").replacing("status: [200]", with: "dsl: ['a(']")
                )
            ),
            (
                .expression,
                template(
                    get().replacing("type: status", with: "type: dsl").replacing(
                        "status: [200]",
                        with: "dsl: ['wait_for(3)']"
                    )
                )
            ),
            (
                .pattern,
                template(
                    get().replacing("type: status", with: "type: regex").replacing(
                        "status: [200]",
                        with: "regex: ['(?=x)']"
                    )
                )
            ),
            (.variable, template(get("{{BaseURL}}/{{unknown}}"))),
            (.payloadFile, template(get("{{BaseURL}}/{{a}}", more: "payloads: {a: words.txt}"))),
            (.yaml, "id: [x"), (.missingKey, "id: x\n"), (.missingKey, template("")),
            (.value, template(get().replacing("type: status", with: "type: colour"))),
            (.value, template(get().replacing("[200]", with: "[ok]"))), (.value, template(get(), id: "a b")),
        ]
        for (rule, text) in cases {
            #expect(refusals(text).contains(rule), "\(rule) in \(text): \(refusals(text))")
            #expect(rule.kind != .safety)
        }
    }

    @Test func anUnknownKeyIsNamedWithItsPlace() {
        let reading = TemplateReading(Array(template(get(more: "surprise: 1")).utf8), file: "a.yaml")
        #expect(reading.refusals == [TemplateRefusal(.unknownKey, "http.surprise", line: 11)])
    }

    @Test func payloadsAreReadFromTheGivenWords() throws {
        let text = template(get("{{BaseURL}}/{{a}}", more: "payloads: {a: words.txt}"))
        let reading = TemplateReading(Array(text.utf8), file: "a.yaml") {
            $0 == "words.txt" ? Array("x\ny\n".utf8) : nil
        }
        #expect(try #require(reading.template).requests == 2)
    }

    @Test func whatAjarSetsItselfMayStandInARequest() {
        let text = template(
            raw(
                "GET /a b HTTP/1.1",
                "Host: {{Hostname}}",
                "User-Agent: Mozilla/5.0",
                "Accept: */*",
                "Connection: close",
                "Content-Length: 0"
            )
        )
        #expect(refusals(text).isEmpty)
    }

    @Test func flowsAreRead() throws {
        let blocks = [("http", nil), ("http", "second"), ("dns", nil)] as [(name: String, id: String?)]
        let flow = try Flow.parse("http(1) && (http('second') || !dns())", blocks: blocks)
        #expect(flow == .and(.block(0), .or(.block(1), .not(.block(2)))))
        #expect(try Flow.parse("http()\ndns();", blocks: blocks) == .sequence([.all([0, 1]), .block(2)]))
        for source in ["", "http(3)", "tcp()", "if (http()) { dns() }", "set('a', 1)", "http(1) + 1", "http(x)"] {
            #expect(throws: ExpressionFault.self) { try Flow.parse(source, blocks: blocks) }
        }
    }

    @Test func payloadsAreCombined() {
        let lists = [Payloads.List(name: "a", values: ["1", "2"]), Payloads.List(name: "b", values: ["x", "y", "z"])]
        let all = { (attack: Payloads.Attack) in
            let payloads = Payloads(attack: attack, lists: lists)
            return (0..<payloads.count).map { payloads.combination($0) }
        }
        #expect(all(.pitchfork) == [["a": "1", "b": "x"], ["a": "2", "b": "y"]])
        #expect(all(.batteringram).count == 5)
        #expect(Set(all(.clusterbomb)).count == 6)
        #expect(Payloads().count == 1)
    }
}
