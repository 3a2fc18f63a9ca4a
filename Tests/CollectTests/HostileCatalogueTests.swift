import Collect
import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

/// The catalogue of harms that servers have done to those who copy them, one after the other. Each ends in bounded time,
/// with a fault in one line, and the files beside it are read.
@Suite struct HostileCatalogueTests {
    private typealias Act = HostileServer.Act

    private let address = IPAddress(v4: 0x7f3d_0b01)

    private struct Harm: Sendable {
        var name: String
        var acts: [HostileServer.Act]
        /// What the fault says; nil where the file is taken as it comes.
        var fault: String?
        /// The bytes that are kept of it.
        var length: UInt64?
    }

    private static let bomb: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3] + [UInt8](repeating: 0xff, count: 2_000)
    private static let frozen: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0xa0] + [UInt8](repeating: 0xff, count: 2_000)
    private static let block = [UInt8](repeating: 0x61, count: 65_536)

    private static let harms: [Harm] = [
        Harm(name: "endless body", acts: [.send("HTTP/1.1 200 OK\r\n\r\n"), .sendForEver(block)], fault: "length"),
        Harm(
            name: "endless chunks",
            acts: [
                .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
                .sendForEver(Array("1000\r\n".utf8) + [UInt8](repeating: 0x61, count: 4_096) + [13, 10]),
            ],
            fault: "length"
        ),
        Harm(
            name: "endless header",
            acts: [.send("HTTP/1.1 200 OK\r\n"), .sendForEver(Array(String(repeating: "X: y\r\n", count: 500).utf8))],
            fault: "could not read"
        ),
        Harm(
            name: "giant header line",
            acts: [.send("HTTP/1.1 200 OK\r\nX: "), .sendForEver(block)],
            fault: "could not read"
        ),
        Harm(
            name: "endless chunk header",
            acts: [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"), .sendForEver(block)],
            fault: "could not read"
        ),
        Harm(
            name: "a chunk longer than numbers are",
            acts: [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\nabc"), .close],
            fault: "could not read"
        ),
        Harm(
            name: "two lengths",
            acts: [.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 7\r\n\r\nabcdefg"), .close],
            fault: "could not read"
        ),
        Harm(
            name: "a length below nothing",
            acts: [.send("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc"), .close],
            fault: "could not read"
        ),
        Harm(
            name: "fewer bytes than said",
            acts: [.send("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nabc"), .close],
            fault: "disconnect"
        ),
        Harm(
            name: "more bytes than said",
            acts: [.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdefg"), .close],
            length: 3
        ),
        Harm(
            name: "redirect to itself",
            acts: [.send("HTTP/1.1 302 Found\r\nLocation: /bad.bin\r\nContent-Length: 0\r\n\r\n")],
            fault: "leads to /bad.bin"
        ),
        Harm(
            name: "redirect to a file of ours",
            acts: [.send("HTTP/1.1 301 Moved\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")],
            fault: "leads to file:///etc/passwd"
        ),
        Harm(
            name: "busy for ever",
            acts: [.send("HTTP/1.1 429 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n")],
            fault: "status 429"
        ),
        Harm(
            name: "another protocol",
            acts: [.send("HTTP/1.1 101 Switching\r\n\r\n"), .close],
            fault: "could not read"
        ),
        Harm(name: "noise", acts: [.send([0, 1, 2, 0xff, 0xfe, 13, 10, 13, 10]), .close], fault: "could not read"),
        Harm(
            name: "a gzip bomb",
            acts: [
                .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n"),
                .send(bomb),
            ],
            length: UInt64(bomb.count)
        ),
        Harm(
            name: "a zstd bomb",
            acts: [
                .send("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: \(frozen.count)\r\n\r\n"),
                .send(frozen),
            ],
            length: UInt64(frozen.count)
        ),
    ]

    private static func listing(_ names: [String]) -> [UInt8] {
        let rows = names.map { "<a href=\"\($0)\">x</a>  15-Jan-2024 09:13  1\r\n" }.joined()
        let head = "<html><head><title>Index of /</title></head><body><h1>Index of /</h1><hr>"
        return ScriptedServer.reply(body: "\(head)<pre><a href=\"../\">../</a>\r\n\(rows)</pre><hr></body></html>".utf8)
    }

    private static func target(_ request: String) -> String {
        request.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    }

    @Test(arguments: harms.map(\.name)) func harmOfOneFileStaysWithIt(name: String) async throws {
        let harm = try #require(Self.harms.first { $0.name == name })
        let script = HostileServer.Script { received in
            guard let request = HostileServer.wholeRequest(received) else { return nil }
            switch Self.target(request) {
            case "/": return [.send(Self.listing(["a.txt", "bad.bin", "z.txt"])), .close]
            case "/bad.bin": return harm.acts
            default: return [.send(ScriptedServer.reply(200, [:], body: "x".utf8)), .close]
            }
        }
        try await HostileServer.running(at: address, script) { server in
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.limits.fileBytes = 1 << 20
                notebook.patience.rateWindow = .seconds(4)
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.kinds == ["a.txt": .added, "bad.bin": .added, "z.txt": .added])
                #expect(
                    outcome.change("a.txt")?.after?.payload != nil && outcome.change("z.txt")?.after?.payload != nil
                )
                #expect(server.received.count <= 12 && server.bytesSent < 32 << 20)
                let kept = outcome.change("bad.bin")?.after
                if let fault = harm.fault {
                    #expect(kept?.payload == nil)
                    let said = outcome.faults.map(\.what).filter { $0.contains(fault) }
                    #expect(said.count == 1, "\(outcome.faults.map(\.what))")
                    #expect(said.allSatisfy { !$0.contains("\n") && !$0.contains("\r") && $0.utf8.count < 1_000 })
                    #expect(outcome.completeness != .complete)
                } else {
                    #expect(kept?.seal?.length == harm.length)
                    #expect(kept?.payload != nil)
                }
            }
        }
    }

    /// As a folder the same answers are no listing, and nothing known becomes gone.
    @Test(arguments: harms.map(\.name)) func harmOfOneFolderMakesNothingGone(name: String) async throws {
        let harm = try #require(Self.harms.first { $0.name == name })
        let isLater = Mutex(false)
        let script = HostileServer.Script { received in
            guard let request = HostileServer.wholeRequest(received) else { return nil }
            switch Self.target(request) {
            case "/": return [.send(Self.listing(["sub/", "z.txt"])), .close]
            case "/sub/":
                return isLater.withLock { $0 } ? harm.acts : [.send(Self.listing(["in.txt"])), .close]
            default: return [.send(ScriptedServer.reply(200, [:], body: "x".utf8)), .close]
            }
        }
        try await HostileServer.running(at: address, script) { server in
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.limits.listingBytes = 1 << 20
                notebook.patience.rateWindow = .seconds(2)
                let first = try await notebook.collect(server.endpoint)
                #expect(first.completeness == .complete, "\(first.faults.map(\.what))")
                isLater.withLock { $0 = true }
                let second = try await notebook.collect(server.endpoint, day: 1, after: first)
                #expect(second.kinds == ["sub/in.txt": .unknown], "\(second.faults.map(\.what))")
                #expect(second.completeness != .complete)
            }
        }
    }

    /// Names that no folder on this machine could hold, or that would lead out of it, are bytes and nothing else.
    @Test func namesNeverBecomePaths() async throws {
        let long = String(repeating: "n", count: 4_096)
        let kept = [
            "-rf", "~", ".bashrc", "..%5c..%5cwindows", "a%0Ab", "a%1b%5b2Jb", "evil%E2%80%AEgpj.exe",
            "zero%E2%80%8Bwidth",
            "%EF%BB%BFbom", "%C3%A9", "e%CC%81", "%B0%A1%B3%AA", "CON", "nul.txt", "a:b", "README", "readme", "ReadMe",
            "both", long,
        ]
        let dropped = ["%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "a%00b", "%2e", "a%2fb"]
        let spelled = kept.map { $0.contains(":") ? "./\($0)" : $0 }
        let answer: @Sendable (String) -> [UInt8] = { target in
            switch target {
            case "/": Self.listing(spelled + dropped + ["both/", "/etc/passwd", "file:///etc/passwd"])
            case "/both/": Self.listing(["in.txt"])
            default: ScriptedServer.reply(200, [:], body: target.utf8)
            }
        }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            try await Notebook.with { notebook in
                let outcome = try await notebook.collect(server.endpoint)
                let expected = kept.map { PathName(percentEncoded: $0) } + [PathName("both/in.txt")]
                #expect(Set(outcome.changes.map(\.path)) == Set(expected))
                #expect(outcome.changes.allSatisfy { $0.after?.payload != nil })
                let shown = outcome.changes.map(\.path.display).joined()
                let scalars = shown.unicodeScalars
                #expect(!scalars.contains { $0.properties.generalCategory == .control })
                #expect(!scalars.contains { $0.properties.generalCategory == .format })
                #expect(
                    outcome.faults.contains { $0.what == "\(dropped.count) rows have names that no file can have" }
                )
                #expect(outcome.faults.contains { $0.what.contains("lead outside the folder") })
            }
        }
    }

    /// More than a listing may hold is cut off, and what it did not show is unknown.
    @Test func aListingBeyondTheLimitIsNotWhole() async throws {
        let isLater = Mutex(false)
        let answer: @Sendable (String) -> [UInt8] = { target in
            guard target == "/" else { return ScriptedServer.reply(200, [:], body: "x".utf8) }
            let many = isLater.withLock { $0 } ? (0..<20_000).map { "n\($0)" } : []
            return Self.listing(many + ["z.txt"])
        }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.level = .observe
                notebook.limits.listingBytes = 100_000
                let first = try await notebook.collect(server.endpoint)
                #expect(first.completeness == .complete)
                isLater.withLock { $0 = true }
                let second = try await notebook.collect(server.endpoint, day: 1, after: first)
                #expect(second.kinds["z.txt"] == .unknown)
                #expect((1_000..<5_000).contains(second.counts.entries))
                #expect(second.completeness != .complete)
            }
        }
    }

    /// Cookies are not taken, and a demand for a password is not met.
    @Test func nothingOfOursIsGivenAway() async throws {
        let script = HostileServer.Script { received in
            guard let request = HostileServer.wholeRequest(received) else { return nil }
            let fields = ["Set-Cookie": "session=1; Path=/", "WWW-Authenticate": "Basic realm=x"]
            guard Self.target(request) == "/" else {
                return [.send(ScriptedServer.reply(401, fields, body: "".utf8)), .close]
            }
            let page = String(decoding: Self.listing(["a.txt", "b.txt"]), as: UTF8.self)
            return [.send(page.replacing("Content-Type", with: "Set-Cookie: a=b\r\nContent-Type")), .close]
        }
        try await HostileServer.running(at: address, script) { server in
            try await Notebook.with { notebook in
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.faults.count == 2 && outcome.faults.allSatisfy { $0.what.contains("401") })
                let sent = server.received.map { String(decoding: $0, as: UTF8.self).lowercased() }
                #expect(sent.count == 3)
                #expect(!sent.contains { $0.contains("cookie") || $0.contains("authorization") })
            }
        }
    }

    /// Links and redirects to another server, in every spelling: not one connection.
    @Test func noLureIsFollowed() async throws {
        let other = IPAddress(v4: 0x7f3d_0b02)
        let trapped: @Sendable (String) -> [UInt8] = { _ in ScriptedServer.reply(body: "caught".utf8) }
        try await ScriptedServer.running(at: other, answer: trapped) { trap in
            let lures = HostileServer.lures(to: trap.endpoint)
            let answer: @Sendable (String) -> [UInt8] = { target in
                if target == "/" {
                    return Self.listing(lures + lures.map { $0 + "x.bin" } + lures.indices.map { "to\($0)" } + ["sub/"])
                }
                let number = Int(target.dropFirst(3)) ?? 0
                return ScriptedServer.reply(302, ["Location": lures[number % lures.count]], body: "".utf8)
            }
            try await ScriptedServer.running(at: address, answer: answer) { server in
                try await Notebook.with { notebook in
                    let outcome = try await notebook.collect(server.endpoint)
                    #expect(outcome.changes.allSatisfy { $0.after?.payload == nil })
                    #expect(outcome.faults.contains { $0.what.contains("lead outside the folder") })
                    #expect(trap.requests == [])
                }
            }
        }
    }
}
