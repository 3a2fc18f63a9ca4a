import Collect
import Domain
import Synchronization
import TestSupport
import Testing

/// FTP servers that lie, fail and lead astray: what each look says of it, and that it ends.
@Suite struct HostileFTPTests {
    private typealias Script = ScriptedFTPServer.Script
    private typealias Move = ScriptedFTPServer.Move

    private let address = IPAddress(v4: 0x7f5a_0201)
    private static let names = (0..<10).map { "f\($0).txt" }

    private static var notebook: (Notebook) -> Notebook {
        { notebook in
            var notebook = notebook
            notebook.scheme = .ftp
            notebook.patience.unnamedWait = .zero
            notebook.patience.replyTime = .milliseconds(500)
            notebook.patience.rateWindow = .milliseconds(400)
            return notebook
        }
    }

    /// A server with ten files of one byte in one folder, but for what the script says of a command.
    private static func honest(_ script: @escaping Script = { _, _, _ in nil }) -> Script {
        { verb, argument, folder in
            if let moves = script(verb, argument, folder) { return moves }
            switch verb {
            case "LIST": return ScriptedFTPServer.sending(folder == "/" ? ScriptedFTPServer.rows(names) : [])
            case "RETR": return ScriptedFTPServer.sending(Array("x".utf8))
            default: return nil
            }
        }
    }

    private func look(
        _ script: @escaping Script,
        _ check: (Notebook, ScriptedFTPServer, CollectOutcome) async throws -> Void
    ) async throws {
        try await ScriptedFTPServer.running(at: address, script: script) { server in
            try await Notebook.with { notebook in
                let notebook = Self.notebook(notebook)
                try await check(notebook, server, try await notebook.collect(server.endpoint))
            }
        }
    }

    /// Ten files on the first day; what the test says on the second.
    private func twoDays(
        then later: @escaping Script,
        _ check: (CollectOutcome) throws -> Void
    ) async throws {
        let isLater = Mutex(false)
        let script = Self.honest { isLater.withLock { $0 } ? later($0, $1, $2) : nil }
        try await look(script) { notebook, server, first in
            #expect(first.changes.count == 10)
            #expect(first.completeness == .complete, "\(first.faults.map(\.what))")
            isLater.withLock { $0 = true }
            try check(try await notebook.collect(server.endpoint, day: 1, after: first))
        }
    }

    // MARK: Nothing is gone where nothing was seen

    private static func listing(_ moves: [Move]) -> Script { { verb, _, _ in verb == "LIST" ? moves : nil } }

