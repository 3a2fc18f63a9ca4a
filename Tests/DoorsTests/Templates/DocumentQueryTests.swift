import Doors
import Testing

@Suite struct JSONQueryTests {
    private static let document = """
        {"data": [{"name": "a", "n": 1}, {"name": "b", "n": null}], "on": true, "ver": "1.2", "deep": {"x": {"y": "z"}}}
        """

    private func run(_ source: String, on text: String = document) throws -> [String] {
        try JSONQuery(source).values(in: JSONParser.parse(Array(text.utf8))).map(\.shown)
    }

    @Test(arguments: [
        (".", 1), (".data[]", 2), (".none", 1), (".data[].n", 2), (".ver, .on", 2), (".data[5]", 1), (".none[]?", 0),
    ])
    func countsOfValues(source: String, count: Int) throws { #expect(try run(source).count == count) }

    @Test(arguments: [
        (".ver", ["1.2"]), (".data[].name", ["a", "b"]), (".data[-1].name", ["b"]), (".deep.x.y", ["z"]),
        (".deep[\"x\"].y", ["z"]), ("\"Version: \" + .ver", ["Version: 1.2"]), (".data | .[] | .name", ["a", "b"]),
        ("\"n: \" + ( .data[].n | tostring )", ["n: 1", "n: null"]), (".data | length", ["2"]),
        (".deep | keys", ["[\"x\"]"]),
        (".data[0]", ["{\"name\":\"a\",\"n\":1}"]), (".on | not", ["false"]), (".data | first | .name", ["a"]),
    ])
    func values(source: String, wanted: [String]) throws { #expect(try run(source) == wanted) }

    @Test(arguments: [
        "", ".a |", "map(.a)", "capture(\"x\")", ".[", ". as $x | $x", "\"\\(.a)\"", String(repeating: "(", count: 99),
    ])
    func whatIsNotUnderstoodIsRefused(source: String) {
        #expect(throws: ExpressionFault.self) { try JSONQuery(source) }
    }

    @Test func aQueryThatDoesNotFitFails() { #expect(throws: ExpressionFault.self) { try run(".ver.x") } }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\" 1}", "01x", "\"\\u12\"", "nul", "1 2", String(repeating: "[", count: 500),
    ])
    func whatIsNoJSONIsRefused(text: String) {
        #expect(throws: JSONParser.Fault.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test func escapesAreRead() throws {
        #expect(try run(".", on: "\"a\\u00fc\\ud83d\\ude00\\n\"") == ["aü😀\n"])
    }
}

@Suite struct XPathTests {
    private static let page = """
        <html><head><script src="//cdn.example/a.js"></script><script src="/own.js"></script>
        <link rel=stylesheet href="//cdn.example/b.css" integrity="SHA256-abc"></head>
        <body><div id=main class="x y"><p>one</p><p>two <b>bold</b></p></div><ul><li>1<li>2</ul></body></html>
        """

    private func run(_ source: String, attribute: String? = nil) throws -> [String] {
        try XPath(source).values(in: Array(Self.page.utf8), attribute: attribute).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("/html/body/div/p", ["one", "two bold"]), ("//p[2]", ["two bold"]), ("//p[last()]/b/text()", ["bold"]),
        ("//*[@id='main']/p[1]", ["one"]), ("//div[@class and not(@none)]/@id", ["main"]), ("//p[b]", ["two bold"]),
        ("//p[text()='one']", ["one"]), ("//p[contains(., 'old')]", ["two bold"]), ("//b/..", ["two bold"]),
        ("//script[starts-with(@src, '//')]/@src", ["//cdn.example/a.js"]), ("//p[position()=1]", ["one"]),
        ("//link[matches(translate(@integrity, 'ABHS', 'abhs'), '^sha(256|384)-')]/@rel", ["stylesheet"]),
        ("//p[lower-case(b)='bold']/b", ["bold"]), ("//none", []), ("//div[@id!='main']", []),
        ("//p[@id='x' or contains(text(), 'on')]", ["one"]), ("//script[@src and @none]", []),
    ])
    func values(source: String, wanted: [String]) throws { #expect(try run(source) == wanted) }

    @Test func anAttributeIsTaken() throws {
        #expect(try run("//script", attribute: "src") == ["//cdn.example/a.js", "/own.js"])
    }

    @Test(arguments: [
        "", "//", "//a[", "//a[count(b)=1]", "//a/following::b", "//a[b=", "string(//a)", "//a | //b",
        "//a[matches(@b, '(?=x)')]",
    ])
    func whatIsNotUnderstoodIsRefused(source: String) {
        #expect(throws: ExpressionFault.self) { try XPath(source) }
    }

    @Test func aPathThatLooksAtTooMuchIsStopped() throws {
        let page =
            Array(String(repeating: "<a>", count: 400).utf8) + Array(String(repeating: "<b></b>", count: 40_000).utf8)
        #expect(throws: ExpressionFault.self) { try XPath("//a//a//a//b//b").values(in: page) }
    }
}
