import Doors
import Testing

@Suite struct PatternTests {
    @Test(arguments: [
        ("(?i)ABC", "xabcx", true), ("^a$", "a\n", false), ("(?m)^b$", "a\nb\nc", true), ("a.c", "a\nc", false),
        ("(?s)a.c", "a\nc", true), ("\\Aabc\\z", "abc", true), ("[[:alpha:]]+[)]", "ab)", true),
        ("\\Qa+b\\E", "a+b", true),
        ("(?P<year>[0-9]{4})", "in 2024", true), ("(?U)a.*b", "axbxb", true), ("ü+", "füür", true),
        ("\\x{fc}", "ü", true),
        ("\\p{Han}", "中", true), ("[]a]", "]", true), ("a{,2}", "a{,2}", true), ("\\bfoo\\b", "a foo b", true),
        ("\\v", "\u{0b}", true), ("\\v", "\n", false), ("\\d+\\.\\d+", "v1.2", true), ("x*", "", true),
    ])
    func meansWhatRE2Means(pattern: String, text: String, wanted: Bool) throws {
        #expect(try Pattern(pattern).matches(Array(text.utf8)) == wanted)
    }

    @Test(arguments: [
        "(a)\\1", "(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "(?>a)", "a++", "(?R)", "(*FAIL)", "\\Gx", "(?(1)a|b)", "\\K",
        "(",
        "[a", "*a", "(?x)a", "\\Z", "(?P=name)", "a{2}+",
    ])
    func whatRE2HasNotIsRefused(pattern: String) {
        #expect(throws: Pattern.Fault.self) { _ = try Pattern(pattern) }
    }

    @Test func bytesThatAreNoTextMatchToo() throws {
        #expect(try Pattern("PNG\\x0d").matches([0x89, 0x50, 0x4e, 0x47, 0x0d, 0xff]))
        #expect(try Pattern("ü").matches([0xff] + Array("ü".utf8)))
    }

    @Test func groupsAreFound() throws {
        let text = Array("a=1 b=2".utf8)
        let found = try Pattern("([a-z])=([0-9])").found(in: text)
        #expect(found.map { String(decoding: text[$0[2]], as: UTF8.self) } == ["1", "2"])
    }

    /// The pattern that keeps a backtracking engine busy for ever: it gives up, and says that it does not know.
    @Test func aPatternThatRunsAwayIsStopped() throws {
        let pattern = try Pattern("(a+)+$")
        let text = [UInt8](repeating: 0x61, count: 4_000) + [0x62]
        #expect(throws: Pattern.Exhausted.self) { try pattern.matches(text) }
    }
}
