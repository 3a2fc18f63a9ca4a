import Collect
import Domain
import Synchronization
import TestSupport
import Testing
import Vault
import Wire

/// Bodies that break off, and what is asked for afterwards.
@Suite struct ResumeTests {
    private let address = IPAddress(v4: 0x7f3d_0501)

    /// A server of one large file below `/`, which cuts every answer after so many bytes.
    private struct CuttingServer: Sendable {
        var content: [UInt8]
        var tag: String? = "\"v1\""
        /// Bytes of the body after which the connection is closed.
        var cut = Int.max
        var isAway = false
        /// How far beside the place that was asked for a partial answer begins.
        var error: UInt64 = 0

        func answer(_ request: String) -> [HostileServer.Act] {
            guard !request.hasPrefix("GET / ") else { return [.send(listing), .close] }
            guard !isAway else { return [.close] }
            let fields = request.split(separator: "\r\n").map(String.init)
            let validator = fields.first { $0.hasPrefix("If-Range: ") }?.dropFirst(10)
            let range = fields.first { $0.hasPrefix("Range: bytes=") }?.dropFirst(13).dropLast()
            var lines = ["Content-Type: video/mp4"]
            if let tag { lines.append("ETag: \(tag)") }
            guard let start = range.flatMap({ Int($0) }), validator.map(String.init) == tag else {
                return reply("200 OK", lines, content)
            }
            let first = UInt64(start) + error
            lines.append("Content-Range: bytes \(first)-\(UInt64(content.count) - 1 + error)/\(content.count)")
            return reply("206 Partial Content", lines, Array(content[start...]))
        }

        private func reply(_ status: String, _ fields: [String], _ body: [UInt8]) -> [HostileServer.Act] {
            let lines = fields + ["Content-Length: \(body.count)"]
            let head = "HTTP/1.1 \(status)\r\n" + lines.joined(separator: "\r\n") + "\r\n\r\n"
            return [.send(Array(head.utf8) + body.prefix(cut)), .close]
        }

        private var listing: [UInt8] {
            let row = "<a href=\"clip.mp4\">clip.mp4</a>  15-Jan-2024 09:13  \(content.count)\r\n"
            let page =
                "<html><head><title>Index of /</title></head><body><h1>Index of /</h1><hr>"
                + "<pre><a href=\"../\">../</a>\r\n\(row)</pre><hr></body></html>"
            return ScriptedServer.reply(body: page.utf8)
        }
    }

