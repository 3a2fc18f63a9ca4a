import Domain
import Doors
import Testing

@Suite struct ExpressionTests {
    private let data = Bindings(
        [
            "body": Value("<title>Wiki</title> version 2.4.1"), "status_code": Value(200),
            "header": Value("Server: nginx\r\n"),
            "list": .list([Value("a"), Value("b")]),
        ],
        in: Surroundings(now: Timestamp(seconds: 1_705_276_800), random: { 7 })
    )

    private func value(_ source: String) throws -> String {
        try data.value(of: ExpressionParser.parse(source)).string
    }

    @Test(arguments: [
        ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("2 ** 3 - 1", "7"), ("7 % 4", "3"), ("-2 + 5", "3"),
        ("10 / 4", "2.5"),
        ("6 & 3 | 8", "10"), ("1 << 4", "16"), ("'a' + 1", "a1"), ("1 == 1.0", "true"), ("'1' == 1", "false"),
        ("!false && true || false", "true"), ("false && (1 / 0 == 1)", "false"), ("3 >= 3 && 2 < 3", "true"),
        ("'b' > 'a'", "true"), ("status_code == 200 ? 'yes' : 'no'", "yes"), ("'b' in ('a', 'b')", "true"),
        ("body =~ '(?i)WIKI'", "true"), ("body !~ 'apache'", "true"), ("missing ?? 'none'", "none"),
        ("\"double \\\" quote\"", "double \" quote"), ("0x10", "16"), ("[status_code] == 200", "true"),
    ])
    func operators(source: String, wanted: String) throws {
        #expect(try value(source) == wanted)
    }

    @Test(
        arguments: [
            ("len('abc')", "3"), ("to_lower('ABC')", "abc"), ("tolower('ÄB')", "äb"), ("toupper('ab')", "AB"),
            ("trim_space('  a b ')", "a b"), ("trim('xxaxx', 'x')", "a"), ("trim_left('xxax', 'x')", "ax"),
            ("trim_right('xaxx', 'x')", "xa"), ("trim_prefix('abc', 'ab')", "c"), ("trim_suffix('abc', 'bc')", "a"),
            ("reverse('abc')", "cba"), ("repeat('ab', 3)", "ababab"), ("concat('a', 1, 'b')", "a1b"),
            ("replace('a.b.c', '.', '-')", "a-b-c"), ("replace_regex('a1b22', '[0-9]+', '#')", "a#b#"),
            ("remove_bad_chars('a!b?', '!?')", "ab"), ("substr('abcdef', 1, 3)", "bc"), ("substr('abc', -2)", "bc"),
            ("contains('abc', 'b')", "true"), ("contains('abc', 'x')", "false"),
            ("contains_all(body, 'Wiki', '2.4')", "true"),
            ("contains_all(body, 'Wiki', 'none')", "false"), ("contains_any(body, 'none', 'Wiki')", "true"),
            ("contains_any(body, 'none', 'nor')", "false"), ("starts_with('abc', 'x', 'ab')", "true"),
            ("startswith('abc', 'b')", "false"), ("ends_with('abc', 'bc')", "true"),
            ("equals_any('a', 'b', 'a')", "true"),
            ("line_starts_with('a\nbc', 'b')", "true"), ("line_ends_with('ax\nb', 'x')", "true"),
            ("count('aXbXc', 'X')", "2"),
            ("regex('v[a-z]+ [0-9.]+', body)", "true"), ("regex('^v', body)", "false"),
            ("regex_all(body, 'Wi', 'ki')", "true"),
            ("regex_any(body, 'no', 'ki')", "true"), ("join('-', list)", "a-b"), ("index(split('a,b', ','), 1)", "b"),
            ("join(',', sort('b', 'a'))", "a,b"), ("join(',', uniq('a', 'b', 'a'))", "a,b"),
            ("to_title('a bc')", "A Bc"),
            ("padding('7', '0', 3, 'prefix')", "007"), ("hex_encode('az')", "617a"), ("hex_decode('617a')", "az"),
            ("base64('Hello')", "SGVsbG8="), ("base64_decode('SGVsbG8=')", "Hello"),
            ("base64_py('Hello')", "SGVsbG8=\n"),
            ("url_encode('a b/ü')", "a%20b%2F%C3%BC"), ("url_decode('a%20b+c')", "a b c"),
            ("html_escape('<a>')", "&lt;a&gt;"),
            ("html_unescape('&lt;a&amp;lt;')", "<a&lt;"), ("md5('Hello')", "8b1a9953c4611296a827abf8c47804d7"),
            ("sha1('Hello')", "f7ff9e8b7bb2e09b70935a5d785e0cc5d9d0abf0"), ("mmh3('Hello')", "316307400"),
            ("sha256('')", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("crc32('Hello')", "4157704578"),
            ("hmac('sha1', 'a', 'b')", "44f8ce0f15c1d0d3d0b0fd6e6b1d2c1f2a3d4e5f"),
            ("to_number('4') + 1", "5"), ("dec_to_hex(255)", "ff"), ("hex_to_dec('0xff')", "255"),
            ("oct_to_dec('17')", "15"),
            ("bin_to_dec('101')", "5"), ("date_time('%Y-%m-%d')", "2024-01-15"), ("unix_time()", "1705276800"),
            ("len(rand_base(5))", "5"), ("rand_text_numeric(3)", "777"), ("rand_int(3, 3)", "3"),
            ("rand_text_alpha(2, 'h')", "ii"), ("rand_char('z')", "z"), ("to_string(4)", "4"),
        ].filter { !$0.0.hasPrefix("hmac") }
    )
    func functions(source: String, wanted: String) throws {
        #expect(try value(source) == wanted)
    }

    @Test(arguments: [
        ("compare_versions('2.4.1', '> 2.4', '< 2.5')", true), ("compare_versions('v1.2', '= 1.2.0')", true),
        ("compare_versions('1.10', '> 1.9')", true), ("compare_versions('1.0-rc1', '< 1.0')", false),
        ("compare_versions('1.5', '~> 1.4')", true), ("compare_versions('2.0', '~> 1.4')", false),
        ("compare_versions('1.0', '>= 1.0, < 2.0')", true), ("compare_versions('1.0', '!= 1.0')", false),
    ])
    func versions(source: String, wanted: Bool) throws {
        #expect(try value(source) == "\(wanted)")
    }

    @Test func aMessageIsAuthenticated() throws {
        // RFC 4231 4.3, and RFC 2202 3.
        let wanted = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        #expect(try value("hmac('sha256', 'what do ya want for nothing?', 'Jefe')") == wanted)
        #expect(
            try value("hmac('sha1', 'what do ya want for nothing?', 'Jefe')")
                == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        )
    }

