import Domain
import Scope
import TestSupport
import Testing

@Suite struct GateConnectTests {
    @Test func talksToAnEcho() async throws {
        let here = try address("127.72.0.1")
        let gate = Gate(scope: try scope("127.72.0.1"))
        try await HostileServer.running(at: here, .echo) { server in
            let stream = try await gate.connect(to: server.endpoint)
            try await stream.write(Array("hello".utf8))
            #expect(try await stream.read(exactly: 5, within: .seconds(5)) == Array("hello".utf8))
            let error = try await #require(throws: GateError.self) {
                try await stream.read(upTo: 10, within: .milliseconds(50))
            }
            #expect(error.code == .timedOut)
            try await stream.write(Array("again".utf8))
            #expect(try await stream.read(upTo: 2, within: .seconds(5)) == Array("ag".utf8))
            #expect(try await stream.read(exactly: 3, within: .seconds(5)) == Array("ain".utf8))
            await stream.close()
        }
        #expect(gate.tally.bytesIn == 10)
        #expect(gate.tally.bytesOut == 10)
    }

    @Test func seesTheEnd() async throws {
        let here = try address("127.72.0.2")
        let gate = Gate(scope: try scope("127.72.0.2"))
        let greeting: [HostileServer.Act] = [.send("bye\r\n"), .close]
        try await HostileServer.running(at: here, greeting: greeting) { server in
            let stream = try await gate.connect(to: server.endpoint)
            #expect(try await stream.read(exactly: 5, within: .seconds(5)) == Array("bye\r\n".utf8))
            #expect(try await stream.read(upTo: 5, within: .seconds(5)) == nil)
            #expect(try await stream.read(upTo: 5, within: .seconds(5)) == nil)
        }
    }

    @Test func dialsMappedAddressesAsWhatTheyStandFor() async throws {
        let here = try address("127.72.0.3")
        let gate = Gate(scope: try scope("127.72.0.3"))
        try await HostileServer.running(at: here) { server in
            let mapped = Endpoint(try address("::ffff:7f48:3"), server.endpoint.port)
            let stream = try await gate.connect(to: mapped)
            #expect(stream.endpoint == server.endpoint)
        }
    }

    @Test func refusalAndSilenceDiffer() async throws {
        let here = try address("127.72.0.4")
        let gate = Gate(scope: try scope("127.72.0.4"))
        let closed = Endpoint(here, try freePort(on: here))
        let error = try await #require(throws: GateError.self) { try await gate.connect(to: closed) }
        #expect(error.code == .refused)
        #expect(error.endpoint == closed)
        let outside = try await #require(throws: GateError.self) {
            try await gate.connect(to: Endpoint(try address("127.66.0.1"), 80))
        }
        #expect(outside.isRefusedByScope)
        #expect(gate.tally.refusedByRule == 1)
    }

    @Test func keepsToItsSlots() async throws {
        let here = try address("127.72.0.5")
        let gate = Gate(scope: try scope("127.72.0.5", rate: Rate(perAddress: 10_000, total: 10_000, concurrent: 2)))
        try await HostileServer.running(at: here) { server in
            let first = try await gate.connect(to: server.endpoint)
            let second = try await gate.connect(to: server.endpoint)
            let third = Task { try await gate.connect(to: server.endpoint) }
            let fourth = Task { try await gate.connect(to: server.endpoint) }
            fourth.cancel()
            let error = try await #require(throws: GateError.self) { try await fourth.value }
            #expect(error.code == .cancelled)
            #expect(gate.tally.opened == 2)
            await first.close()
            let stream = try await third.value
            #expect(gate.tally.opened == 3)
            await second.close()
            await stream.close()
        }
    }

    @Test func cancellationEndsAWait() async throws {
        let here = try address("127.72.0.6")
        let gate = Gate(scope: try scope("127.72.0.6"))
        try await HostileServer.running(at: here) { server in
            let stream = try await gate.connect(to: server.endpoint)
            let task = Task { try await stream.read(upTo: 1, within: .seconds(600)) }
            task.cancel()
            let error = try await #require(throws: GateError.self) { try await task.value }
            #expect(error.code == .cancelled)
        }
    }
}
