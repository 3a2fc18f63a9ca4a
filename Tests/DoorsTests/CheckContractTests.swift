import Domain
import Doors
import Foundation
import TestSupport
import Testing

/// What every check promises, whichever it is.
@Suite struct CheckContractTests {
    private typealias Answer = @Sendable (String) -> [UInt8]

    private let address = IPAddress(v4: 0x7f3d_0401)

    private static let links: Answer = { target in
        let links = (0..<50).map { "<a href='\(target)\($0)/'>x</a>" }.joined()
        return ScriptedServer.reply(body: "<html>\(links)</html>".utf8)
    }

    private static let folders: Answer = { target in
        guard target.hasSuffix("/") else { return ScriptedServer.reply(404, body: "".utf8) }
        let rows = (0..<5).map { "<a href=\"\($0)/\">\($0)/</a>  15-Jan-2024 09:13  -\n" }.joined()
        let title = "<title>Index of /</title><h1>Index of /</h1>"
        return ScriptedServer.reply(body: "\(title)<pre><a href=\"../\">../</a>\n\(rows)</pre>".utf8)
    }

    private static let servers: [(name: String, answer: Answer)] = [
        ("silence", { _ in [] }),
        ("garbage", { _ in (0..<2_000).map { _ in UInt8.random(in: 0...255) } }),
        ("half a head", { _ in Array("HTTP/1.1 200 OK\r\nContent-Le".utf8) }),
        ("login at every path", { _ in ScriptedServer.reply(body: loginPage.utf8) }),
        ("a huge page", { _ in ScriptedServer.reply(body: [UInt8](repeating: 60, count: 3 << 20)) }),
        ("redirects in a circle", { ScriptedServer.reply(302, ["Location": $0 + "x"], body: "".utf8) }),
        ("redirects elsewhere", { _ in ScriptedServer.reply(302, ["Location": "http://127.61.9.9/"], body: "".utf8) }),
        ("links without end", links),
        ("listings without end", folders),
    ]

    @Test(arguments: servers.map(\.name)) func endsWithoutADoor(name: String) async throws {
        let answer = try #require(Self.servers.first { $0.name == name }).answer
        try await ScriptedServer.running(at: address, answer: answer) { server in
            let outcome = try await lookForDoors(at: server.endpoint)
            #expect(outcome.doors == [])
            #expect(!server.requests.isEmpty)
            #expect(server.requests.count <= DoorsLimits().requests)
        }
    }

    /// A server that drips its answers, or takes its time for each, is left alone, and the outcome says so.
    @Test(arguments: [true, false]) func drippingAnswersEnd(isEndless: Bool) async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n"
        let script: HostileServer.Script =
            isEndless
            ? .reply(.send(head), .drip([UInt8](repeating: 0x20, count: 100_000), pause: 10))
            : .reply(.drip(Array("HTTP/1.1 404 Not\r\nContent-Length: 0\r\n\r\n".utf8), pause: 3))
        try await HostileServer.running(at: address, script) { server in
            var limits = DoorsLimits()
            limits.answerTime = .milliseconds(isEndless ? 200 : 5_000)
            limits.time = .milliseconds(isEndless ? 60_000 : 400)
            let outcome = try await lookForDoors(at: server.endpoint, limits: limits)
            #expect(outcome.doors == [])
            #expect(outcome.completeness != .complete)
            #expect(server.received.count <= 12)
        }
    }

    /// What a page gives away never becomes a request that some servers would climb out of their folder for.
    @Test func disguisedDotsAreNotAskedFor() async throws {
        let traps =
            "<a href='/user/%2e%2e%2f%2e%2e/x'>u</a><a href='/%252e%252e/%252e%252e/etc/'>v</a><script>p='/data/%2e%2e/etc/'</script>"
        let page = "<html>\(traps)\(loginPage)</html>"
        let answer: @Sendable (String) -> [UInt8] = { target in
            target == "/" ? ScriptedServer.reply(body: page.utf8) : ScriptedServer.reply(404, body: "no".utf8)
        }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            _ = try await lookForDoors(at: server.endpoint)
            #expect(server.requests.count > 10)
            #expect(server.requests.allSatisfy { !$0.lowercased().contains("%2e") && !$0.contains("%25") })
        }
    }

    /// Some applications act on a GET: whatever asks for a change is left alone, whoever links to it.
    @Test func whatAsksForAChangeIsNotAskedFor() async throws {
        let traps = [
            "/logout", "/user/log-out/", "/api/deleteFile/3", "/admin?action=remove&id=1", "/api/system/reboot",
            "/cgi-bin/factory_reset.cgi", "/Account/SignOut",
        ]
        let page = """
            <html>\(traps.map { "<a href='\($0)'>x</a>" }.joined())<a href='/removed/deleted.html'>y</a>
            <script>fetch('/api/users/purge'); fetch('/api/restart')</script>\(loginPage)</html>
            """
        let answer: @Sendable (String) -> [UInt8] = { target in
            target == "/" ? ScriptedServer.reply(body: page.utf8) : ScriptedServer.reply(404, body: "no".utf8)
        }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            let outcome = try await lookForDoors(at: server.endpoint)
            let asked = Set(server.requests)
            #expect(asked.isDisjoint(with: traps + ["/api/users/purge", "/api/restart"]))
            #expect(asked.contains("/removed/deleted.html") && outcome.completeness == .complete)
        }
    }

    @Test func everyFileIsListedAndEveryNameDocumented() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let files = try FileManager.default.contentsOfDirectory(
            atPath: root.appending(path: "Sources/Doors/Checks").path(percentEncoded: false)
        )
        let types = checks.map { "\(type(of: $0))" } + serviceChecks.map { "\(type(of: $0))" }
        #expect(Set(files.map { String($0.dropLast(6)) }) == Set(types))
        let document = try String(contentsOf: root.appending(path: "docs/doors.md"), encoding: .utf8)
        for name in checks.map(\.name) + serviceChecks.map(\.name) { #expect(document.contains("`\(name)`")) }
    }
}