    private static let failures: [(name: String, script: Script)] = [
        ("no folder", { verb, _, _ in verb == "CWD" ? [.say("550 no such folder")] : nil }),
        ("no listing", listing([.say("550 denied")])),
        ("busy", listing([.say("450 later")])),
        ("full", { verb, _, _ in verb.isEmpty ? [.say("421 too many users"), .hangUp] : nil }),
        (
            "full, with the code of a wrong password",
            { verb, _, _ in verb == "PASS" ? [.say("530 Sorry, the maximum is reached")] : nil }
        ),
        ("a log-in refused", { verb, _, _ in verb == "USER" ? [.say("530 not here")] : nil }),
        (
            "cut in the middle, without a word",
            listing([.say("150 here"), .send(Array(ScriptedFTPServer.rows(names).prefix(200))), .endData, .hangUp])
        ),
        (
            "cut in the middle, and said so",
            listing([.say("150 here"), .send(ScriptedFTPServer.rows(["f0.txt"])), .endData, .say("426 broken")])
        ),
        (
            "cut at the end of a row, without a word",
            listing([.say("150 here"), .send(ScriptedFTPServer.rows(["f0.txt"])), .endData])
        ),
        (
            "reset",
            listing([.say("150 here"), .send(ScriptedFTPServer.rows(["f0.txt"])), .resetData, .say("226 done")])
        ),
        (
            "half a row at its end",
            listing(ScriptedFTPServer.sending(Array(ScriptedFTPServer.rows(names).dropLast(60))))
        ),
        (
            "an unknown row among others",
            listing(ScriptedFTPServer.sending(ScriptedFTPServer.rows(["f0.txt"]) + Array("ls: I/O error\r\n".utf8)))
        ),
        ("an error as a listing", listing(ScriptedFTPServer.sending(Array("ls: cannot open directory\r\n".utf8)))),
        (
            "empty, and said to have failed",
            listing([.say("150 here"), .endData, .say("226 Transfer done (but failed to open directory).")])
        ),
        (
            "VMS",
            listing(ScriptedFTPServer.sending(Array("NAME.TXT;1  4  5-NOV-1993 20:25  [ANON] (RWED,RWED,,)\r\n".utf8)))
        ),
        ("garbage for a reply", listing([.raw([1, 2, 3, 0x0a])])),
        ("an endless reply", listing([.raw(Array(String(repeating: "150-so it goes\r\n", count: 10_000).utf8))])),
        ("no data connection", { verb, _, _ in verb == "EPSV" ? [.say("229 (|||9|)")] : nil }),
        ("a port that nobody listens on", { verb, _, _ in verb == "EPSV" ? [.say("229 (|||59999|)")] : nil }),
        ("silence", listing([])),
        ("a listing that drips", listing([.say("150 here"), .repeatEvery(.milliseconds(100), [0x2d])])),
    ]

    @Test(arguments: failures.map(\.name)) func failuresMakeNothingGone(name: String) async throws {
        let script = try #require(Self.failures.first { $0.name == name }).script
        try await twoDays(then: script) { second in
            #expect(second.completeness != .complete)
            #expect(second.changes.allSatisfy { $0.kind == .unknown && $0.reason != nil }, "\(second.kinds)")
            #expect(!second.changes.isEmpty)
        }
    }

    @Test func anEmptyListingIsDoubtedWhenTheFilesAreThere() async throws {
        try await twoDays(then: Self.listing(ScriptedFTPServer.sending([]))) { second in
            #expect(second.changes.map(\.kind) == Array(repeating: .unknown, count: 10))
            #expect(second.changes.first?.reason?.contains("lost more than half") == true)
        }
    }

    @Test func anEmptyListingIsBelievedWhenTheFilesAreRefused() async throws {
        let later: Script = { verb, _, _ in
            switch verb {
            case "LIST": ScriptedFTPServer.sending([])
            case "RETR", "SIZE": [.say("550 no such file")]
            default: nil
            }
        }
        try await twoDays(then: later) { second in
            #expect(second.changes.map(\.kind) == Array(repeating: .removed, count: 10))
            #expect(second.completeness == .complete)
        }
    }

    /// 550 alone makes a file gone: a server that is busy, or knows no command, says nothing of it.
    @Test(arguments: ["450 busy", "451 trouble", "530 log in first", "553 no", "500 what?", "421 good-bye"])
    func otherRefusalsProveNothing(reply: String) async throws {
        let later: Script = { verb, _, _ in
            switch verb {
            case "LIST": ScriptedFTPServer.sending(ScriptedFTPServer.rows(Array(Self.names.dropFirst())))
            case "RETR": [.say(reply)]
            case "SIZE": [.say("550 no")]
            default: nil
            }
        }
        try await twoDays(then: later) { second in
            #expect(second.kinds == ["f0.txt": .unknown])
            #expect(second.completeness != .complete)
        }
    }

    // MARK: Nobody else is contacted

    @Test func addressesInRepliesAreNeverUsed() async throws {
        let elsewhere = IPAddress(v4: 0x7f5a_0301)
        try await ForbiddenListener.running(at: elsewhere) { listener in
            let (high, low) = (listener.endpoint.port >> 8, listener.endpoint.port & 255)
            let script = Self.honest { verb, _, _ in
                switch verb {
                case "EPSV": [.say("500 not known")]
                case "PASV": [.say("227 Entering Passive Mode (127,90,3,1,\(high),\(low)).")]
                default: nil
                }
            }
            try await look(script) { _, _, outcome in
                #expect(outcome.completeness != .complete)
                #expect(outcome.changes == [])
            }
            #expect(listener.count == 0)
        }
    }

