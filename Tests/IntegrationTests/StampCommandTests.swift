import Domain
import Foundation
import TestSupport
import Testing

/// Time-stamps as a case asks for them: over HTTP, from the authorities that the scope names.
@Suite(.enabled(if: OpenSSLAuthority.isThere, "needs openssl"))
struct StampCommandTests {
    private let local = IPAddress(v4: 0x7f58_0001)

    /// Answers whole queries as `authority` does.
    private func script(_ authority: OpenSSLAuthority) -> HostileServer.Script {
        HostileServer.Script { received in
            let request = Data(received)
            guard let end = request.range(of: Data("\r\n\r\n".utf8)),
                let field = String(decoding: request[..<end.lowerBound], as: UTF8.self)
                    .firstMatch(of: /Content-Length: (\d+)/),
                let length = Int(field.1), request.count >= end.upperBound + length
            else { return nil }
            let reply = (try? authority.reply(to: Array(request[end.upperBound...]))) ?? []
            return [.send(ScriptedServer.reply(200, ["Content-Type": "application/timestamp-reply"], body: reply))]
        }
    }

    private func makeCase(
        in folder: URL,
        asking endpoint: Endpoint,
        and others: [Endpoint] = [],
        roots: [OpenSSLAuthority]
    ) async throws {
        let all = ([endpoint] + others).map { "\"http://time.example:\($0.port)/tsa \($0.address)\"" }
        let scope = """
            name = "stamps"
            contact = "somebody@example.org"
            ports = [1]
            time_stamps = \(others.isEmpty ? all[0] : "[\(all.joined(separator: ", "))]")
            [ranges]
            in = ["127.88.0.2"]

            """
        try scope.write(to: folder.appending(path: "scope.toml"), atomically: true, encoding: .utf8)
        let made = try await Program.ajar(["init", "--case", "case", "--scope", "scope.toml"], in: folder)
        #expect(made.status == 0, "\(made.text)")
        try roots.reduce(into: Data()) { $0 += try Data(contentsOf: $1.root) }
            .write(to: folder.appending(path: "case/roots.pem"))
        let settings = folder.appending(path: "case/ajar.toml")
        try ("timeStampRoots = 'roots.pem'\n" + String(contentsOf: settings, encoding: .utf8))
            .write(to: settings, atomically: true, encoding: .utf8)
    }

    /// A case that asks `authority`, while that one runs, after its first census.
    private func running(
        _ authority: OpenSSLAuthority,
        in folder: URL,
        _ body: (HostileServer) async throws -> Void
    ) async throws {
        try await HostileServer.running(at: local, script(authority)) { server in
            try await makeCase(in: folder, asking: server.endpoint, roots: [authority])
            let run = try await Program.ajar(["census", "--case", "case", "--quiet"], in: folder)
            #expect(run.status == 0, "\(run.text)")
            try await body(server)
        }
    }

    @Test("Each run's checkpoint is stamped, and an authority that is gone ends nothing and is recorded")
    func runs() async throws {
        try await withTemporaryFolder("stamps") { folder in
            let authority = try OpenSSLAuthority(in: folder.appending(path: "tsa"))
            try await running(authority, in: folder) { server in
                #expect(server.requestLines == ["POST /tsa HTTP/1.1"])
            }
            let stamps = folder.appending(path: "case/vault/ledger/stamps")
            let names = try FileManager.default.contentsOfDirectory(atPath: stamps.path)
            let name = try #require(names.first)
            #expect(names.count == 1)
            let note = folder.appending(path: "case/vault/ledger/signed/\(name.dropLast(4))")
            #expect(authority.verifies(reply: stamps.appending(path: name), of: note))
            let verified = try await Program.ajar(["verify", "--case", "case", "--quiet"], in: folder)
            #expect(verified.status == 0, "\(verified.text)")
            #expect(verified.text.contains("has a time-stamp of http://time.example:"))

            let late = try await Program.ajar(["census", "--case", "case", "--quiet"], in: folder)
            #expect(late.status == 0)
            #expect(late.text.contains("no time-stamp"))
            let after = try await Program.ajar(["verify", "--case", "case", "--quiet"], in: folder)
            #expect(after.status == 0)
            #expect(after.text.contains("gave no time-stamp"))
        }
    }

