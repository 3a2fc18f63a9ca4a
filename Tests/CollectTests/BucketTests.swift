import Collect
import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

/// Buckets: keys that are listed part by part, and asked for as the bytes they are.
@Suite struct BucketTests {
    private static let real: [ObjectServer] = [.rclone, .moto]
    private static let base = "/\(ObjectServer.bucket)/"

    /// Objects by key, put where the server has them.
    private func put(_ objects: [(key: String, text: String)], at endpoint: Endpoint, _ folder: String?) throws {
        for (key, text) in objects {
            if let folder {
                try Shelf(folder: URL(filePath: folder)).put(key, text)
            } else {
                try curl([
                    "-X", "PUT", "--data-binary", text, "http://\(endpoint)\(Self.base)\(PathName(bytes: key.utf8))",
                ])
            }
        }
    }

    private func curl(_ arguments: [String]) throws {
        let asking = Process()
        asking.executableURL = URL(filePath: "/usr/bin/curl")
        // Signed, though by nobody: moto's server takes changes from those alone.
        let header = ["Authorization: AWS nobody:signature", "x-amz-acl: public-read", "Content-Type: text/plain"]
        asking.arguments = ["-sS", "-f", "-o", "/dev/null"] + header.flatMap { ["-H", $0] } + arguments
        try asking.run()
        asking.waitUntilExit()
        #expect(asking.terminationStatus == 0)
    }

    @Test(
        .enabled(if: real.contains { $0.program != nil }, "needs rclone or moto: name their venv in AJAR_TOOLS"),
        arguments: real.filter { $0.program != nil }
    )
    func everyKeyIsCollected(server: ObjectServer) async throws {
        try await server.running(isOpen: true) { endpoint, folder in
            let few = [
                ("a.txt", "one"), ("sub dir/b%41+c&d.txt", "two"), ("sub dir/deep/\u{955c}\u{5934}.txt", "three"),
                ("tilde~(1).txt", "four"),
            ]
            try put(few, at: endpoint, folder)
            if let folder {
                let many = Shelf(folder: URL(filePath: folder))
                for number in 1_001...2_001 { try many.put("many/f\(number)", "x") }
            } else {
                try curl([
                    "-X", "PUT", "--data-binary", "x",
                    "http://\(endpoint)\(Self.base)many/f[1001-2001]",
                ])
            }
            try await Notebook.with { notebook in
                let first = try await notebook.collect(endpoint, Self.base)
                #expect(first.completeness == .complete, "\(first.faults.map(\.what))")
                #expect(first.faults == [])
                #expect(first.counts.entries == 1_005)
                #expect(first.changes.count { $0.after?.payload != nil } == 1_005)
                for (key, text) in few {
                    let change = try #require(first.changes.first { $0.path.bytes == Array(key.utf8) })
                    #expect(try notebook.bytes(change.after) == Array(text.utf8))
                    #expect(change.after?.size?.isExact == true)
                }
                // The base, `sub dir/`, `sub dir/deep/`, and `many/` in two parts; once as the first look finds out how.
                #expect(first.counts.listingRequests == 6)

                let second = try await notebook.collect(endpoint, Self.base, day: 1, after: first)
                #expect(second.completeness == .complete, "\(second.faults.map(\.what))")
                #expect(second.changes == [] && second.counts.bodyRequests == 0)
                #expect(second.counts.listingRequests == 5)

                try put([("a.txt", "uno"), ("new/z", "z")], at: endpoint, folder)
                if let folder {
                    try Shelf(folder: URL(filePath: folder)).put("a.txt", "uno", 1_705_000_021)
                    try Shelf(folder: URL(filePath: folder)).remove("tilde~(1).txt")
                } else {
                    try curl(["-X", "DELETE", "http://\(endpoint)\(Self.base)tilde~%281%29.txt"])
                }
                try await awaitFreshListing(server)
                let third = try await notebook.collect(endpoint, Self.base, day: 2, after: second)
                #expect(third.kinds == ["a.txt": .changed, "new/z": .added, "tilde~%281%29.txt": .removed])
                #expect(third.completeness == .complete, "\(third.faults.map(\.what))")
            }
        }
    }

