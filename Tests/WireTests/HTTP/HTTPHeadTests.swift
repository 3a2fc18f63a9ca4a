import Testing
import Wire

@Suite struct HTTPHeadTests {
    @Test func readsFieldsAsTheyCame() throws {
        let text =
            "\r\nHTTP/1.1 302 Moved away\r\nLocation:  /\u{e9}%20 \r\nset-cookie: a\nSet-Cookie:b\r\nno colon\r\nE:\r\n\r\nbody"
        let head = try HTTPHead(parsing: Array(text.utf8))
        #expect(head.version == "HTTP/1.1")
        #expect(head.status == 302)
        #expect(head.reason == "Moved away")
        #expect(head.fields.map(\.name) == ["Location", "set-cookie", "Set-Cookie", "E"])
        #expect(head.fields["LOCATION"] == "/\u{e9}%20")
        #expect(head.fields.all("Set-Cookie") == ["a", "b"])
        #expect(head.fields["e"] == "")
        #expect(head.fields["f"] == nil)
    }

    @Test func keepsBytesThatAreNoText() throws {
        let head = try HTTPHead(parsing: Array("HTTP/1.0 200\r\nLocation: /".utf8) + [0xd6, 0xd0, 13, 10, 13, 10])
        #expect(head.fields.bytes(of: "location") == [0x2f, 0xd6, 0xd0])
        #expect(head.reason == "")
    }

    @Test(arguments: [
        "", "\r\n", "SSH-2.0-x\r\n", "HTTP/1.1\r\n", "HTTP/1.1 20\r\n", "HTTP/1.1 2000 x\r\n", "HTTP/1.1 -20 x",
    ])
    func refuses(text: String) {
        #expect(throws: HTTPHead.Fault.noStatusLine) { try HTTPHead(parsing: text.utf8.map { $0 }) }
    }

    @Test func keepsItsLimits() {
        let line = "HTTP/1.1 200 OK\r\n"
        let long = Array((line + "a: " + String(repeating: "x", count: HTTPHead.maximumLength)).utf8)
        #expect(throws: HTTPHead.Fault.tooLong) { try HTTPHead(parsing: long) }
        let many = Array((line + String(repeating: "a: b\r\n", count: HTTPHead.maximumLines + 1)).utf8)
        #expect(throws: HTTPHead.Fault.tooManyLines) { try HTTPHead(parsing: many) }
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\n\r\nbody", 19), ("\r\n\r\nHTTP/1.1 200 OK\r\na:b\r\n\r\n", 28), ("x\n\ny", 3),
        ("x\r\n\n", 4),
    ])
    func findsTheEnd(text: String, end: Int) {
        #expect(HTTPHead.end(in: Array(text.utf8)) == end)
    }

    @Test(arguments: ["", "\r\n\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n\r"])
    func knowsWhenThereIsNoEnd(text: String) {
        #expect(HTTPHead.end(in: Array(text.utf8)) == nil)
    }
}