    @Test func longBase64HasPythonsLines() throws {
        let text = try value("base64_py(repeat('a', 60))")
        #expect(text.split(separator: "\n").map(\.count) == [76, 4])
        #expect(text.hasSuffix("\n"))
    }

    @Test(arguments: [
        "1 +", "(1", "'open", "f(", "1 2", "a b", "()", "#", "{", "1..2", "contains(body,", "&& 1",
        String(repeating: "(", count: 500) + "1", String(repeating: "!", count: 500) + "true",
    ])
    func whatIsNoExpressionIsRefused(source: String) {
        #expect(throws: ExpressionFault.self) { try ExpressionParser.parse(source) }
    }

    @Test(arguments: [
        "missing", "1 && true", "'a' - 1", "1 / 0", "nothing()", "len()", "body > 1", "-'a'", "hex_decode('xz')",
        "compare_versions('latest', '> 1')", "regex('(?=a)', body)", "repeat('aaaaaaaaaa', 100000000)",
        "index(list, 9)",
        "substr('abc', 2, 9)", "replace('', '', '') ? 1 : 2",
    ])
    func whatHasNoValueSaysSo(source: String) throws {
        let expression = try ExpressionParser.parse(source)
        #expect(throws: ExpressionFault.self) { try data.value(of: expression) }
    }

    @Test func placeholdersAreFilledOnce() throws {
        var data = data
        data["name"] = Value("{{status_code}}")
        data["user-token"] = Value("t")
        let text = TextTemplate("a{{name}}b {{to_upper('x{{status_code}}')}} {{user-token}} {{{status_code}}} {{")
        #expect(String(decoding: try data.text(of: text), as: UTF8.self) == "a{{status_code}}b X200 t {200} {{")
        let unknown = TextTemplate("{{missing}}-{{.Title}}")
        #expect(throws: ExpressionFault.unknownVariable("missing")) { try data.text(of: unknown) }
        #expect(String(decoding: data.textAsFarAsKnown(of: unknown), as: UTF8.self) == "{{missing}}-{{.Title}}")
        #expect(unknown.unread == [".Title"])
    }
}
