import Domain
import Foundation
import Synchronization
import TestSupport
import Testing
import Vault

@testable import Collect

/// What is known of a source, packed and sealed, comes back as it was.
@Suite struct StateTests {
    private static let noon = Timestamp(seconds: 1_705_320_000)
    private static let source = Source(
        base: WebAddress(scheme: .http, host: "files.example", target: "/"),
        endpoint: Endpoint(IPAddress(v4: 0x7f42_0001), 80),
        kind: .listing
    )

    private static func digest(_ number: Int) -> Digest { Digest(of: Array("\(number)".utf8)) }

    private static func version(_ number: Int) -> EntryVersion {
        EntryVersion(
            size: ListedSize(atLeast: UInt64(number), atMost: UInt64(number) + 512),
            modified: TimeBounds(notBefore: nil, notAfter: Timestamp(microseconds: -Int64(number))),
            payload: digest(number),
            seal: Seal(
                leaf: .max - UInt64(number),
                record: number % 2 == 0 ? "urn:uuid:\(UUID().uuidString.lowercased())" : "urn:uuid:No Such \(number)",
                payload: number % 3 == 0 ? nil : digest(number),
                length: UInt64(number) << 40,
                offset: number % 5 == 0 ? 7 : nil
            ),
            readAt: noon
        )
    }

    private static func entry(_ path: String, _ number: Int, seen: Timestamp = noon) -> KnownEntry {
        var entry = KnownEntry(path: PathName(bytes: path.utf8), seen: seen)
        if path.last != "/", !path.isEmpty { entry.version = version(number) }
        if number % 2 == 1 { entry.shown = "15-Jan-2024 09:13 \(number)" }
        if number % 4 == 1 { entry.target = "/%7e\(number)" }
        if number % 6 == 5 { entry.removed = TimeBounds(notBefore: noon, notAfter: nil) }
        if number % 7 == 3 {
            entry.owed = OwedChange(
                kind: .changed,
                when: TimeBounds(notBefore: nil, notAfter: noon),
                before: version(number + 1),
                reason: "größer"
            )
        }
        if path.last == "/" || path.isEmpty { (entry.looked, entry.format) = (noon, "nginx") }
        return entry
    }

    @Test(arguments: 0..<90) func packsAndUnpacks(number: Int) throws {
        let entry = Self.entry(number % 9 == 0 ? "a/b/" : "a/b", number)
        let packed = PackedEntry.bytes(of: entry)
        let read = try #require(PackedEntry.entry(at: entry.path, seen: entry.seen, from: packed[...]))
        #expect(read == entry)
        #expect(PackedEntry.isLive(packed[...]) == entry.isLive)
    }

    @Test func pathsKeepTheirPlacesAndTheirOrder() {
        var tree = EntryTree()
        let names =
            (0..<5_000).map { "folder-\($0 % 70)/\($0 % 3 == 0 ? "in/" : "")file \($0).dat" } + ["a", "a/", "a-b"]
        var places: [String: EntryTree.ID] = [:]
        for name in names { places[name] = tree.place(of: PathName(bytes: name.utf8)) }
        for name in names {
            let path = PathName(bytes: name.utf8)
            #expect(tree.find(path) == places[name] && tree.place(of: path) == places[name])
            #expect(places[name].map(tree.path) == path)
        }
        #expect(tree.find(PathName(bytes: "folder-1".utf8)) == nil)
        #expect(tree.find(PathName(bytes: [])) == .base)
        let top = tree.sorted(tree.children(of: .base)).map { String(decoding: tree.name(of: $0), as: UTF8.self) }
        #expect(top == top.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
        #expect(Array(top.prefix(3)) == ["a", "a-b", "a/"])
    }

    /// Room that changes leave behind is used again, and nothing else is lost with it.
    @Test func whatChangesOftenIsCompacted() throws {
        var tree = EntryTree()
        let kept = tree.place(of: PathName(bytes: "kept".utf8))
        tree.keep([1, 2, 3], at: kept)
        let place = tree.place(of: PathName(bytes: "often".utf8))
        for round in 0..<200 { tree.keep([UInt8](repeating: UInt8(round), count: 1 << 19), at: place) }
        #expect(!tree.isFull)
        #expect(tree.known(at: place).count == 1 << 19 && tree.known(at: place).first == 199)
        #expect(tree.known(at: kept) == [1, 2, 3])
    }

