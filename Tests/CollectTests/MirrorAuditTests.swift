import Collect
import Domain
import Synchronization
import TestSupport
import Testing

/// Reading again what listings show unchanged.
@Suite struct MirrorAuditTests {
    private static let count = 400

    /// A server of many files; the bytes of those named are others, and no listing shows it.
    private func running(
        _ body: (Notebook, ScriptedServer, @escaping (Set<String>) -> Void) async throws -> Void
    ) async throws {
        let rewritten = Mutex<Set<String>>([])
        let rows = (0..<Self.count).map { "<a href=\"f\($0)\">f\($0)</a>  15-Jan-2024 09:13  1\r\n" }.joined()
        let page =
            "<html><head><title>Index of /</title></head><body><h1>Index of /</h1><hr>"
            + "<pre><a href=\"../\">../</a>\r\n\(rows)</pre><hr></body></html>"
        let answer: @Sendable (String) -> [UInt8] = { target in
            guard target != "/" else { return ScriptedServer.reply(body: page.utf8) }
            let isOther = rewritten.withLock { $0.contains(target) }
            return ScriptedServer.reply(200, ["Content-Type": "text/plain"], body: (isOther ? "y" : "x").utf8)
        }
        try await ScriptedServer.running(at: IPAddress(v4: 0x7f3d_0a01), answer: answer) { server in
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.limits.rereadAfterDays = 36_500
                try await body(notebook, server) { names in rewritten.withLock { $0 = names } }
            }
        }
    }

    @Test func aShareIsDrawnADay() async throws {
        try await running { notebook, server, rewrite in
            var notebook = notebook
            notebook.limits.auditShare = 0.25
            let first = try await notebook.collect(server.endpoint)
            #expect(first.audit?.files == 0 && first.audit?.changedAtMost == nil)
            let again = try await notebook.collect(server.endpoint, after: first)
            #expect(again.counts.reread == 0, "a second look at the same day draws nothing")
            rewrite(Set((0..<Self.count).map { "/f\($0)" }))
            let second = try await notebook.collect(server.endpoint, day: 1, after: again)
            let drawn = try #require(second.audit?.drawn)
            #expect((60...140).contains(drawn), "100 of 400 are expected")
            #expect(second.audit?.files == Self.count && second.audit?.changed == drawn)
            #expect(second.changes.count == drawn && second.counts.bodyRequests == drawn)
            #expect(second.changes.allSatisfy { $0.kind == .changed && $0.reason == "size and time kept" })
            notebook.salt = 2
            let third = try await notebook.collect(server.endpoint, day: 3, after: second)
            let later = try #require(third.audit?.drawn)
            #expect((130...220).contains(later), "two days count twice: 175 are expected")
            #expect(third.changes.map(\.path) != second.changes.map(\.path))
        }
    }

    /// A run that goes on in a second job draws the same files, and no others.
    @Test func jobsOfOneRunDrawTheSame() async throws {
        try await running { notebook, server, _ in
            var notebook = notebook
            notebook.limits.auditShare = 0.25
            let first = try await notebook.collect(server.endpoint)
            let whole = try await notebook.collect(server.endpoint, day: 1, after: first)
            let asked = Set(server.requests.dropFirst(Self.count + 1))
            notebook.limits.runBytes = 20
            let begun = try await notebook.collect(server.endpoint, day: 1, after: first)
            #expect(begun.completeness != .complete && begun.counts.reread < whole.counts.reread)
            notebook.limits.runBytes = 1 << 30
            let before = server.requests.count
            let rest = try await notebook.collect(server.endpoint, day: 1, after: begun)
            #expect(begun.counts.reread + rest.counts.reread == whole.counts.reread)
            #expect(Set(server.requests.dropFirst(before)).isSubset(of: asked))
        }
    }

    @Test func everythingIsReadWhereAllIsAskedFor() async throws {
        try await running { notebook, server, rewrite in
            var notebook = notebook
            notebook.limits.auditShare = 1
            let first = try await notebook.collect(server.endpoint)
            rewrite(["/f7"])
            let second = try await notebook.collect(server.endpoint, day: 1, after: first)
            #expect(second.kinds == ["f7": .changed])
            #expect(second.audit?.drawn == Self.count && second.audit?.chances.first?.probability == 1)
        }
    }
}
