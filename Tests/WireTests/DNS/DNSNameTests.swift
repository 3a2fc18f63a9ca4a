import Testing
import Wire

@Suite struct DNSNameTests {
    @Test(arguments: [
        ("www.Inside.test", "www.Inside.test."), (".", "."), ("a\\.b.c.", "a\\.b.c."), ("\\000\\255x", "\\000\\255x."),
        ("_ftp._tcp.x", "_ftp._tcp.x."), ("\u{e9}", "\\195\\169."),
    ])
    func roundTrips(text: String, written: String) throws {
        let name = try #require(DNSName(text))
        #expect(name.description == written)
        #expect(DNSName(written) == name)
    }

    @Test(arguments: ["a..b", "..", ".a", "\\25", "\\256", "\\2x5", "a\\", String(repeating: "a", count: 64)])
    func refuses(text: String) {
        #expect(DNSName(text) == nil)
    }

    @Test func keepsItsLimit() {
        let label = String(repeating: "a", count: 63) + "."
        #expect(DNSName(label + label + label + String(repeating: "a", count: 61)) != nil)
        #expect(DNSName(label + label + label + String(repeating: "a", count: 62)) == nil)
    }

    @Test func comparesWithoutCase() throws {
        let (left, right) = (try #require(DNSName("WWW.a.Test")), try #require(DNSName("www.A.test.")))
        #expect(left == right)
        #expect(Set([left, right]).count == 1)
        #expect(left.isWithin(try #require(DNSName("a.test"))))
        #expect(!left.isWithin(try #require(DNSName("b.test"))))
        #expect(left.isWithin(.root))
    }
}