    private func job(_ day: Int, previous: Digest?) -> CollectJob {
        let run = RunID("2024-01-15-collect-\(day)")
        return CollectJob(
            id: JobID(run: run, part: 1),
            run: run,
            source: Self.source,
            level: .mirror,
            previous: previous
        )
    }

    private func all(_ state: SourceState) -> [KnownEntry] {
        var entries: [KnownEntry] = []
        var waiting = [EntryTree.ID.base]
        while let place = waiting.popLast() {
            if let entry = state.entry(at: place) { entries.append(entry) }
            waiting += state.tree.sorted(state.tree.children(of: place)).reversed()
        }
        return entries
    }

    /// Day after day only some entries change, others are not seen, and folders are looked at whole, in part or not at all.
    @Test func manyDaysComeBackAsTheyWere() async throws {
        try await Notebook.with { notebook in
            let vault = notebook.vault
            var state = SourceState()
            state.settle(Self.entry("", 0))
            for folder in 0..<12 {
                state.settle(Self.entry("folder-\(folder)/", 0))
                for file in 0..<40 { state.set(Self.entry("folder-\(folder)/file \(file)", folder * 40 + file)) }
            }
            var digest = try await state.seal(in: vault, after: job(1, previous: nil), at: Self.noon)
            var lengths = [vault.length(of: digest) ?? 0]
            for day in 2...45 {
                var next = try SourceState(reading: digest, of: Self.source, from: vault)
                #expect(all(next) == all(state), "day \(day)")
                let now = Self.noon.adding(seconds: Int64(day) * 86_400)
                for folder in 0..<12 where (folder + day) % 5 != 0 {
                    let path = "folder-\(folder)/"
                    let look = next.beginLook()
                    for file in 0..<40 where (file + day) % 11 != 0 {
                        let name = PathName(bytes: "\(path)file \(file)".utf8)
                        let isNew = next.mark(name, by: look)
                        let isNewAgain = next.mark(name, by: look)
                        #expect(isNew && !isNewAgain)
                        next.touch(name, at: now)
                        if file == day % 40 { next.set(Self.entry("\(path)file \(file)", day * 31, seen: now)) }
                    }
                    let absent = next.absent(from: look, in: PathName(bytes: path.utf8))
                    #expect(absent.allSatisfy { next.entry(at: $0).map { $0.isLive && $0.seen < now } == true })
                    if folder % 4 == 0, let gone = absent.first.flatMap({ next.entry(at: $0) }) {
                        next.change(gone.path) { $0.removed = TimeBounds(notBefore: gone.seen, notAfter: now) }
                    }
                    var entry = try #require(next[PathName(bytes: path.utf8)])
                    entry.seen = now
                    if folder % 3 != 0 { entry.looked = now }
                    next.settle(entry)
                }
                digest = try await next.seal(in: vault, after: job(day, previous: digest), at: now)
                lengths.append(vault.length(of: digest) ?? 0)
                state = next
            }
            #expect(all(try SourceState(reading: digest, of: Self.source, from: vault)) == all(state))
            // Most days cost much less than the whole, which is written anew now and then.
            let whole = try #require(lengths.first)
            #expect(lengths.dropFirst().filter { $0 * 2 > whole }.count < 15)
            #expect(lengths.dropFirst().contains { $0 * 2 > whole })
        }
    }

    /// A state that was sealed in the first form is read as it stands.
    @Test func theFirstFormIsRead() async throws {
        try await Notebook.with { notebook in
            let encoder = JSONEncoder()
            var lines: [Data] = [
                Data(
                    #"{"base":"\#(Self.source.base)","form":"ajar collect state 1","run":"2024-01-15-collect-1"}"#.utf8
                )
            ]
            let entries = [Self.entry("", 0), Self.entry("a", 1), Self.entry("b/", 0), Self.entry("b/c", 4)]
            for entry in entries { lines.append(try encoder.encode(entry)) }
            let bytes = lines.flatMap { Array($0) + [UInt8(ascii: "\n")] }
            let record = ResourceRecord(
                target: "ajar:collect-state/x",
                contentType: "application/jsonl",
                bytes: bytes,
                at: Self.noon
            )
            let digest = try #require(try await notebook.vault.seal(record).payload)
            let state = try SourceState(reading: digest, of: Self.source, from: notebook.vault)
            #expect(all(state) == entries)
            #expect(state.origin == StateOrigin(last: digest, whole: UInt64(bytes.count)))
        }
    }

