import Collect
import Domain
import Synchronization
import TestSupport
import Testing

/// Servers that lie, fail and lead astray.
@Suite struct HostileServerTests {
    private typealias Answer = @Sendable (String) -> [UInt8]

    private let address = IPAddress(v4: 0x7f3d_0201)

    /// A page as nginx writes it.
    private static func listing(_ names: [String], time: String = "15-Jan-2024 09:13", size: String = "1") -> [UInt8] {
        let rows = names.map { "<a href=\"\($0)\">\($0)</a>  \(time)  \($0.hasSuffix("/") ? "-" : size)\r\n" }.joined()
        let head = "<html><head><title>Index of /</title></head><body><h1>Index of /</h1><hr>"
        let page = "\(head)<pre><a href=\"../\">../</a>\r\n\(rows)</pre><hr></body></html>"
        return ScriptedServer.reply(body: page.utf8)
    }

    private static let gone = ScriptedServer.reply(404, body: "not here".utf8)
    private static let file = ScriptedServer.reply(200, ["Content-Type": "text/plain"], body: "x".utf8)

    /// Ten files, until the switch is set; then what the test says.
    private func twoDays(
        then later: @escaping Answer,
        _ check: (Notebook, CollectOutcome, CollectOutcome) async throws -> Void
    ) async throws {
        let isLater = Mutex(false)
        let names = (0..<10).map { "f\($0).txt" }
        let answer: Answer = { target in
            if isLater.withLock({ $0 }) { return later(target) }
            return target == "/" ? Self.listing(names) : Self.file
        }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.patience.unnamedWait = .zero
                let first = try await notebook.collect(server.endpoint)
                #expect(first.changes.count == 10)
                isLater.withLock { $0 = true }
                let second = try await notebook.collect(server.endpoint, day: 1, after: first)
                try await check(notebook, first, second)
            }
        }
    }

    private static let pages: [(name: String, reply: [UInt8])] = [
        ("an error page with status 200", ScriptedServer.reply(body: "<h1>Temporarily unavailable</h1>".utf8)),
        ("a login page", ScriptedServer.reply(body: "<form><input type=password></form>".utf8)),
        ("nothing", ScriptedServer.reply(body: "".utf8)),
        ("429", ScriptedServer.reply(429, body: "slow down".utf8)),
        ("503 with a wait too long", ScriptedServer.reply(503, ["Retry-After": "86400"], body: "".utf8)),
        ("404", gone), ("403", ScriptedServer.reply(403, body: "no".utf8)),
        ("a redirect elsewhere", ScriptedServer.reply(302, ["Location": "http://127.61.9.9/"], body: "".utf8)),
        ("half a listing", Array(listing([]).dropLast(60))),
        ("garbage", Array("\u{1}\u{2}garbage\r\n\r\n".utf8)),
        ("a closed connection", []),
    ]

    @Test(arguments: pages.map(\.name)) func whatIsNoListingMakesNothingGone(name: String) async throws {
        let reply = try #require(Self.pages.first { $0.name == name }).reply
        let later: Answer = { _ in reply }
        try await twoDays(then: later) { _, _, second in
            #expect(second.changes.count == 10)
            #expect(second.changes.allSatisfy { $0.kind == .unknown && $0.reason != nil })
            #expect(second.completeness != .complete)
        }
    }

    @Test func anEmptyListingIsDoubtedWhenTheFilesAnswer() async throws {
        let later: Answer = { $0 == "/" ? Self.listing([]) : Self.file }
        try await twoDays(then: later) { _, _, second in
            #expect(second.changes.map(\.kind) == Array(repeating: .unknown, count: 10))
            #expect(second.changes[0].reason?.contains("lost more than half") == true)
            #expect(second.completeness != .complete)
        }
    }

    @Test func anEmptyListingIsBelievedWhenTheFilesAreGone() async throws {
        let later: Answer = { $0 == "/" ? Self.listing([]) : Self.gone }
        try await twoDays(then: later) { _, _, second in
            #expect(second.changes.map(\.kind) == Array(repeating: .removed, count: 10))
            #expect(second.completeness == .complete)
        }
    }

    @Test func aMissingRowIsUnknownUntilTheFileIsRefused() async throws {
        let names = (1..<10).map { "f\($0).txt" }
        let later: Answer = { $0 == "/" ? Self.listing(names) : Self.file }
        try await twoDays(then: later) { _, _, second in
            #expect(second.kinds == ["f0.txt": .unknown])
        }
    }

    @Test func aBusyServerIsAskedAgain() async throws {
        let asked = Mutex(0)
        let answer: Answer = { target in
            let count = asked.withLock { count in
                count += 1
                return count
            }
            if count == 1 { return ScriptedServer.reply(429, ["Retry-After": "0"], body: "later".utf8) }
            return target == "/" ? Self.listing(["a.txt"]) : Self.file
        }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            try await Notebook.with { notebook in
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.completeness == .complete)
                #expect(outcome.kinds == ["a.txt": .added])
            }
        }
    }

    @Test(arguments: ["self/", "x/"]) func foldersThatHoldThemselvesEnd(name: String) async throws {
        let answer: Answer = { $0.hasSuffix("/") ? Self.listing([name, "a.txt", "./", "?C=N;O=D", "../"]) : Self.file }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            try await Notebook.with { notebook in
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.kinds == ["a.txt": .added])
                #expect(server.requests.count <= 4)
                #expect(outcome.faults.contains { $0.what.contains("holds itself") })
            }
        }
    }

    @Test func endlessFoldersEnd() async throws {
        let counter = Mutex(0)
        let answer: Answer = { target in
            guard target.hasSuffix("/") else { return Self.file }
            let number = counter.withLock { count in
                count += 1
                return count
            }
            return Self.listing(["n\(number)/", "m\(number)/", "f\(number).txt"])
        }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.limits.folders = 40
                notebook.limits.depth = 5
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.counts.folders <= 63)
                guard case .incomplete(let reason) = outcome.completeness else { return #expect(Bool(false)) }
                #expect(reason.contains("limit"))
            }
        }
    }

    /// Names so long that nobody could ask for them, or seal the answer, are faults of those entries alone.
    @Test(arguments: [8_100, 16_000, 16_350, 16_383, 24_000]) func endlessNamesEndNothing(length: Int) async throws {
        let folder = String(repeating: "d", count: min(length / 2, 8_000)) + "/"
        let inner = String(repeating: "e", count: min(length / 2, 8_000)) + "/"
        let name = String(repeating: "f", count: max(1, length - 1 - folder.utf8.count - inner.utf8.count))
        let answer: Answer = { target in
            switch target {
            case "/": Self.listing([folder, "a.txt"])
            case "/\(folder)": Self.listing([inner, "b.txt"])
            case "/\(folder)\(inner)": Self.listing([name, "c.txt"])
            default: Self.file
            }
        }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            try await Notebook.with { notebook in
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.change("a.txt")?.after?.payload != nil)
            }
        }
    }

    @Test func entriesAreLimited() async throws {
        let names = (0..<500).map { "f\($0).txt" }
        let answer: Answer = { $0 == "/" ? Self.listing(names) : Self.file }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.limits.entries = 50
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.counts.entries == 50)
                #expect(outcome.completeness != .complete)
            }
        }
    }

    @Test func nothingOutsideIsContacted() async throws {
        let other = IPAddress(v4: 0x7f3d_0202)
        let always: Answer = { _ in Self.file }
        try await ScriptedServer.running(at: other, answer: always) { trap in
            let place = "http://\(trap.endpoint)/"
            let answer: Answer = { target in
                switch target {
                case "/": Self.listing(["\(place)stolen.txt", "//\(trap.endpoint)/y.txt", "led.txt", "sub/", "a.txt"])
                case "/a.txt": Self.file
                default: ScriptedServer.reply(302, ["Location": place], body: "".utf8)
                }
            }
            try await ScriptedServer.running(at: address, answer: answer) { server in
                try await Notebook.with { notebook in
                    let outcome = try await notebook.collect(server.endpoint)
                    #expect(outcome.kinds == ["a.txt": .added, "led.txt": .added])
                    #expect(outcome.change("led.txt")?.after?.payload == nil)
                    #expect(outcome.faults.contains { $0.what.contains("2 links lead outside") })
                    #expect(outcome.faults.contains { $0.what.contains("leads to \(place)") })
                    #expect(trap.requests == [])
                }
            }
        }
    }

    @Test func aShortBodyIsNoVersion() async throws {
        let answer: Answer = { target in
            target == "/"
                ? Self.listing(["a.txt"], size: "100")
                : ScriptedServer.reply(200, ["Content-Length": "100"], body: "short".utf8)
        }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            try await Notebook.with { notebook in
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.kinds == ["a.txt": .added])
                #expect(outcome.change("a.txt")?.after?.payload == nil)
                #expect(outcome.faults.contains { $0.what.contains("disconnect") })
                #expect(outcome.completeness != .complete)
            }
        }
    }

    @Test func aBodyBeyondTheLimitIsCutOff() async throws {
        let long = ScriptedServer.reply(200, [:], body: [UInt8](repeating: 1, count: 100_000))
        let answer: Answer = { $0 == "/" ? Self.listing(["a.bin"], size: "100000") : long }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.limits.fileBytes = 1_000
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.change("a.bin")?.after?.payload == nil)
                #expect(outcome.faults.contains { $0.what.contains("length") })
            }
        }
    }

    @Test func aSilentServerIsLeftAlone() async throws {
        let names = (0..<200).map { "f\($0).txt" }
        let answer: Answer = { $0 == "/" ? Self.listing(names) : [] }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            try await Notebook.with { notebook in
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.completeness == .incomplete(reason: "a file could not be read"))
                #expect(server.requests.count < 40)
            }
        }
    }
}