    @Test func thePortsOfServicesAreRefused() async throws {
        let script = Self.honest { verb, _, _ in verb == "EPSV" ? [.say("229 (|||22|)")] : nil }
        try await look(script) { _, _, outcome in
            #expect(outcome.faults.contains { $0.what.contains("no data connection to the port of a service") })
        }
    }

    // MARK: Names

    @Test func namesThatLeadElsewhereAreNotFollowed() async throws {
        let rows = ["..", ".", "../up", "/etc/passwd", "a/b", "%2e%2e%2f", "..\\up", "-rf", "~", "good.txt"]
        let script = Self.honest { verb, _, folder in
            verb == "LIST" && folder == "/" ? ScriptedFTPServer.sending(ScriptedFTPServer.rows(rows)) : nil
        }
        try await look(script) { _, server, outcome in
            #expect(
                Set(outcome.changes.map { String(decoding: $0.path.bytes, as: UTF8.self) }) == [
                    "%2e%2e%2f", "..\\up", "-rf", "~", "good.txt",
                ]
            )
            #expect(outcome.faults.contains { $0.what.contains("3 rows have names that no file can have") })
            let asked = server.commands.filter { $0.hasPrefix("RETR") || $0.hasPrefix("CWD") }
            #expect(asked.allSatisfy { !$0.contains("../") && !$0.contains("passwd") }, "\(asked)")
        }
    }

    /// A name cannot end the line of a command and begin another.
    @Test func namesCannotBecomeCommands() async throws {
        var row = ScriptedFTPServer.rows(["a"])
        row.removeLast(2)
        let rows =
            row + Array("\rDELE b".utf8) + [0x0d, 0x0a] + row + [0, 0x62, 0x0d, 0x0a]
            + ScriptedFTPServer.rows(["good.txt"])
        let script = Self.honest { verb, _, _ in verb == "LIST" ? ScriptedFTPServer.sending(rows) : nil }
        try await look(script) { _, server, outcome in
            #expect(outcome.kinds == ["good.txt": .added])
            #expect(!server.commands.contains { $0.contains("DELE") })
        }
    }

    @Test func longNamesAreAskedForOrCounted() async throws {
        let long = String(repeating: "n", count: 4_096)
        let names = [long, String(repeating: "\u{955c}", count: 4_096), "a.txt"]
        let script = Self.honest { verb, _, _ in
            verb == "LIST" ? ScriptedFTPServer.sending(ScriptedFTPServer.rows(names)) : nil
        }
        try await look(script) { _, _, outcome in
            #expect(outcome.kinds == [long: .added, "a.txt": .added])
            #expect(outcome.faults.contains { $0.what.contains("1 rows have names that cannot be asked for") })
        }
    }

    @Test func foldersThatHoldThemselvesEnd() async throws {
        let script = Self.honest { verb, argument, folder in
            verb == "LIST" ? ScriptedFTPServer.sending(ScriptedFTPServer.rows(["self/", "a.txt"])) : nil
        }
        try await look(script) { _, server, outcome in
            #expect(outcome.kinds == ["a.txt": .added])
            #expect(outcome.faults.contains { $0.what.contains("holds itself") })
            #expect(server.commands.count { $0 == "LIST" } == 2)
        }
    }

    @Test func endlessFoldersEnd() async throws {
        let count = Mutex(0)
        let script = Self.honest { verb, _, _ in
            guard verb == "LIST" else { return nil }
            let number = count.withLock { count in
                count += 1
                return count
            }
            return ScriptedFTPServer.sending(ScriptedFTPServer.rows(["d\(number)/", "f\(number).txt"]))
        }
        try await look(script) { _, server, outcome in
            #expect(outcome.completeness != .complete)
            #expect(outcome.counts.folders <= 33)
        }
    }

    // MARK: Time, memory, disk

    @Test func anEndlessListingIsCut() async throws {
        let rows = Array(repeatElement(ScriptedFTPServer.rows(Self.names), count: 100).joined())
        let script = Self.honest { verb, _, _ in
            verb == "LIST" ? [.say("150 here"), .repeatEvery(.zero, rows), .say("426 cut")] : nil
        }
        try await ScriptedFTPServer.running(at: address, script: script) { server in
            try await Notebook.with { notebook in
                var notebook = Self.notebook(notebook)
                notebook.limits.listingBytes = 1 << 20
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.completeness != .complete)
                #expect(outcome.changes.count == 10)
                #expect(outcome.listings.allSatisfy { $0.length <= 1 << 20 })
            }
        }
    }

    @Test func anEndlessFileIsCut() async throws {
        let bytes = [UInt8](repeating: 0x61, count: 65_536)
        let script = Self.honest { verb, argument, _ in
            verb == "RETR" && argument == "/f3.txt"
                ? [.say("150 here"), .repeatEvery(.zero, bytes), .say("426 cut")] : nil
        }
        try await ScriptedFTPServer.running(at: address, script: script) { server in
            try await Notebook.with { notebook in
                var notebook = Self.notebook(notebook)
                notebook.limits.fileBytes = 3 << 20
                let outcome = try await notebook.collect(server.endpoint)
                #expect(outcome.counts.bodyBytes <= 3 << 20 + 9)
                #expect(outcome.changes.count == 10)
                #expect(outcome.changes.filter { $0.after?.payload == nil }.map(\.path.description) == ["f3.txt"])
                #expect(outcome.faults.contains { $0.what.contains("cut off (length)") })
            }
        }
    }

    @Test func aFileThatDripsDelaysNobodyForEver() async throws {
        let script = Self.honest { verb, argument, _ in
            verb == "RETR" && argument == "/f3.txt" ? [.say("150 here"), .repeatEvery(.milliseconds(50), [0x61])] : nil
        }
        try await look(script) { _, _, outcome in
            #expect(outcome.changes.filter { $0.after?.payload == nil }.map(\.path.description) == ["f3.txt"])
            #expect(outcome.faults.contains { $0.what.contains("cut off (time)") })
        }
    }

    /// A file that is reset in its middle is asked for from there, where the server says that it is the same still.
    @Test func aFileThatBreaksOffIsGoneOnWith() async throws {
        let whole = Array((0..<50_000).map { UInt8($0 % 251) })
        let offset = Mutex(0)
        let script = Self.honest { verb, argument, folder in
            switch verb {
            case "LIST": return ScriptedFTPServer.sending(ScriptedFTPServer.rows(["f.bin"], size: whole.count))
            case "SIZE": return [.say("213 \(whole.count)")]
            case "MDTM": return [.say("213 20240115093012")]
            case "REST":
                offset.withLock { $0 = Int(argument) ?? 0 }
                return [.say("350 from there")]
            case "RETR":
                let start = offset.withLock { start in
                    defer { start = 0 }
                    return start
                }
                let end = min(start + 20_000, whole.count)
                if end == whole.count { return ScriptedFTPServer.sending(Array(whole[start...])) }
                return [.say("150 here"), .send(Array(whole[start..<end])), .endData, .say("426 broken")]
            default: return nil
            }
        }
        try await look(script) { notebook, server, outcome in
            #expect(outcome.completeness == .complete, "\(outcome.faults.map(\.what))")
            let bytes = try notebook.bytes(outcome.change("f.bin")?.after)
            #expect(bytes == whole)
            #expect(server.commands.filter { $0.hasPrefix("REST") } == ["REST 20000", "REST 40000"])
            #expect(outcome.counts.bodyBytes == UInt64(whole.count))
        }
    }

    /// Bytes of two versions are never joined.
    @Test func aFileThatChangesMeanwhileIsReadAnew() async throws {
        let asked = Mutex(0)
        let script = Self.honest { verb, argument, folder in
            switch verb {
            case "LIST": return ScriptedFTPServer.sending(ScriptedFTPServer.rows(["f.bin"], size: 6))
            case "SIZE": return [.say("213 6")]
            case "MDTM": return [.say("213 2024011509301\(asked.withLock { $0 })")]
            case "RETR":
                let count = asked.withLock { count in
                    count += 1
                    return count
                }
                if count > 1 { return ScriptedFTPServer.sending(Array("second".utf8)) }
                return [.say("150 here"), .send(Array("fir".utf8)), .endData, .say("426 broken")]
            default: return nil
            }
        }
        try await look(script) { notebook, server, outcome in
            let bytes = try notebook.bytes(outcome.change("f.bin")?.after)
            #expect(bytes == Array("second".utf8))
            #expect(!server.commands.contains { $0.hasPrefix("REST") })
        }
    }

    @Test func wrongSizesAreSaid() async throws {
        let script = Self.honest { verb, _, _ in
            verb == "LIST" ? ScriptedFTPServer.sending(ScriptedFTPServer.rows(["f0.txt"], size: 999)) : nil
        }
        try await look(script) { notebook, _, outcome in
            #expect(outcome.faults.map(\.what) == ["1 bytes came, the listing says 999 to 999"])
            let bytes = try notebook.bytes(outcome.change("f0.txt")?.after)
            #expect(bytes == Array("x".utf8))
        }
    }

    @Test func aStormOfRefusalsEnds() async throws {
        let script: Script = { verb, _, _ in verb.isEmpty ? [.say("421 too many"), .hangUp] : nil }
        try await look(script) { _, server, outcome in
            #expect(outcome.completeness != .complete)
            #expect(outcome.changes == [])
            #expect(server.commands == [])
        }
    }

    /// A session that the server closed while it was not needed is opened anew.
    @Test func sessionsThatEndAreOpenedAnew() async throws {
        let count = Mutex(0)
        let script = Self.honest { verb, _, _ in
            guard verb == "RETR" else { return nil }
            let isThird = count.withLock { count in
                count += 1
                return count % 3 == 0
            }
            return isThird ? ScriptedFTPServer.sending(Array("x".utf8)) + [.say("421 idle too long"), .hangUp] : nil
        }
        try await look(script) { _, _, outcome in
            #expect(outcome.completeness == .complete, "\(outcome.faults.map(\.what))")
            #expect(outcome.changes.allSatisfy { $0.after?.payload != nil })
        }
    }

    /// After half a year `ls` writes the year where the time of day stood: nothing has changed.
    @Test func olderFilesAreNotChanged() async throws {
        let isOld = Mutex(false)
        let script = Self.honest { verb, _, _ in
            let time = isOld.withLock { $0 } ? " 2023" : "09:13"
            let row = "-rw-r--r-- 1 0 0 1 Dec 20 \(time) f.txt\r\n"
            return verb == "LIST" ? ScriptedFTPServer.sending(Array(row.utf8)) : nil
        }
        try await ScriptedFTPServer.running(at: address, script: script) { server in
            try await Notebook.with { notebook in
                var notebook = Self.notebook(notebook)
                notebook.level = .observe
                let first = try await notebook.collect(server.endpoint)
                let modified = first.change("f.txt")?.after?.modified
                #expect(modified?.notBefore == Timestamp("2023-12-19T19:13:00Z"))
                #expect(modified?.notAfter == Timestamp("2023-12-20T23:13:59Z"))
                isOld.withLock { $0 = true }
                let second = try await notebook.collect(server.endpoint, day: 170, after: first)
                #expect(second.changes == [])
            }
        }
    }
}
