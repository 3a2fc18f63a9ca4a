import Domain
import Doors
import Foundation
import Scope
import TestSupport
import Testing
import Vault

/// Templates of more than one request, and of other protocols than HTTP.
@Suite struct TemplateProtocolTests {
    private static let address = IPAddress(v4: 0x7f5d_0104)
    private static let head = "info: {name: Test, author: us, severity: high, tags: test}\n"

    private func service(_ endpoint: Endpoint, _ speaks: ServiceProtocol) -> ServiceSighting {
        ServiceSighting(
            endpoint: endpoint,
            speaks: speaks,
            banner: [],
            facts: [:],
            seal: nil,
            at: Timestamp(seconds: 0)
        )
    }

    private func overHTTP(
        _ texts: [String],
        words: [String: String] = [:],
        answer: @escaping @Sendable (String) -> String?
    ) async throws -> (findings: [TemplateFinding], asked: [String]) {
        try await ScriptedServer.running(at: Self.address) { target in
            answer(target).map { ScriptedServer.reply(body: $0.utf8) } ?? ScriptedServer.reply(404, body: "none".utf8)
        } _: { server in
            (try await runTemplates(texts, words: words, at: server.endpoint).findings, server.requests)
        }
    }

    @Test func valuesOfOneAnswerAreUsedInTheNextRequest() async throws {
        let text = """
            id: two-steps
            \(Self.head)
            variables: {folder: "{{to_lower('API')}}"}
            http:
              - raw:
                  - |
                    GET /start HTTP/1.1
                    Host: {{Hostname}}
                  - |
                    GET /{{folder}}/{{token}} HTTP/1.1
                    Host: {{Hostname}}
                extractors:
                  - {type: regex, name: token, part: body, internal: true, group: 1, regex: ['token=([a-z]+)']}
                matchers:
                  - {type: dsl, dsl: ['contains(body_1, "token") && status_code_2 == 200 && contains(body_2, "secret")']}
            """
        let pages = ["/start": "token=abc", "/api/abc": "secret"]
        let (found, _) = try await overHTTP([text]) { pages[$0] }
        #expect(found.map(\.grade) == [.proven] && found.first?.evidence.count == 2)
        #expect(try await overHTTP([text]) { $0 == "/start" ? "token=abd" : nil }.findings.isEmpty)
    }

