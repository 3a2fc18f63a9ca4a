import Domain
import Doors
import TestSupport
import Testing

/// A look that could not tell is no look that missed: what it saw nothing of is not in `examined`.
@Suite struct UnclearLookTests {
    private let address = IPAddress(v4: 0x7f3d_0b01)
    private static let front = Scripted.page("<html><a href='/files/'>files</a></html>")

    @Test(arguments: [429, 502, 503, 504]) func aWebsiteWithABusyFolderIsNotExamined(status: Int) async throws {
        let pages = ["/": Self.front, "/files/": Scripted.page("later", status)]
        let outcome = try await doorsOfSite(at: address, pages)
        #expect(outcome.doors == [] && outcome.examined == [])
        #expect(outcome.completeness == .complete)
    }

    @Test func aWebsiteThatAnswersIsExamined() async throws {
        #expect(try await doorsOfSite(at: address, ["/": Self.front]).examined.count == 1)
    }

    @Test func whoSaysThatItIsTooMuchIsLeftAlone() async throws {
        let answer: @Sendable (String) -> [UInt8] = { _ in ScriptedServer.reply(429, body: "slower".utf8) }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            let outcome = try await lookForDoors(at: server.endpoint)
            #expect(server.requests.count <= 10 && outcome.completeness != .complete)
        }
    }

    @Test func aRandomNameThatABusyServerAnsweredProvesNothing() async throws {
        let row = "<a href=\"../\">../</a>\n<a href=\"a.txt\">a.txt</a>  15-Jan-2024 09:13  4\n"
        let list = "<html><title>Index of /files/</title><h1>Index of /files/</h1><pre>\(row)</pre></html>"
        let pages = ["/": Self.front, "/files/": .page(list), "/files/a.txt": .bytes([1, 2, 3, 4])]
        let outcome = try await doorsOfSite(at: address, pages) { target in
            target.hasPrefix("/files/") ? .page("later", 503) : .missing
        }
        #expect(outcome.doors.map(\.grade) == [.cannotTell])
    }

    // MARK: services

    private func service(
        _ speaks: ServiceProtocol = .unknown,
        port: UInt16? = nil,
        greeting: [HostileServer.Act] = [],
        limits: DoorsLimits = DoorsLimits(),
        _ script: HostileServer.Script = .silence
    ) async throws -> DoorsOutcome {
        try await HostileServer.running(at: address, port: port, greeting: greeting, script) { server in
            try await doorsOfService(server.endpoint, speaks: speaks, limits: limits)
        }
    }

    @Test func anFTPServerThatIsFull() async throws {
        let outcome = try await service(.ftp, greeting: [.send("421 There are too many connected users.\r\n"), .close])
        #expect(outcome.doors == [] && outcome.rejections == [] && outcome.examined == [])
    }

    @Test(arguments: [
        ("@ERROR: max connections (1) reached -- try again later", false), ("@ERROR: access denied to films", true),
    ]) func anRsyncModuleThatIsFullIsNotShut(answer: String, isShut: Bool) async throws {
        let script = HostileServer.Script { received in
            let text = String(decoding: received, as: UTF8.self)
            if text.hasSuffix("#list\n") { return [.send("films\tfilms\n@RSYNCD: EXIT\n"), .close] }
            if text.hasSuffix("films\n") { return [.send("\(answer)\n"), .close] }
            return text.count > 16 ? [.send("@ERROR: Unknown module\n"), .close] : nil
        }
        let outcome = try await service(.rsync, greeting: [.send("@RSYNCD: 31.0\n")], script)
        #expect(outcome.doors == [])
        #expect(outcome.rejections.map(\.reason) == (isShut ? ["denies access"] : []))
        #expect(outcome.examined.count == (isShut ? 1 : 0))
    }

    /// Each line comes in time, and there is no end of them.
    @Test func aServiceThatDripsIsLeftAlone() async throws {
        var limits = DoorsLimits()
        limits.serviceTime = .milliseconds(500)
        let lines = [UInt8]("STAT a b\r\n".utf8)
        let script = HostileServer.Script { received in
            received.isEmpty ? nil : [.drip((0..<1_000).flatMap { _ in lines }, pause: 5)]
        }
        let outcome = try await service(port: 11_211, limits: limits, script)
        #expect(outcome.doors == [] && outcome.examined == [] && outcome.completeness != .complete)
    }

    /// Counts that no whole number holds are counted to the greatest one, and stop nothing.
    @Test func countsBeyondAllNumbers() async throws {
        let count = Scripted.json(#"{"doc_count": 1e300}"#)
        let outcome = try await doorsOfSite(
            at: address,
            [
                "/": .json(#"{"couchdb": "Welcome", "version": "3.3.3"}"#), "/_all_dbs": .json(#"["a", "b", "c"]"#),
                "/a": count, "/b": count, "/c": count,
            ]
        )
        #expect(outcome.doors.map(\.kind) == [.database])
    }
}
