import Domain
import Foundation
import Scope
import Synchronization
import TestSupport
import Testing
import Wire

@Suite struct GateExchangeTests {
    /// Long enough for a busy machine, where the time is not what a test is about.
    private static let patient = ExchangeLimits(head: .seconds(60))

    /// Asks a server that answers with these acts, and returns all that is to be known.
    private func ask(
        _ host: String,
        _ acts: HostileServer.Act...,
        method: HTTPRequest.Method = .get,
        limits: ExchangeLimits = Self.patient,
        times: Int = 1
    ) async throws -> (reply: HTTPReply, content: [UInt8], raw: [UInt8], connections: Int) {
        let gate = Gate(scope: try scope(host))
        let here = try address(host)
        let script = HostileServer.Script { HostileServer.wholeRequest($0) == nil ? nil : acts }
        return try await HostileServer.running(at: here, script) { server in
            let request = HTTPRequest(method, web(server.endpoint, "/x"))
            for _ in 1..<times { _ = try await gate.fetch(request, upTo: 1 << 16, limits: limits) }
            let (reply, content, raw) = try await gate.fetch(request, upTo: 1 << 16, limits: limits)
            await gate.close()
            return (reply, content, raw, server.connections)
        }
    }

    @Test func keepsEveryByteOfHeadAndBody() async throws {
        let head = "HTTP/1.1 200 Fine\r\nX-A:  b \r\nx-a: \u{1F600}\r\nContent-Length: 5\r\n\r\n"
        let (reply, content, raw, connections) = try await ask("127.73.0.1", .send(head + "hello"), times: 3)
        #expect(reply.rawHead == Array(head.utf8))
        #expect(reply.status == 200)
        #expect(reply.version == "HTTP/1.1")
        #expect(reply.headers.all("X-A") == ["b", "\u{1F600}"])
        #expect(content == Array("hello".utf8))
        #expect(raw == content)
        #expect(reply.truncated == nil)
        #expect(reply.contentLength == 5)
        #expect(connections == 1)
        let request = String(decoding: reply.request, as: UTF8.self)
        #expect(request.hasPrefix("GET /x HTTP/1.1\r\nHost: 127.73.0.1:"))
        #expect(request.contains("\r\nUser-Agent: Ajar/\(ajarVersion) (+test@example.org)\r\n"))
        #expect(request.contains("\r\nAccept-Encoding: identity\r\n"))
    }

    @Test func undoesChunksAndKeepsThem() async throws {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        let body = "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n"
        let (reply, content, raw, connections) = try await ask("127.73.0.2", .send(head), .send(body), times: 2)
        #expect(reply.isChunked)
        #expect(content == Array("abcde".utf8))
        #expect(raw == Array(body.utf8))
        #expect(reply.truncated == nil)
        #expect(connections == 1)
    }

    @Test func setsInterimResponsesApart() async throws {
        let interim = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
        let head = "HTTP/1.1 204 No Content\r\n\r\n"
        let reply = try await ask("127.73.0.3", .send(interim + head)).reply
        #expect(reply.interim == Array(interim.utf8))
        #expect(reply.rawHead == Array(head.utf8))
        #expect(reply.status == 204)
    }