    /// rclone looks into its folders again after 100 milliseconds.
    private func awaitFreshListing(_ server: ObjectServer) async throws {
        guard server == .rclone else { return }
        let end = ContinuousClock.now + .milliseconds(150)
        try await wait(for: "the folders' new look", within: .seconds(5)) { ContinuousClock.now > end }
    }

    /// A bucket as a script: `answer` gets the query's pairs.
    private func running(
        files: @escaping @Sendable (String) -> [UInt8] = { _ in ScriptedServer.reply(body: "x".utf8) },
        answer: @escaping @Sendable ([String: String]) -> String?,
        _ body: (Notebook, ScriptedServer) async throws -> Void
    ) async throws {
        let reply: @Sendable (String) -> [UInt8] = { target in
            guard target.hasPrefix("/b/?") || target == "/b/" else { return files(target) }
            let pairs = target.split(separator: "?").dropFirst().joined().split(separator: "&").map {
                $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            }
            let query = Dictionary(pairs.map { ($0[0], $0.count > 1 ? $0[1] : "") }) { $1 }
            guard let page = answer(query) else {
                return ScriptedServer.reply(501, body: "<Error><Code>NotImplemented</Code></Error>".utf8)
            }
            let head = "<?xml version=\"1.0\"?><ListBucketResult><Name>b</Name>"
            return ScriptedServer.reply(body: "\(head)\(page)</ListBucketResult>".utf8)
        }
        try await ScriptedServer.running(at: IPAddress(v4: 0x7f3d_0701), answer: reply) { server in
            try await Notebook.with { try await body($0, server) }
        }
    }

    private static func object(_ key: String) -> String {
        "<Contents><Key>\(key)</Key><LastModified>2024-01-15T09:13:20.000Z</LastModified><ETag>&quot;e&quot;</ETag>"
            + "<Size>1</Size></Contents>"
    }

    private static let whole = "<IsTruncated>false</IsTruncated>"
    private static let part = "<IsTruncated>true</IsTruncated>"

    @Test func theFirstVersionGoesOnBehindAMarker() async throws {
        try await running { query in
            if query["list-type"] != nil { return nil }
            if query["marker"] == "b.txt" { return Self.whole + Self.object("c.txt") }
            return Self.part + Self.object("a.txt") + Self.object("b.txt")
        } _: { notebook, server in
            let outcome = try await notebook.collect(server.endpoint, "/b/")
            #expect(outcome.kinds == ["a.txt": .added, "b.txt": .added, "c.txt": .added])
            #expect(outcome.completeness == .complete)
            let next = try await notebook.collect(server.endpoint, "/b/", day: 1, after: outcome)
            #expect(next.changes == [] && next.completeness == .complete)
        }
    }