    private static let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }

    /// Runs the server, whose ways the body may change, and gives what files were asked for with which header fields.
    private func running(
        _ ways: CuttingServer,
        _ body: (Endpoint, Notebook, (CuttingServer) -> Void, () -> [String]) async throws -> Void
    ) async throws {
        let current = Mutex(ways)
        let script = HostileServer.Script { received in
            HostileServer.wholeRequest(received).map { request in current.withLock { $0 }.answer(request) }
        }
        try await HostileServer.running(at: address, script) { server in
            try await Notebook.with { notebook in
                let change = { (ways: CuttingServer) in current.withLock { $0 = ways } }
                let asked = {
                    server.received.map { String(decoding: $0, as: UTF8.self) }.filter { !$0.hasPrefix("GET / ") }
                }
                try await body(server.endpoint, notebook, change, asked)
                let report = try await notebook.vault.verify()
                #expect(report.faults.isEmpty, "\(report.faults)")
            }
        }
    }

    @Test func aFileThatBreaksOffIsGoneOnWithAtOnce() async throws {
        let server = CuttingServer(content: Self.content, cut: 100_000)
        try await running(server) { endpoint, notebook, _, asked in
            let outcome = try await notebook.collect(endpoint)
            #expect(outcome.completeness == .complete, "\(outcome.faults.map(\.what))")
            #expect(try notebook.bytes(outcome.change("clip.mp4")?.after) == Self.content)
            #expect(outcome.change("clip.mp4")?.after?.size == ListedSize(exactly: 300_000))
            #expect(outcome.counts.bodyBytes == 300_000)
            let ranges = asked().map { $0.split(separator: "\r\n").first { $0.hasPrefix("Range") } ?? "none" }
            #expect(ranges == ["none", "Range: bytes=100000-", "Range: bytes=200000-"])
            #expect(asked().dropFirst().allSatisfy { $0.contains("\r\nIf-Range: \"v1\"\r\n") })
        }
    }

    /// The beginning that one run has sealed is not asked for again by the next; and the entry has not changed.
    @Test func theNextRunGoesOn() async throws {
        var server = CuttingServer(content: Self.content, cut: 20_000)
        try await running(server) { endpoint, notebook, change, asked in
            let first = try await notebook.collect(endpoint)
            #expect(first.kinds == ["clip.mp4": .added])
            #expect(first.change("clip.mp4")?.after?.payload == nil)
            let begun = asked().count
            server.cut = .max
            change(server)
            let second = try await notebook.collect(endpoint, day: 1, after: first)
            #expect(second.completeness == .complete, "\(second.faults.map(\.what))")
            #expect(second.changes == [])
            #expect(second.lateBytes.map(\.path.description) == ["clip.mp4"])
            #expect(try notebook.bytes(second.lateBytes.first?.version) == Self.content)
            #expect(asked().dropFirst(begun).map { $0.contains("Range: bytes=180000-") } == [true])
            #expect(second.counts.bodyBytes == 120_000)
        }
    }

    /// What was killed, or took as much as a run may, is gone on with from the last piece that was sealed.
    @Test func largeFilesComeInPieces() async throws {
        // Long enough that what the kernel hands over at one time is less than a piece.
        let content = Array(repeatElement(Self.content, count: 20).joined())
        try await running(CuttingServer(content: content)) { endpoint, notebook, _, asked in
            var notebook = notebook
            notebook.patience.pieceBytes = 500_000
            notebook.limits.runBytes = 2_500_000
            let first = try await notebook.collect(endpoint)
            #expect(first.completeness != .complete)
            #expect(first.changes == [])
            #expect((2_500_000..<6_000_000).contains(first.counts.bodyBytes))
            let begun = asked().count
            #expect(begun > 1)
            notebook.limits.runBytes = 1 << 30
            let second = try await notebook.collect(endpoint, day: 1, after: first)
            #expect(second.kinds == ["clip.mp4": .added])
            #expect(try notebook.bytes(second.change("clip.mp4")?.after) == content)
            #expect(first.counts.bodyBytes + second.counts.bodyBytes == 6_000_000)
            #expect(asked().dropFirst(begun).first?.contains("Range: bytes=\(first.counts.bodyBytes)-") == true)
        }
    }

    @Test func anotherFileIsReadFromItsStart() async throws {
        var server = CuttingServer(content: Self.content, cut: 20_000)
        try await running(server) { endpoint, notebook, change, _ in
            let first = try await notebook.collect(endpoint)
            server = CuttingServer(content: Self.content.reversed(), tag: "\"v2\"")
            change(server)
            let second = try await notebook.collect(endpoint, day: 1, after: first)
            #expect(try notebook.bytes(second.lateBytes.first?.version) == Self.content.reversed())
        }
    }

    /// A weak tag, or none, vouches for no bytes: nothing is put together.
    @Test(arguments: ["W/\"v1\"", nil]) func withoutAStrongTagNothingIsGoneOnWith(tag: String?) async throws {
        var server = CuttingServer(content: Self.content, tag: tag, cut: 100_000)
        try await running(server) { endpoint, notebook, change, asked in
            let first = try await notebook.collect(endpoint)
            #expect(first.change("clip.mp4")?.after?.payload == nil)
            server.cut = .max
            change(server)
            let second = try await notebook.collect(endpoint, day: 1, after: first)
            #expect(try notebook.bytes(second.lateBytes.first?.version) == Self.content)
            #expect(asked().allSatisfy { !$0.contains("Range") })
        }
    }

    /// A server whose partial answers begin elsewhere than was asked gets nothing put together.
    @Test func aLyingRangeIsNoPiece() async throws {
        var server = CuttingServer(content: Self.content, cut: 100_000)
        server.error = 7
        try await running(server) { endpoint, notebook, change, _ in
            let first = try await notebook.collect(endpoint)
            #expect(first.change("clip.mp4")?.after?.payload == nil)
            #expect(first.faults.contains { $0.what.contains("206") })
            server.cut = .max
            change(server)
            let second = try await notebook.collect(endpoint, day: 1, after: first)
            #expect(try notebook.bytes(second.lateBytes.first?.version) == Self.content)
        }
    }

    /// A server that only drips is as good as a silent one: it is left alone, and nothing is called gone.
    @Test func aDrippingServerIsLeftAlone() async throws {
        let rows = (0..<60).map { "<a href=\"f\($0)\">f\($0)</a>  15-Jan-2024 09:13  9000\r\n" }.joined()
        let page =
            "<html><head><title>Index of /</title></head><body><h1>Index of /</h1><hr>"
            + "<pre><a href=\"../\">../</a>\r\n\(rows)</pre><hr></body></html>"
        let script = HostileServer.Script { received in
            guard let request = HostileServer.wholeRequest(received) else { return nil }
            guard !request.hasPrefix("GET / ") else { return [.send(ScriptedServer.reply(body: page.utf8)), .close] }
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"
            return [.send(head), .drip([UInt8](repeating: 0x20, count: 9_000), pause: 20)]
        }
        try await HostileServer.running(at: address, script) { server in
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.patience.rateWindow = .milliseconds(200)
                notebook.patience.failures = 4
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.completeness != .complete)
                #expect(outcome.changes.allSatisfy { $0.kind == .added && $0.after?.payload == nil })
                #expect(outcome.faults.contains { $0.what.contains("cut off (time)") })
                #expect(server.received.count < 30)
            }
        }
    }

    /// A source that is watched first and copied later has not changed in the meantime.
    @Test func copyingWhatWasOnlyWatchedIsNoChange() async throws {
        let server = CuttingServer(content: Self.content)
        try await running(server) { endpoint, notebook, _, _ in
            var notebook = notebook
            notebook.level = .observe
            let first = try await notebook.collect(endpoint)
            #expect(first.kinds == ["clip.mp4": .added])
            notebook.level = .mirror
            let second = try await notebook.collect(endpoint, day: 1, after: first)
            #expect(second.changes == [])
            #expect(try notebook.bytes(second.lateBytes.first?.version) == Self.content)
            let third = try await notebook.collect(endpoint, day: 2, after: second)
            #expect(third.changes == [] && third.lateBytes == [] && third.counts.bodyRequests == 0)
        }
    }
}
