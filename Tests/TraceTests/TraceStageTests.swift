import Domain
import Foundation
import TestSupport
import Testing
import Trace
import Vault

@Suite struct TraceStageTests {
    private let log = """
        192.0.2.7 - - [15/Jan/2024:09:00:00 +0800] "GET /a HTTP/1.1" 200 10 "-" "Mozilla/5.0"
        192.0.2.7 - - [15/Jan/2024:09:20:00 +0800] "PUT /b HTTP/1.1" 201 5 "-" "Mozilla/5.0"
        198.51.100.9 - - [15/Jan/2024:10:00:00 +0800] "GET /a HTTP/1.1" 200 10 "-" "curl/8"
        nonsense
        203.0.113.5 - - [16/Jan/2024:10:00:00 +0800] "GET /a HTTP/1.1" 200 10 "-" "curl/8"
        """

    @Test func tellsLinesAndPlacesApart() async throws {
        try await withTemporaryFolder("trace") { folder in
            let data = try sources(in: folder)
            let outcome = try await trace(log, data: data, in: folder)
            #expect(outcome.completeness == .complete)
            #expect((outcome.lines, outcome.unparsedLines) == (5, 1))
            #expect(outcome.unparsed != nil)
            #expect(
                outcome.visits.map { "\($0.client) \($0.requests) \($0.writes) \($0.agent ?? "-")" } == [
                    "192.0.2.7 2 1 Mozilla/5.0", "198.51.100.9 1 0 curl/8", "203.0.113.5 1 0 curl/8",
                ]
            )
            #expect(outcome.visitors.map(\.line) == [.vpn, .hosting, .ordinary])
            #expect(
                outcome.visitors.map(\.lists) == [
                    ["Clouds (192.0.0.0/16)", "Exits (192.0.2.0/28)"], ["Clouds (198.51.100.0/24)"], [],
                ]
            )
            #expect(outcome.visitors.map(\.network) == ["Tunnel", nil, nil])
            #expect(
                outcome.visitors.last?.places.map { "\($0.city ?? "-") \($0.radius ?? -1) \($0.source)" } == [
                    "Dalian 100.0 First", "Shenyang -1.0 Second",
                ]
            )
            #expect(outcome.sources.map(\.name) == ["Clouds", "Exits", "First", "Second"])
            #expect(outcome.sources.map(\.date).contains(Day(year: 2023, month: 4, day: 1)))
            #expect(outcome.during?.notBefore == Timestamp("2024-01-15T01:00:00Z"))
        }
    }

    @Test func withoutSourcesVisitorsAreListedAllTheSame() async throws {
        try await withTemporaryFolder("trace") { folder in
            let outcome = try await trace(log, data: [], in: folder)
            #expect(outcome.sources.isEmpty)
            #expect(outcome.visitors.count == 3)
            #expect(outcome.visitors.allSatisfy { $0.places.isEmpty && $0.lists.isEmpty && $0.line == .ordinary })
        }
    }

    @Test(arguments: [
        ("10.1.2.3", "10.0.0.0/8"), ("127.0.0.1", "127.0.0.0/8"), ("172.31.255.255", "172.16.0.0/12"),
        ("fe80::1", "fe80::/10"),
        ("100.64.0.1", "100.64.0.0/10"), ("172.32.0.1", ""), ("2001:db8::1", ""), ("11.0.0.1", ""),
    ])
    func saysWhatIsNoInternetAddress(client: String, block: String) async throws {
        try await withTemporaryFolder("trace") { folder in
            let line = "\(client) - - [15/Jan/2024:09:00:00 +0800] \"GET /a HTTP/1.1\" 200 10 \"-\" \"curl/8\"\n"
            let visitor = try #require(try await trace(line, data: [], in: folder).visitors.first)
            #expect(visitor.lists == (block.isEmpty ? [] : ["not an Internet address (IANA, \(block))"]))
            #expect(visitor.line == .ordinary)
        }
    }

    @Test func aChangedSourceStopsTheWork() async throws {
        try await withTemporaryFolder("trace") { folder in
            let data = try sources(in: folder)
            try Data("192.0.2.0/24\n".utf8).write(to: URL(filePath: data[1].path))
            await #expect(throws: TraceError.self) { _ = try await trace(log, data: data, in: folder) }
        }
    }

    @Test func aPackedLogIsSaidToBeOne() async throws {
        try await withTemporaryFolder("trace") { folder in
            let outcome = try await trace([0x1f, 0x8b, 8, 0, 0, 0], data: [], in: folder)
            #expect(outcome.completeness == .incomplete(reason: "the log is packed with gzip"))
            #expect(outcome.lines == 0)
        }
    }

    @Test func aCancelledTraceKeepsWhatItHas() async throws {
        try await withTemporaryFolder("trace") { folder in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await trace(log, data: [], in: folder)
            }
            let outcome = try await task.value
            #expect(outcome.completeness != .complete)
        }
    }

    @Test(.enabled(if: isInstalled("nginx"), "nginx is not installed")) func readsWhatNginxWritesNow() async throws {
        let address = try #require(IPAddress("127.61.8.1"))
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "access.log")
        try await withNginx(at: address, server: "access_log \(file.path) combined; return 204;") { endpoint in
            try send("GET /a HTTP/1.0\r\nUser-Agent: first \"one\"\r\n\r\n", to: endpoint, from: "127.61.8.2")
            try send("POST /b HTTP/1.0\r\nContent-Length: 0\r\n\r\n", to: endpoint, from: "127.61.8.2")
            try send("\u{16}\u{3}\u{1}\r\n\r\n", to: endpoint, from: "127.61.8.3")
            // Where it lingers, nginx ends its side of a connection before it writes the line.
            try await wait(for: "three lines", within: .seconds(30)) { try logged(file).count >= 3 }
        }
        let outcome = try await trace(Array(logged(file).joined(separator: [0x0a])), data: [], in: folder.url)
        #expect((outcome.lines, outcome.unparsedLines) == (3, 0))
        #expect(
            outcome.visits.map { "\($0.client) \($0.requests) \($0.writes)" }.sorted()
                == ["127.61.8.2 2 1", "127.61.8.3 1 0"]
        )
    }

    /// The test's own lines: the launcher has knocked as well.
    private func logged(_ file: URL) throws -> [Data] {
        try Data(contentsOf: file).split(separator: 0x0a)
            .filter { $0.starts(with: "127.61.8.2 ".utf8) || $0.starts(with: "127.61.8.3 ".utf8) }
    }

    private func sources(in folder: URL) throws -> [TraceJob.DataFile] {
        let write = { (name: String, bytes: [UInt8], title: String, purpose: String) in
            let path = folder.appending(path: name).path(percentEncoded: false)
            try Data(bytes).write(to: URL(filePath: path))
            let side = "name = \"\(title)\"\npurpose = \"\(purpose)\"\nlicence = \"made for this test\"\n"
            try Data(side.utf8).write(to: URL(filePath: path + ".toml"))
            return try DataFolder.file(path)
        }
        return [
            try write("clouds.txt", Array("192.0.0.0/16 # Cloud\n198.51.100.0/24\n".utf8), "Clouds", "hosting"),
            try write("exits.txt", Array("192.0.2.0/28 # Tunnel\n".utf8), "Exits", "vpn"),
            try write(
                "a.mmdb",
                SmallPlaceDatabase.city("203.0.113.0/24", "CN", "Dalian", radius: 100).bytes(),
                "First",
                "places"
            ),
            try write(
                "b.mmdb",
                SmallPlaceDatabase.city("203.0.113.0/24", "CN", "Shenyang", radius: nil).bytes(),
                "Second",
                "places"
            ),
        ]
    }
}

func trace(_ log: String, data: [TraceJob.DataFile], in folder: URL) async throws -> TraceOutcome {
    try await trace(Array(log.utf8), data: data, in: folder)
}

func trace(_ log: [UInt8], data: [TraceJob.DataFile], in folder: URL) async throws -> TraceOutcome {
    let path = folder.appending(path: "vault").path(percentEncoded: false)
    let vault = try await Vault.create(at: path)
    do {
        let record = ResourceRecord(
            target: "http://127.0.0.1/access.log",
            contentType: "text/plain",
            bytes: log,
            at: Timestamp(seconds: 0)
        )
        let digest = try #require(try await vault.seal(record).payload)
        let run = RunID("2024-01-16-trace-1")
        let job = TraceJob(id: JobID(run: run, part: 1), run: run, log: digest, foundAt: "/access.log", data: data)
        let outcome = try await TraceStage(vault: vault).perform(job)
        await vault.close()
        return outcome
    } catch {
        await vault.close()
        throw error
    }
}
