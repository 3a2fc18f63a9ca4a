import Domain
import Scope
import TestSupport
import Testing
import Wire

/// A server that tries to lead out of the scope, and a listener that counts whether anybody came.
@Suite struct OutOfScopeTests {
    private let forbidden = "127.66.0.1"

    /// Follows a lure the way a stage would: resolve the Location against the page, and ask again.
    private func follow(_ lure: String, from page: WebAddress, with gate: Gate) async throws -> GateError? {
        guard let address = page.resolving(lure.utf8) else { return nil }
        do {
            _ = try await gate.fetch(HTTPRequest(.get, address))
            return nil
        } catch let error {
            return error
        }
    }

    @Test func noLureIsFollowed() async throws {
        let (host, server) = (try address("127.74.0.1"), Endpoint(try address("127.74.0.2"), 0))
        let outside = try address(forbidden)
        try await ForbiddenListener.running(at: outside) { listener in
            let names = Endpoint(server.address, try freePort(on: server.address))
            let scope = try scope("127.74.0.1-127.74.0.2", zones: ["inside.test"], nameServers: [names])
            let gate = Gate(scope: scope)
            try await HostileNameServer.running(at: names, answering: outside) {
                try await HostileServer.runningLures(at: host, to: listener.endpoint) { site in
                    let lures = HostileServer.lures(to: listener.endpoint)
                    for number in lures.indices {
                        let page = web(site.endpoint, "/\(number)")
                        let reply = try await gate.fetch(HTTPRequest(.get, page)).reply
                        #expect(reply.status == 302)
                        let location = try #require(reply.headers["location"])
                        let error = try await follow(location, from: page, with: gate)
                        let isHarmless = error == nil || error?.isRefusedByScope == true
                        #expect(
                            isHarmless || error?.attempted.contains("ftp") == true
                                || error?.attempted.contains("rsync") == true
                        )
                    }
                }
            }
            #expect(listener.count == 0)
            #expect(gate.tally.refusedByRule >= 12)
            await gate.close()
        }
    }

    @Test func pinnedAddressesAreCheckedToo() async throws {
        try await ForbiddenListener.running(at: try address(forbidden)) { listener in
            let gate = Gate(scope: try scope("127.74.0.3"))
            let inside = WebAddress(scheme: .http, host: "127.74.0.3")
            let mapped = try #require(IPAddress("::ffff:127.66.0.1"))
            for address in [listener.endpoint.address, mapped] {
                let endpoint = Endpoint(address, listener.endpoint.port)
                let question = DNSQuestion(.root, .ns)
                await #expect(throws: GateError.self) { try await gate.fetch(HTTPRequest(.get, inside, at: endpoint)) }
                await #expect(throws: GateError.self) { try await gate.connect(to: endpoint) }
                await #expect(throws: GateError.self) { try await gate.ask(question, of: endpoint) }
                await #expect(throws: GateError.self) { try await gate.transferZone("inside.test", from: endpoint) }
                await #expect(throws: GateError.self) {
                    try await gate.sweep(AddressSet(addresses: [address]), ports: [endpoint.port])
                }
            }
            #expect(gate.tally.refusedByRule == 10)
            #expect(gate.tally.attempted == 0)
            #expect(listener.count == 0)
        }
    }

    @Test func theListenerCounts() async throws {
        try await ForbiddenListener.running(at: try address("127.66.0.2")) { listener in
            let gate = Gate(scope: try scope("127.66.0.2"))
            let stream = try await gate.connect(to: listener.endpoint)
            try await wait(for: "the visit to be counted") { listener.count == 1 }
            await stream.close()
            await #expect(throws: GateError.self) {
                try await gate.ask(DNSQuestion(.root, .ns), of: listener.endpoint)
            }
            #expect(listener.count == 4)
        }
    }
}
