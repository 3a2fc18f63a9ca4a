import Domain
import Testing

@Suite struct WebAddressTests {
    @Test(arguments: [
        ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
        ("?y", "http://a/b/c/d;p?y"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("..", "http://a/b/"),
        ("../g", "http://a/b/g"), ("../../../g", "http://a/g"), ("//b/x", "http://b/x"), ("g#s", "http://a/b/c/g"),
        ("https://b:444/x?y#z", "https://b:444/x?y"), ("a b", "http://a/b/c/a%20b"), ("%b9%fa", "http://a/b/c/%b9%fa"),
        ("./javascript:x", "http://a/b/c/javascript:x"),
    ])
    func resolves(reference: String, expected: String) throws {
        let base = try #require(WebAddress("http://a/b/c/d;p?q"))
        #expect(base.resolving(reference.utf8)?.description == expected)
    }

    @Test(arguments: ["javascript:alert(1)", "mailto:x@y", "http://user@host/", "http://[::1", "file:///etc/passwd"])
    func refuses(reference: String) throws {
        let base = try #require(WebAddress("http://a/"))
        #expect(base.resolving(reference.utf8) == nil)
    }

    @Test func keepsBytesThatAreNoUTF8() throws {
        let base = try #require(WebAddress("http://a/"))
        let name: [UInt8] = [0xc3, 0xa8, 0xff, 0x20]
        #expect(base.resolving(name)?.target == "/%C3%A8%FF%20")
        #expect(PathName(percentEncoded: "%C3%A8%FF%20").bytes == name)
    }

    @Test func namesShowWhatWouldMislead() {
        #expect(PathName(bytes: "a\u{202e}gpj.exe".utf8).display == "a\\u{202e}gpj.exe")
        #expect(PathName(bytes: [0x41, 0xb0, 0x0a]).display == "A\\xb0\\x0a")
        #expect(PathName(bytes: "猫_第05话".utf8).display == "猫_第05话")
        #expect(PathName(percentEncoded: "100%").bytes == Array("100%".utf8))
    }

    @Test func authorities() throws {
        #expect(WebAddress("HTTP://Example.KP:80")?.description == "http://example.kp/")
        #expect(WebAddress("http://[2001:DB8::1]:8080/x")?.authority == "[2001:db8::1]:8080")
        #expect(WebAddress("http://a:0/") == nil)
        #expect(WebAddress("http://a:99999/") == nil)
    }
}
