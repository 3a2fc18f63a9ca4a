import Domain
import Foundation
import Scope
import TestSupport
import Testing

@Suite struct ScopeFileTests {
    private static let whole = """
        name = "Practice country"
        contact = "lab@example.org"
        level = "mirror"
        authority = "we run it ourselves"
        vantage = "this machine"
        names = ["www.inside.test", "*.Deep.test."]
        zones = ["Inside.test."]
        name_servers = ["127.45.176.15", "127.45.176.16:5353", "[::1]:53"]
        ports = [80, "8000-8002", 80]

        [ranges]
        in = ["127.45.176.0/22", "fd00::/126"]
        out = ["127.45.177.0-127.45.177.9", "fd00::2"]

        [rate]
        per_address = 7
        total = 70
        concurrent = 9
        """

    private func parse(_ text: String) throws -> Scope { try Scope(parsing: Array(text.utf8), file: "scope.toml") }

    @Test func readsEverything() throws {
        let scope = try parse(Self.whole)
        #expect(scope.addresses.count == 1024 - 10 + 3)
        #expect(scope.names == ["www.inside.test", "*.deep.test"])
        #expect(scope.zones == ["inside.test"])
        #expect(scope.nameServers.map(\.description) == ["127.45.176.15:53", "127.45.176.16:5353", "[::1]:53"])
        #expect(scope.ports == [80, 8000, 8001, 8002])
        #expect(scope.rate == Rate(perAddress: 7, total: 70, concurrent: 9))
        #expect(scope.level == .mirror)
        #expect(scope.authority == "we run it ourselves")
    }

    @Test func templateLoadsAndKeepsItsTexts() throws {
        let text = Scope.template(name: "a \"b\" \\ \u{1F600}", contact: "x@y", ranges: ["10.0.0.0/8", "fd00::/64"])
        let scope = try parse(text)
        #expect(scope.name == "a \"b\" \\ \u{1F600}")
        #expect(scope.level == .observe)
        #expect(scope.addresses.contains(try address("10.9.9.9")))
        #expect(scope.rate == Rate())
    }

    /// Each fault: what is changed in the file above, the code, and the line it must name.
    static let faults: [(String, String, ScopeError.Code, Int)] = [
        ("name = \"Practice country\"", "name = 3", .wrongType, 1),
        ("contact = \"lab@example.org\"", "# none", .missingKey, 1),
        ("level = \"mirror\"", "level = \"all\"", .badValue, 3),
        ("authority = \"we run it ourselves\"", "", .noAuthority, 3),
        ("authority = \"we run it ourselves\"", "authority = \"  \"", .badValue, 4),
        ("vantage = \"this machine\"", "vantag = \"this machine\"", .unknownKey, 5),
        ("\"*.Deep.test.\"]", "\n\"*.Deep.test.\",\n\"no/name\"]", .badValue, 8),
        ("\"Inside.test.\"", "\"127.0.0.1\"", .badValue, 7),
        ("\"127.45.176.16:5353\"", "\"ns1.inside.test\"", .badValue, 8),
        ("ports = [80, ", "ports = [0, ", .badValue, 9),
        ("\"8000-8002\"", "\"8002-8000\"", .badValue, 9),
        ("\"8000-8002\"", "70000", .badValue, 9),
        ("127.45.176.0/22", "127.45.176.1/22", .badValue, 12),
        ("fd00::/126", "::ffff:127.0.0.0/104", .badValue, 12),
        ("out = [", "out = [\"127.45.176.0/22\", \"fd00::/64\",", .badValue, 12),
        ("out = [", "ou = [", .unknownKey, 13),
        ("per_address = 7", "per_address = 0", .badValue, 16),
        ("per_address = 7", "per_address = 0.5", .wrongType, 16),
        ("concurrent = 9", "concurent = 9", .unknownKey, 18),
        ("[rate]", "[rates]", .unknownKey, 15),
        ("total = 70", "total = ", .syntax, 17),
        ("total = 70", "total = 70\ntotal = 71", .syntax, 18),
        ("vantage = \"this machine\"", "vantage = \"a\u{0}b\"", .syntax, 5),
    ]

    @Test(arguments: faults.indices)
    func namesTheLine(of number: Int) throws {
        let (old, new, code, line) = Self.faults[number]
        try #require(Self.whole.contains(old))
        let text = Self.whole.replacingOccurrences(of: old, with: new)
        let error = try #require(throws: ScopeError.self) { try parse(text) }
        #expect(error.code == code, "\(error)")
        #expect(error.line == line, "\(error)")
        #expect(error.description.hasPrefix("scope.toml:\(line): "))
        #expect(error.description.contains("; "))
        #expect(!error.allowed.isEmpty)
    }

    @Test func refusesBytesThatAreNoText() throws {
        let bytes = Array("name = \"x\"\ncontact = \"".utf8) + [0xff, 0xfe] + Array("\"\n".utf8)
        let error = try #require(throws: ScopeError.self) { try Scope(parsing: bytes, file: "f") }
        #expect(error.code == .syntax)
        #expect(error.line == 2)
    }

    @Test func refusesHugeFiles() throws {
        let bytes = Array(repeating: UInt8(ascii: "#"), count: 2 << 20)
        #expect(throws: ScopeError.self) { try Scope(parsing: bytes, file: "f") }
    }

    @Test func loadsFromDiskWithItsBytes() throws {
        let folder = try TemporaryFolder()
        try folder.write("scope.toml", Self.whole.utf8)
        let (scope, bytes) = try Scope.load(from: folder.path + "/scope.toml")
        #expect(bytes == Array(Self.whole.utf8))
        #expect(scope.name == "Practice country")
        let error = try #require(throws: ScopeError.self) { try Scope.load(from: folder.path + "/none.toml") }
        #expect(error.code == .unreadable)
    }
}