    /// Keys are bytes: double slashes, dots, escapes and blanks stay what they are.
    @Test func oddKeysAreAskedForAsTheyAre() async throws {
        let keys = ["dir//double.txt", "/abs.txt", "%41.txt", "caf%E9.txt", "a b+c.txt"]
        let answer: @Sendable ([String: String]) -> String? = { query in
            let prefix = (query["prefix"] ?? "").replacing("%2F", with: "/")
            let shown = ["dir//double.txt", "/abs.txt", "%2541.txt", "caf%E9.txt", "a+b%2Bc.txt", "../up.txt"]
            // This server does not put keys together, whatever the delimiter.
            return Self.whole + "<EncodingType>url</EncodingType>"
                + shown.filter { $0.hasPrefix(prefix) }.map(Self.object).joined()
        }
        try await running(answer: answer) { notebook, server in
            let outcome = try await notebook.collect(server.endpoint, "/b/")
            #expect(outcome.faults.map(\.what) == ["1 rows have names that no file can have"])
            #expect(
                Set(outcome.kinds.keys) == ["dir//double.txt", "/abs.txt", "%2541.txt", "caf%E9.txt", "a%20b%2Bc.txt"]
            )
            let asked = Set(server.requests.filter { !$0.contains("?") && $0 != "/b/" })
            #expect(
                asked == ["/b/dir//double.txt", "/b//abs.txt", "/b/%2541.txt", "/b/caf%E9.txt", "/b/a%20b%2Bc.txt"]
            )
            #expect(keys.count == asked.count)
        }
    }

    private static let liars: [(name: String, next: @Sendable (String?) -> String)] = [
        ("the same token again", { _ in "t" }),
        ("two tokens in turn", { $0 == "a" ? "b" : "a" }),
        ("ever new tokens", { "n\((Int($0?.dropFirst() ?? "") ?? 0) + 1)" }),
    ]

    /// A listing without an honest end shows no absence, and the run ends.
    @Test(arguments: liars.map(\.name)) func endlessContinuationEnds(name: String) async throws {
        let next = try #require(Self.liars.first { $0.name == name }).next
        let lies = Mutex(false)
        try await running { query in
            guard lies.withLock({ $0 }) else { return Self.whole + Self.object("a.txt") + Self.object("z.txt") }
            let token = next(query["continuation-token"])
            return Self.part + "<NextContinuationToken>\(token)</NextContinuationToken>" + Self.object("a.txt")
        } _: { notebook, server in
            let first = try await notebook.collect(server.endpoint, "/b/")
            #expect(first.completeness == .complete)
            lies.withLock { $0 = true }
            let second = try await notebook.collect(server.endpoint, "/b/", day: 1, after: first)
            #expect(second.kinds == ["z.txt": .unknown])
            #expect(second.completeness != .complete)
            #expect(second.counts.listingRequests < 40)
            #expect(second.faults.contains { $0.what.hasPrefix("goes on ") }, "\(second.faults.map(\.what))")
        }
    }

    @Test func endlessKeysEndAtTheLimit() async throws {
        try await running { query in
            let start = Int(query["continuation-token"] ?? "0") ?? 0
            return Self.part + "<NextContinuationToken>\(start + 50)</NextContinuationToken>"
                + (start..<start + 50).map { Self.object("k\($0)") }.joined()
        } _: { notebook, server in
            var notebook = notebook
            notebook.limits.entries = 200
            notebook.level = .observe
            let outcome = try await notebook.collect(server.endpoint, "/b/")
            #expect(outcome.counts.entries == 200)
            #expect(outcome.counts.listingRequests <= 7)
            #expect(outcome.completeness != .complete)
        }
    }

    /// The second part fails: what the first showed is known, and of the rest nothing is said to be gone.
    @Test func aPartThatFailsMakesNothingGone() async throws {
        let fails = Mutex(false)
        try await running { query in
            guard query["continuation-token"] != nil else {
                return Self.part + "<NextContinuationToken>t</NextContinuationToken>" + Self.object("a.txt")
            }
            return fails.withLock { $0 } ? nil : Self.whole + Self.object("b.txt") + Self.object("c.txt")
        } _: { notebook, server in
            let first = try await notebook.collect(server.endpoint, "/b/")
            #expect(first.completeness == .complete && first.changes.count == 3)
            fails.withLock { $0 = true }
            let second = try await notebook.collect(server.endpoint, "/b/", day: 1, after: first)
            #expect(second.kinds == ["b.txt": .unknown, "c.txt": .unknown])
            fails.withLock { $0 = false }
            let third = try await notebook.collect(server.endpoint, "/b/", day: 2, after: second)
            #expect(third.changes == [] && third.completeness == .complete)
        }
    }
}