    @Test func payloadsAndTheFirstMatch() async throws {
        let text = """
            id: lists
            \(Self.head)
            http:
              - method: GET
                path: ["{{BaseURL}}/{{folder}}/{{name}}.txt"]
                attack: clusterbomb
                payloads: {folder: [a, b], name: names.txt}
                stop-at-first-match: true
                matchers: [{type: word, words: [found]}]
            """
        let (found, asked) = try await overHTTP([text], words: ["names.txt": "x\ny\n"]) {
            $0 == "/a/y.txt" ? "found" : nil
        }
        #expect(found.map { $0.place.hasSuffix("/a/y.txt") } == [true])
        #expect(
            asked.filter { ["/a/x.txt", "/a/y.txt", "/b/x.txt", "/b/y.txt"].contains($0) } == ["/a/x.txt", "/a/y.txt"]
        )
    }

    @Test(arguments: [("wiki", "on", 1), ("wiki", "off", 0), ("none", "on", 0)])
    func aFlowDecides(first: String, second: String, count: Int) async throws {
        let text = """
            id: flowing
            \(Self.head)
            flow: http(1) && http(2)
            http:
              - method: GET
                path: ["{{BaseURL}}/one"]
                matchers: [{type: word, words: [wiki], internal: true}]
              - method: GET
                path: ["{{BaseURL}}/two"]
                matchers: [{type: word, words: ["on"]}]
            """
        let (found, asked) = try await overHTTP([text]) { ["/one": first, "/two": second][$0] }
        #expect(found.count == count)
        #expect(asked.contains("/two") == (first == "wiki"))
    }

    @Test func optionsAndPropfindAreSent() async throws {
        let text = """
            id: methods
            \(Self.head)
            http:
              - method: OPTIONS
                path: ["{{BaseURL}}/dav/"]
                headers: {Depth: "0"}
                matchers: [{type: word, part: allow, words: [PROPFIND]}]
            """
        let script = HostileServer.Script { received in
            guard let line = HostileServer.wholeRequest(received) else { return nil }
            let isAsked = String(decoding: received, as: UTF8.self).hasPrefix("OPTIONS /dav/ ")
            _ = line
            let answer = isAsked ? "HTTP/1.1 200 OK\r\nAllow: GET, PROPFIND\r\n" : "HTTP/1.1 404 No\r\n"
            return [.send(answer + "Content-Length: 0\r\nConnection: close\r\n\r\n"), .close]
        }
        try await HostileServer.running(at: Self.address, script) { server in
            let found = try await runTemplates([text], at: server.endpoint).findings
            #expect(found.map(\.grade) == [.proven])
            #expect(server.requestLines.first == "OPTIONS /dav/ HTTP/1.1")
        }
    }

    @Test(arguments: [("220 ProFTPD ready\r\n", 1), ("220 other\r\n", 0)])
    func aServiceIsListenedTo(greeting: String, count: Int) async throws {
        try await HostileServer.running(at: Self.address, greeting: [.send(greeting)], .silence) { server in
            let text = """
                id: banner
                \(Self.head)
                tcp:
                  - host: ["{{Hostname}}"]
                    port: \(server.endpoint.port)
                    inputs: [{data: "\\r\\n"}]
                    matchers: [{type: word, words: [ProFTPD]}]
                    extractors: [{type: regex, regex: ['220 [A-Za-z]+']}]
                """
            var limits = TemplateLimits()
            limits.listenTime = .milliseconds(300)
            let services = [service(server.endpoint, .ftp)]
            let found = try await runTemplates([text], at: server.endpoint, services: services, limits: limits).findings
            #expect(found.count == count)
            if count == 1 { #expect(found[0].grade == .likely && found[0].extracted == ["220 ProFTPD"]) }
        }
    }

    @Test(arguments: [("A", 1), ("MX", 0)]) func nameServersAreAsked(type: String, count: Int) async throws {
        let server = Endpoint(Self.address, try freePort(on: Self.address))
        let text = """
            id: names
            \(Self.head)
            dns:
              - name: "{{FQDN}}"
                type: \(type)
                matchers: [{type: regex, part: answer, regex: ['IN\\t(A|MX)\\t127\\.93\\.1\\.4']}]
            """
        try await HostileNameServer.running(at: server, answering: Self.address) {
            let found = try await runTemplates([text], at: server, nameServers: [server]).findings
            #expect(found.map(\.grade) == Array(repeating: .likely, count: count))
        }
    }

    @Test(.enabled(if: isInstalled("nginx") && isInstalled("openssl"), "nginx or openssl is not installed"))
    func certificatesAreJudged() async throws {
        try await withTemporaryFolder("certificate") { folder in
            let (certificate, key) = (folder.appending(path: "cert.pem").path, folder.appending(path: "key.pem").path)
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/openssl")
            process.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                "-subj",
                "/O=Acme/CN=self.example", "-out", certificate, "-keyout", key,
            ]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            let text = { (id: String, more: String, condition: String) in
                "id: \(id)\n\(Self.head)\nssl:\n  - address: \"{{Host}}:{{Port}}\"\n    \(more)\n    matchers: [{type: dsl, dsl: ['\(condition)']}]"
            }
            try await withNginx(at: Self.address, server: "ssl_protocols TLSv1.2;", certificate: certificate, key: key)
            { place in
                let texts = [
                    text("self", "min_version: tls10", "self_signed == true && subject_org == \"Acme\""),
                    text("expired", "min_version: tls10", "expired == true"),
                    text("version", "max_version: tls12", "tls_version == \"tls12\""),
                    text("new", "min_version: tls13", "tls_version == \"tls13\""),
                ]
                let found = try await runTemplates(texts, at: place, services: [service(place, .https)]).findings
                #expect(Set(found.map(\.template)) == ["self", "version"])
            }
        }
    }

    @Test func theStoredFrontPageIsEnough() async throws {
        let text =
            "id: front\n\(Self.head)\nhttp:\n  - method: GET\n    path: [\"{{BaseURL}}/\"]\n    matchers: [{type: word, words: [Kept]}]"
        try await ScriptedServer.running(at: Self.address) { _ in
            ScriptedServer.reply(404, body: "none".utf8)
        } _: { server in
            let address = WebAddress(scheme: .http, host: "site.example", port: server.endpoint.port)
            let trial = try await runTemplates([text], at: server.endpoint) { vault in
                let head = ExchangeHead(
                    address: address,
                    endpoint: server.endpoint,
                    request: Array("GET / HTTP/1.1\r\n\r\n".utf8),
                    began: Timestamp(seconds: 0)
                )
                let writer = try await vault.beginExchange(head)
                try await writer.append(head: Array("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n".utf8))
                try await writer.append(raw: Array("Kept".utf8), content: Array("Kept".utf8))
                return try await writer.finish().response
            }
            #expect(trial.findings.map(\.grade) == [.proven])
            #expect(!server.requests.contains("/"))
        }
    }
}
