import Census
import Domain
import Scope
import TestSupport
import Testing

/// Servers that try to lead a census out of its scope: nothing may arrive there.
@Suite struct ScopeEscapeTests {
    @Test func noLureIsFollowed() async throws {
        let inside = try #require(IPAddress("127.101.4.1"))
        let outside = try #require(IPAddress("127.101.9.9"))
        let server = Endpoint(try #require(IPAddress("127.101.4.2")), try freePort())
        try await ForbiddenListener.running(at: outside) { forbidden in
            try await HostileNameServer.running(at: server, answering: outside) {
                try await HostileServer.runningLures(at: inside, to: forbidden.endpoint) { web in
                    try await Workbench.running(
                        "127.101.4.0/24",
                        names: ["www.inside.test", "alias.inside.test"],
                        zones: ["inside.test"],
                        nameServers: [server]
                    ) { bench in
                        let outcome = try await bench.census([web.endpoint, Endpoint(inside, forbidden.endpoint.port)])
                        #expect(outcome.completeness == .complete)
                        #expect(outcome.services.contains { $0.endpoint == web.endpoint && $0.speaks == .http })
                        #expect(forbidden.count == 0)
                        #expect(bench.gate.tally.refusedByRule > 0)
                        #expect(outcome.remarks.contains { $0.what.contains("127.101.9.9") }, "\(outcome.remarks)")
                    }
                }
            }
        }
    }

    @Test func everyRedirectLureIsRefused() async throws {
        let inside = try #require(IPAddress("127.101.4.3"))
        try await ForbiddenListener.running(at: try #require(IPAddress("127.101.9.8"))) { forbidden in
            for lure in HostileServer.lures(to: forbidden.endpoint) {
                let answer = "HTTP/1.1 302 Found\r\nLocation: \(lure)\r\nContent-Length: 0\r\n\r\n"
                try await HostileServer.running(at: inside, .reply(.send(answer))) { web in
                    try await Workbench.running("127.101.4.3") { bench in
                        _ = try await bench.census([web.endpoint])
                    }
                }
            }
            #expect(forbidden.count == 0)
        }
    }

    @Test func fileServersLeadNowhere() async throws {
        let inside = try #require(IPAddress("127.101.4.4"))
        try await ForbiddenListener.running(at: try #require(IPAddress("127.101.9.7"))) { forbidden in
            try await HostileServer.runningFTP(at: inside, to: forbidden.endpoint) { server in
                // The greeting is waited for as long as a busy machine may take to bring it.
                var settings = Workbench.quick
                settings.greetingWait = .seconds(10)
                try await Workbench.running("127.101.4.4", settings: settings) { bench in
                    let outcome = try await bench.census([server.endpoint])
                    #expect(outcome.services.first?.speaks == .unknown)
                    #expect(outcome.services.first?.banner == Array("220 ready\r\n".utf8))
                    #expect(forbidden.count == 0)
                    // No credential, and no command that opens a data connection, was sent.
                    let said = server.received.map { String(decoding: $0, as: UTF8.self) }
                    #expect(said.allSatisfy { $0.hasPrefix("FEAT") || $0.hasPrefix("EHLO") || $0.hasPrefix("QUIT") })
                }
            }
        }
    }
}
