import Domain
import Foundation
import TestSupport
import Testing

/// Time-stamps as a case's runs ask for them: over HTTP, from the one authority that the scope names.
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

    private func makeCase(in folder: URL, asking endpoint: Endpoint, _ authority: OpenSSLAuthority) async throws {
        let scope = """
            name = "stamps"
            contact = "somebody@example.org"
            ports = [1]
            time_stamps = "http://time.example \(endpoint.address)"
            [ranges]
            in = ["127.88.0.2"]

            """.replacing("time.example", with: "time.example:\(endpoint.port)/tsa")
        try scope.write(to: folder.appending(path: "scope.toml"), atomically: true, encoding: .utf8)
        let made = try await Program.ajar(["init", "--case", "case", "--scope", "scope.toml"], in: folder)
        #expect(made.status == 0, "\(made.text)")
        try FileManager.default.copyItem(at: authority.root, to: folder.appending(path: "case/roots.pem"))
        let settings = folder.appending(path: "case/ajar.toml")
        try ("timeStampRoots = 'roots.pem'\n" + String(contentsOf: settings, encoding: .utf8))
            .write(to: settings, atomically: true, encoding: .utf8)
    }

    @Test("Each run's checkpoint is stamped, and an authority that is gone ends nothing and is recorded")
    func runs() async throws {
        try await withTemporaryFolder("stamps") { folder in
            let authority = try OpenSSLAuthority(in: folder.appending(path: "tsa"))
            try await HostileServer.running(at: local, script(authority)) { server in
                try await makeCase(in: folder, asking: server.endpoint, authority)
                let run = try await Program.ajar(["census", "--case", "case", "--quiet"], in: folder)
                #expect(run.status == 0, "\(run.text)")
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
            #expect(verified.text.contains("has a time-stamp: 20"))

            let late = try await Program.ajar(["census", "--case", "case", "--quiet"], in: folder)
            #expect(late.status == 0)
            #expect(late.text.contains("no time-stamp"))
            let after = try await Program.ajar(["verify", "--case", "case", "--quiet"], in: folder)
            #expect(after.status == 0)
            #expect(after.text.contains("gave no time-stamp"))
        }
    }
}