    @Test(arguments: [
        "", "{}\n", "nonsense\n", #"{"base":"http://files.example/","form":"ajar collect state 9","run":"r"}"# + "\n",
        #"{"base":"http://other.example/","form":"ajar collect state 2","run":"r"}"# + "\n",
        #"{"base":"http://files.example/","form":"ajar collect state 2","run":"r"}"#,
        #"{"base":"http://files.example/","form":"ajar collect state 2","run":"r"}"# + "\n{\"entry\":7}\n",
    ]) func aDamagedStateIsRefused(text: String) async throws {
        try await Notebook.with { notebook in
            let record = ResourceRecord(
                target: "ajar:collect-state/x",
                contentType: "application/jsonl",
                bytes: Array(text.utf8),
                at: Self.noon
            )
            let digest = try #require(try await notebook.vault.seal(record).payload)
            #expect(throws: CollectError.self) {
                try SourceState(reading: digest, of: Self.source, from: notebook.vault)
            }
        }
    }

    /// More changes than an outcome holds are sealed beside it, and none is lost.
    @Test func manyChangesAreSealedBesideTheOutcome() async throws {
        let count = ChangeBook.most * 2 + 100
        let answer: @Sendable (String) -> [UInt8] = { target in
            let rows = (0..<count).map { "<a href=\"f\($0)\">f\($0)</a>  15-Jan-2024 09:13  100\r\n" }
            let head = "<html><head><title>Index of \(target)</title></head><body><h1>Index of \(target)</h1><hr>"
            let page = "\(head)<pre><a href=\"../\">../</a>\r\n\(rows.joined())</pre><hr></body></html>"
            return ScriptedServer.reply(body: page.utf8)
        }
        try await ScriptedServer.running(at: IPAddress(v4: 0x7f3d_0602), answer: answer) { server in
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.level = .observe
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.completeness == .complete)
                #expect(outcome.changeCounts == [.added: count])
                #expect(outcome.changes.count < ChangeBook.most)
                let further = try #require(outcome.further)
                var paths = Set(outcome.changes.map(\.path))
                let payload = try #require(further.seal.payload)
                let isWhole = try notebook.vault.lines(of: payload, upTo: 1 << 16) { line in
                    let line = try JSONDecoder().decode(FurtherChanges.Line.self, from: Data(line))
                    if let change = line.change { paths.insert(change.path) }
                    return true
                }
                #expect(isWhole && paths.count == count)
                let second = try await notebook.collect(server.endpoint, day: 1, after: outcome)
                #expect(second.changes.isEmpty && second.further == nil && second.completeness == .complete)
            }
        }
    }
}

/// Files of a long listing are asked for while the rest of it is still to come.
@Suite struct EarlyRowsTests {
    @Test func filesAreReadWhileTheListingComes() async throws {
        let count = 30_000
        let rows = (0..<count).map { "<a href=\"f\($0)\">f\($0)</a>  15-Jan-2024 09:13  3\r\n" }
        let head =
            "<html><head><title>Index of /</title></head><body><h1>Index of /</h1><hr><pre><a href=\"../\">../</a>\r\n"
        let length = rows.reduce(head.utf8.count) { $0 + $1.utf8.count } + 26
        // Guards how many files were asked for before the last part of the page was sent.
        let state = Mutex((asked: 0, before: 0))
        let script = HostileServer.Script { received in
            guard let request = HostileServer.wholeRequest(received) else { return nil }
            guard request.hasPrefix("GET / ") else {
                state.withLock { $0.asked += 1 }
                return [.send(ScriptedServer.reply(body: "abc".utf8)), .close]
            }
            let first = rows.prefix(count - 10).joined()
            let last = rows.suffix(10).joined() + "</pre><hr></body></html>\r\n"
            return [
                .send(
                    Array(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(length)\r\n\r\n\(head)\(first)"
                            .utf8
                    )
                ),
                .wait(looks: 3_000) {
                    state.withLock { state in
                        state.before = state.asked
                        return state.asked > 0
                    }
                },
                .send(Array(last.utf8)), .close,
            ]
        }
        try await HostileServer.running(at: IPAddress(v4: 0x7f3d_0603), script) { server in
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.level = .sample
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.completeness == .complete)
                #expect(outcome.changeCounts == [.added: count])
                #expect(state.withLock { $0.before } > 0)
                let second = try await notebook.collect(server.endpoint, day: 1, after: outcome)
                #expect(second.changeCounts.isEmpty)
            }
        }
    }
}
