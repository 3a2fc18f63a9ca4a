import Domain
import Doors
import TestSupport
import Testing

/// Logins that guard nothing, and logins that guard well, of applications that nobody has heard of.
@Suite struct UnguardedCheckTests {
    private let address = IPAddress(v4: 0x7f3d_0501)

    private static func login(_ script: String) -> Scripted {
        .page("<html><title>Depot</title><form><input type=password></form><script>\(script)</script></html>")
    }

    private static let list = #"{"items": [{"name": "cut 12.mov", "size": 5}, {"name": "notes.txt", "size": 4}]}"#

    private func found(
        _ pages: [String: Scripted],
        otherwise: @escaping @Sendable (String) -> Scripted = { _ in .missing }
    ) async throws -> DoorsOutcome {
        try await doorsOfSite(at: address, pages, otherwise: otherwise)
    }

    @Test func aListThatNeedsNoSessionAndAFileThatItNames() async throws {
        let outcome = try await found([
            "/": Self.login("fetch('/api/v1/files'); const base = '/store/objects/';"),
            "/api/v1/files": .json(Self.list), "/store/objects/cut%2012.mov": .bytes([0, 1, 2, 3, 4]),
        ])
        let door = try #require(outcome.doors.first)
        #expect(outcome.doors.count == 1)
        #expect(door.kind == .unguardedContent && door.grade == .proven && door.check == "unguarded content")
        #expect(door.address.target == "/api/v1/files")
        #expect(door.proof.map(\.role) == [.loginPage, .listing, .content, .sibling])
        #expect(door.proof.map(\.status) == [200, 200, 200, 404])
    }

    /// The application refuses its pages, and the web server serves what lies beside them.
    @Test func aFileBehindARedirectToTheLogin() async throws {
        let outcome = try await found([
            "/": .redirect("/enter"), "/enter": Self.login("var manual = '/reports/2024/january.pdf'"),
            "/reports/2024/": .redirect("/enter"), "/reports/2024/january.pdf": .bytes(Array("%PDF-1.7 figures".utf8)),
        ])
        let door = try #require(outcome.doors.first)
        #expect(door.kind == .unguardedContent && door.grade == .proven)
        #expect(door.address.target == "/reports/2024/january.pdf")
        #expect(door.proof.map(\.status) == [302, 200, 404])
    }

    @Test func aFileWhoseFolderDemandsNothingIsLikelyAndNotProven() async throws {
        let outcome = try await found([
            "/": Self.login("var sheet = '/sheets/plan.xls'"), "/sheets/plan.xls": .bytes([0xd0, 0xcf, 0x11, 0xe0]),
        ])
        #expect(outcome.doors.map(\.grade) == [.likely])
        #expect(outcome.doors.first?.reason.contains("demands nothing") == true)
    }

    @Test func namesOfFilesThatAreRefusedAreLikely() async throws {
        let outcome = try await found(["/": Self.login("fetch('/api/list')"), "/api/list": .json(Self.list)])
        #expect(outcome.doors.map(\.grade) == [.likely])
        #expect(outcome.doors.first?.proof.map(\.role) == [.loginPage, .content, .sibling])
    }

    /// A folder that no list of products knows, named by a script alone.
    @Test func aListedFolderThatAScriptNames() async throws {
        let row = "<a href=\"../\">../</a>\n<a href=\"plan.doc\">plan.doc</a>  15-Jan-2024 09:13  4\n"
        let page = "<html><title>Index of /depot7/</title><h1>Index of /depot7/</h1><pre>\(row)</pre></html>"
        let outcome = try await found([
            "/": Self.login("var depot = '/depot7/';"), "/depot7/": .page(page),
            "/depot7/plan.doc": .bytes([1, 2, 3, 4]),
        ])
        #expect(outcome.doors.map(\.kind) == [.dataFolder])
        #expect(outcome.doors.map(\.grade) == [.proven])
    }