    @Test func headHasNoBody() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
        let (reply, content, _, connections) = try await ask("127.73.0.4", .send(head), method: .head, times: 2)
        #expect(reply.headers["content-length"] == "1000000")
        #expect(content.isEmpty)
        #expect(reply.truncated == nil)
        #expect(connections == 1)
    }

    @Test func bodyUntilTheEndOfTheConnection() async throws {
        let (reply, content, _, connections) = try await ask(
            "127.73.0.5",
            .send("HTTP/1.0 200 OK\r\n\r\nall of it"),
            .close,
            times: 2
        )
        #expect(content == Array("all of it".utf8))
        #expect(reply.truncated == nil)
        #expect(connections == 2)
    }

    @Test func earlyEndIsTruncated() async throws {
        let (reply, content, raw, _) = try await ask(
            "127.73.0.6",
            .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
            .close
        )
        #expect(reply.truncated == .disconnect)
        #expect(content == Array("half".utf8))
        #expect(raw == content)
    }

    @Test func endlessBodyIsCut() async throws {
        let endless: [HostileServer.Act] = [
            .send("HTTP/1.1 200 OK\r\n\r\n"), .sendForEver(Array(repeating: 0x61, count: 65_536)),
        ]
        let (reply, content, _, _) = try await ask("127.73.0.7", endless[0], endless[1])
        #expect(reply.truncated == .length)
        #expect(content.count == 1 << 16)
        #expect(reply.contentLength == 1 << 16)
    }

    @Test func endlessHeadIsRefused() async throws {
        for line in [
            "X-Filler: \(String(repeating: "y", count: 4_000))\r\n", String(repeating: "a:\r\n", count: 1_000),
            "X-Open: y",
        ] {
            let error = try await #require(throws: GateError.self) {
                try await ask("127.73.0.8", .send("HTTP/1.1 200 OK\r\n"), .sendForEver(Array(line.utf8)))
            }
            guard case .protocolError = error.code else {
                Issue.record("\(error)")
                return
            }
            #expect(error.received.starts(with: "HTTP/1.1 200 OK\r\n".utf8))
        }
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 abc\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n",
    ])
    func whatIsNoHTTPIsAnErrorWithItsBytes(text: String) async throws {
        let error = try await #require(throws: GateError.self) {
            try await ask("127.73.0.9", .send(text), .close)
        }
        guard case .protocolError = error.code else {
            Issue.record("\(error)")
            return
        }
        #expect(error.received.starts(with: text.utf8.prefix(4)))
    }

    @Test(arguments: [
        "zz\r\nabc\r\n", "fffffffffffffffff\r\nabc", "-3\r\nabc\r\n", "3\r\nabcdef\r\n0\r\n\r\n",
    ])
    func brokenChunksTruncate(body: String) async throws {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"
        let (reply, content, raw, _) = try await ask("127.73.0.10", .send(head), .send(body))
        #expect(reply.truncated == .disconnect)
        #expect(reply.fault != nil)
        #expect(content.starts(with: "ok".utf8))
        #expect(raw.starts(with: "2\r\nok\r\n".utf8))
    }

    @Test func endlessChunkHeaderIsCut() async throws {
        let reply = try await ask(
            "127.73.0.11",
            .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"),
            .sendForEver(Array(repeating: 0x61, count: 65_536))
        ).reply
        #expect(reply.truncated != nil)
        #expect(reply.contentLength == 0)
    }

    @Test func slowBodyIsCutInTime() async throws {
        let limits = ExchangeLimits(minimumRate: 1_000, rateWindow: .milliseconds(300))
        let (reply, content, _, _) = try await ask(
            "127.73.0.12",
            .send("HTTP/1.1 200 OK\r\n\r\n"),
            .drip(Array(repeating: 0x61, count: 100_000), pause: 20),
            limits: limits
        )
        #expect(reply.truncated == .time)
        #expect(!content.isEmpty)
    }

    @Test func silenceTimesOut() async throws {
        let limits = ExchangeLimits(head: .milliseconds(200))
        for acts in [[HostileServer.Act](), [.send("HTTP/1.1 200 OK\r\nX: ")]] {
            let gate = Gate(scope: try scope("127.73.0.13"))
            let here = try address("127.73.0.13")
            let error = try await #require(throws: GateError.self) {
                try await HostileServer.running(at: here, HostileServer.Script { _ in acts }) { server in
                    try await gate.fetch(HTTPRequest(.get, web(server.endpoint)), limits: limits)
                }
            }
            #expect(error.code == .timedOut)
        }
    }

    @Test func unaskedBytesSpoilTheConnection() async throws {
        let twice = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"
        let (reply, content, _, connections) = try await ask("127.73.0.14", .send(twice + twice), times: 3)
        #expect(content == Array("x".utf8))
        #expect(reply.rawHead == Array(twice.utf8.dropLast()))
        #expect(connections == 3)
    }

    @Test func staleConnectionIsTriedOnceMore() async throws {
        let here = try address("127.73.0.15")
        let gate = Gate(scope: try scope("127.73.0.15"))
        let counts = Mutex(0)
        // Answers the first request on each connection, and hangs up on the second.
        let script = HostileServer.Script { received in
            guard HostileServer.wholeRequest(received) != nil else { return nil }
            let number = counts.withLock { count in
                count += 1
                return count
            }
            return number % 2 == 0 ? [.close] : [.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]
        }
        let connections = try await HostileServer.running(at: here, script) { server in
            for _ in 0..<4 {
                let (reply, content, _) = try await gate.fetch(
                    HTTPRequest(.get, web(server.endpoint)),
                    limits: Self.patient
                )
                #expect(reply.truncated == nil)
                #expect(content == Array("ok".utf8))
            }
            return server.connections
        }
        #expect(connections == 4)
        // A new connection that hangs up is not tried again.
        let error = try await #require(throws: GateError.self) {
            try await HostileServer.running(at: here, .reply(.close)) { server in
                try await gate.fetch(HTTPRequest(.get, web(server.endpoint)), limits: Self.patient)
            }
        }
        #expect(error.code == .closed)
    }

    @Test func receiverHoldsTheServerBack() async throws {
        let here = try address("127.73.0.16")
        let gate = Gate(scope: try scope("127.73.0.16"))
        struct Enough: Error {}
        let filler = Array(repeating: UInt8(0x61), count: 65_536)
        try await HostileServer.running(at: here, .reply(.send("HTTP/1.1 200 OK\r\n\r\n"), .sendForEver(filler))) {
            server in
            let largest = Mutex(0)
            await #expect(throws: Enough.self) {
                _ = try await gate.exchange(HTTPRequest(.get, web(server.endpoint))) { part in
                    guard case .body(let raw, _) = part else { return }
                    largest.withLock { $0 = max($0, raw.count) }
                    let seen = Mutex((sent: 0, times: 0))
                    // An endless body stalls only when nobody reads it.
                    try await wait(for: "the server to stall") {
                        seen.withLock { seen in
                            let sent = server.bytesSent
                            seen = sent == seen.sent ? (sent, seen.times + 1) : (sent, 0)
                            return seen.times == 20
                        }
                    }
                    throw Enough()
                }
            }
            #expect((1...1 << 20).contains(largest.withLock { $0 }))
        }
    }

    @Test(arguments: [
        "Cookie", "authorization", "Proxy-Authorization", "Host", "Transfer-Encoding", "X\r\nCookie", "", "X Y",
    ])
    func fieldsThatMayNotBeSent(name: String) async throws {
        let gate = Gate(scope: try scope("127.73.0.17"))
        let request = HTTPRequest(.get, WebAddress(scheme: .http, host: "127.73.0.17"), headers: [(name, "x")])
        await #expect(throws: GateError.self) { try await gate.fetch(request) }
        #expect(gate.tally.attempted == 0)
    }

    @Test(arguments: ["/a b", "/a\r\nX: y", "/\u{e9}"])
    func targetsThatMayNotBeSent(target: String) async throws {
        let gate = Gate(scope: try scope("127.73.0.17"))
        let request = HTTPRequest(.get, WebAddress(scheme: .http, host: "127.73.0.17", target: target))
        await #expect(throws: GateError.self) { try await gate.fetch(request) }
        let value = HTTPRequest(
            .get,
            WebAddress(scheme: .http, host: "127.73.0.17"),
            headers: [("If-None-Match", "a\nb")]
        )
        await #expect(throws: GateError.self) { try await gate.fetch(value) }
        #expect(gate.tally.attempted == 0)
    }

    @Test(.enabled(if: isInstalled("nginx"), "nginx is not installed"))
    func readsFromNginx() async throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try folder.write("file.bin", bytes)
        let gate = Gate(scope: try scope("127.73.1.1"))
        try await withNginx(at: try address("127.73.1.1"), server: "root \(folder.path);") { endpoint in
            for _ in 0..<3 {
                let (reply, content, _) = try await gate.fetch(HTTPRequest(.get, web(endpoint, "/file.bin")))
                #expect(reply.status == 200)
                #expect(content == bytes)
            }
            let range = HTTPRequest(.get, web(endpoint, "/file.bin"), headers: [("Range", "bytes=10-19")])
            #expect(try await gate.fetch(range).content == Array(bytes[10..<20]))
            #expect(try await gate.fetch(HTTPRequest(.head, web(endpoint, "/none"))).reply.status == 404)
        }
        #expect(gate.tally.opened == 1)
        #expect(gate.tally.requests == 5)
        await gate.close()
    }
}
