import Census
import Domain
import Scope
import TestSupport
import Testing

/// Servers that try to lead a census out of its scope: nothing may arrive there.
@Suite struct ScopeEscapeTests {
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
}