    private static let decoys: [(name: String, pages: [String: Scripted], otherwise: @Sendable (String) -> Scripted)] =
        [
            (
                "refused without a session",
                ["/": login("fetch('/api/files')"), "/api/files": .json(#"{"error": "log in"}"#, 401)],
                { _ in .missing }
            ),
            (
                "a public front page with a login somewhere",
                [
                    "/": .page("<html><a href='/signin'>sign in</a><script>fetch('/api/posts')</script>News</html>"),
                    "/signin": login(""), "/api/posts": .json(list), "/store/notes.txt": .bytes([1, 2, 3, 4]),
                ], { _ in .missing }
            ),
            (
                "the parts of the login page",
                [
                    "/": login("load('/assets/app.js'); fetch('/i18n/languages')"),
                    "/assets/app.js": .script("var logo = '/assets/logo.png'"),
                    "/assets/logo.png": .bytes([0x89, 0x50]),
                    "/i18n/languages": .json(#"[{"code": "en", "name": "English"}, {"code": "ko", "name": "조선어"}]"#),
                ], { _ in .missing }
            ),
            (
                "words for any visitor's program",
                [
                    "/": login(
                        "a='/health'; b='/api/version'; c='/robots.txt'; d='/.well-known/change-password'; e='/l/de.po'"
                    ),
                    "/health": Scripted(fields: ["Content-Type": "text/plain"], body: Array("OK".utf8)),
                    "/api/version": Scripted(fields: ["Content-Type": "text/plain"], body: Array("v4.2 stable".utf8)),
                    "/robots.txt": Scripted(fields: ["Content-Type": "text/plain"], body: Array("User-agent: *".utf8)),
                    "/.well-known/change-password": .bytes(Array("see the manual".utf8)),
                    "/l/de.po": .bytes(Array("msgid \"Log in\"".utf8)),
                ], { _ in .missing }
            ),
            (
                "what a link offers",
                [
                    "/": .page(
                        "<html><input type=password><a href='/manual.pdf'>manual</a><script>p='/manual.pdf'</script></html>"
                    ),
                    "/manual.pdf": .bytes(Array("%PDF".utf8)),
                ], { _ in .missing }
            ),
            (
                "one application page at every path",
                ["/": login("fetch('/api/files')")], { _ in login("fetch('/api/files')") }
            ),
            (
                "an interface that answers every name alike",
                ["/": login("fetch('/api/files')")],
                { $0.hasPrefix("/api/") ? .json(list.replacing("notes", with: "n\($0.count)")) : .missing }
            ),
            (
                "a soft 404 that repeats the name and counts",
                ["/": login("p='/vault/plan.doc'")],
                { target in
                    let text =
                        "No page named \(target) exists on this server. Incident \(Int.random(in: 1...1_000_000_000))."
                    return Scripted(fields: ["Content-Type": "text/plain"], body: Array(text.utf8))
                }
            ),
            (
                "a firewall's page",
                ["/": login("p='/vault/plan.doc'")],
                { _ in
                    let ray = String(UInt64.random(in: .min ... .max), radix: 16)
                    return .page("<html><h1>Request blocked</h1><p>Your request was blocked. Ray \(ray)</p></html>")
                }
            ),
        ]

    @Test(arguments: decoys.map(\.name)) func decoysAreNoDoors(name: String) async throws {
        let decoy = try #require(Self.decoys.first { $0.name == name })
        let outcome = try await found(decoy.pages, otherwise: decoy.otherwise)
        #expect(outcome.doors == [], "\(outcome.doors.map { "\($0.kind) \($0.address) \($0.reason)" })")
    }

    /// Every name gets the application's shell, and yet one folder is listed: it stands out by its content.
    @Test func aListingBesideAShellAtEveryPath() async throws {
        let row = "<a href=\"../\">../</a>\n<a href=\"a.doc\">a.doc</a>  15-Jan-2024 09:13  4\n"
        let page = "<html><title>Index of /data/</title><h1>Index of /data/</h1><pre>\(row)</pre></html>"
        let shell = Self.login("boot('/')")
        let outcome = try await found(
            ["/": shell, "/data/": .page(page), "/data/a.doc": .bytes([9, 8, 7, 6])],
            otherwise: { $0.hasPrefix("/data/") ? .missing : shell }
        )
        #expect(outcome.doors.map(\.address.target) == ["/data/"])
        #expect(outcome.doors.map(\.grade) == [.proven])
    }

    /// A random name is answered too, with another content: less than a proof.
    @Test func aListingWhoseSiblingsAreAnsweredDifferentlyIsLikely() async throws {
        let row = "<a href=\"../\">../</a>\n<a href=\"a.txt\">a.txt</a>  15-Jan-2024 09:13  26\n"
        let page = "<html><title>Index of /data/</title><h1>Index of /data/</h1><pre>\(row)</pre></html>"
        let outcome = try await found(
            [
                "/": .page("<html>front</html>"), "/data/": .page(page),
                "/data/a.txt": .bytes(Array("minutes of the last month\n".utf8)),
            ],
            otherwise: { _ in .page("<html><title>Oops</title>We could not find what you looked for.</html>") }
        )
        #expect(outcome.doors.map(\.grade) == [.likely])
        #expect(outcome.doors.first?.reason.contains("random name is answered too") == true)
    }

    /// The names beside the file get no answer at all: then nobody can tell.
    @Test func aSiblingWithoutAnAnswerLeavesTheMatterOpen() async throws {
        let row = "<a href=\"../\">../</a>\n<a href=\"a.txt\">a.txt</a>  15-Jan-2024 09:13  4\n"
        let page = "<html><title>Index of /pub/</title><h1>Index of /pub/</h1><pre>\(row)</pre></html>"
        let pages: [String: Scripted] = [
            "/": .page("<html><a href='/pub/'>p</a></html>"), "/pub/": .page(page), "/pub/a.txt": .bytes([1, 2, 3, 4]),
        ]
        let answer: @Sendable (String) -> [UInt8] = { target in
            if let page = pages[target] { return page.raw }
            return target.hasPrefix("/pub/") ? [] : Scripted.missing.raw
        }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            let outcome = try await lookForDoors(at: server.endpoint)
            #expect(outcome.doors.map(\.grade) == [.cannotTell])
            #expect(outcome.completeness != .complete)
        }
    }
}