    /// The sizes of the checkpoints that have time-stamps, and that of the last one.
    private func stamped(_ folder: URL) throws -> (sizes: [String], last: String) {
        let ledger = folder.appending(path: "case/vault/ledger")
        let names = try FileManager.default.contentsOfDirectory(atPath: ledger.appending(path: "stamps").path)
        let note = try String(contentsOf: ledger.appending(path: "checkpoint"), encoding: .utf8)
        return (names.sorted(), String(note.split(separator: "\n")[1]))
    }

    @Test("The checkpoint that is signed last is stamped, also by a command that is no run, and is not signed over")
    func closing() async throws {
        try await withTemporaryFolder("stamps") { folder in
            let authority = try OpenSSLAuthority(in: folder.appending(path: "tsa"))
            try await running(authority, in: folder) { server in
                let first = try stamped(folder)
                #expect(first.sizes == ["\(first.last).tsr"])
                #expect(server.requestLines.count == 1)

                try "\(String(repeating: "0", count: 64))\n"
                    .write(to: folder.appending(path: "list"), atomically: true, encoding: .utf8)
                let added = try await Program.ajar(["hashes", "add", "list", "--case", "case"], in: folder)
                #expect(added.status == 0, "\(added.text)")
                let second = try stamped(folder)
                #expect(second.last != first.last)
                #expect(second.sizes == [first.last, second.last].map { "\($0).tsr" }.sorted())
                #expect(server.requestLines.count == 2)
                // Nothing was sealed: nothing is signed, and nobody is asked.
                let dry = ["withhold", "x", "--reason", "r", "--case", "case"]
                #expect(try await Program.ajar(dry, in: folder).status == 66)
                #expect(server.requestLines.count == 2)
                #expect(try stamped(folder).last == second.last)
            }
            let verified = try await Program.ajar(["verify", "--case", "case", "--quiet"], in: folder)
            #expect(verified.status == 0, "\(verified.text)")
            #expect(verified.text.components(separatedBy: "has a time-stamp of http").count == 3, "\(verified.text)")
        }
    }

    @Test("Several authorities are all asked, and it is told of each what it answered")
    func several() async throws {
        try await withTemporaryFolder("stamps") { folder in
            let first = try OpenSSLAuthority(in: folder.appending(path: "tsa1"))
            let second = try OpenSSLAuthority(in: folder.appending(path: "tsa2"))
            let silent = HostileServer.Script { _ in nil }
            try await HostileServer.running(at: local, script(first)) { one in
                try await HostileServer.running(at: local, script(second)) { two in
                    try await HostileServer.running(at: local, silent) { three in
                        let others = [three.endpoint, two.endpoint]
                        try await makeCase(in: folder, asking: one.endpoint, and: others, roots: [first, second])
                        let run = try await Program.ajar(["census", "--case", "case", "--quiet"], in: folder)
                        #expect(run.status == 0, "\(run.text)")
                        let told = run.text.split(separator: "\n").filter { $0.contains("no time-stamp of") }
                        #expect(told.count == 1 && told[0].contains(":\(three.endpoint.port)/tsa"), "\(run.text)")
                        #expect([one, two].map(\.requestLines.count) == [1, 1])
                        let (sizes, last) = try stamped(folder)
                        #expect(sizes == ["\(last)-2.tsr", "\(last).tsr"])
                        let ledger = folder.appending(path: "case/vault/ledger")
                        let note = ledger.appending(path: "signed/\(last)")
                        #expect(first.verifies(reply: ledger.appending(path: "stamps/\(last).tsr"), of: note))
                        #expect(second.verifies(reply: ledger.appending(path: "stamps/\(last)-2.tsr"), of: note))
                        let verified = try await Program.ajar(["verify", "--case", "case", "--quiet"], in: folder)
                        #expect(verified.status == 0, "\(verified.text)")
                        for (endpoint, word) in [(one, "has a time-stamp of "), (two, "has a time-stamp of ")] {
                            let said = "\(word)http://time.example:\(endpoint.endpoint.port)/tsa"
                            #expect(verified.text.contains(said), "\(verified.text)")
                        }
                        let gave = "http://time.example:\(three.endpoint.port)/tsa gave no time-stamp"
                        #expect(verified.text.contains(gave), "\(verified.text)")
                    }
                }
            }
        }
    }
}
