import Domain
import Scope
import Synchronization
import TestSupport
import Testing

@Suite struct SweepTests {
    private let range = "127.71.0.0-127.71.0.63"

    @Test func tellsOpenFromClosed() async throws {
        let gate = Gate(scope: try scope(range))
        let (first, second) = (try address("127.71.0.5"), try address("127.71.0.60"))
        let unused = try freePort(on: first)
        let (port, sweeps) = try await HostileServer.running(at: first) { one in
            let port = one.endpoint.port
            return try await HostileServer.running(at: second, port: port) { two in
                let found = try await gate.sweep(gate.scope.addresses, ports: [port, unused, port])
                try await wait(for: "both to be reached") { one.connections + two.connections == 2 }
                return (port, found)
            }
        }
        #expect(sweeps.map(\.port) == [port, unused].sorted())
        let sweep = try #require(sweeps.first { $0.port == port })
        #expect(sweep.open == AddressSet(addresses: [first, second]))
        #expect(sweep.closed == gate.scope.addresses.subtracting(sweep.open))
        #expect(sweeps.allSatisfy { $0.noAnswer.isEmpty })
        #expect(gate.tally.attempted == 128)
        #expect(gate.tally.opened == 2)
    }

    @Test func neverMeetsItself() async throws {
        let gate = Gate(scope: try scope("127.0.0.1"))
        // The ports from which connections are made: a socket may meet itself there.
        let sweeps = try await gate.sweep(gate.scope.addresses, ports: Array(50_000..<52_000))
        #expect(sweeps.allSatisfy { $0.open.isEmpty || accepts(Endpoint($0.open.ranges[0].first, $0.port)) })
        #expect(sweeps.count == 2_000)
    }

    @Test func refusesWhatIsOutsideBeforeAnythingIsSent() async throws {
        let gate = Gate(scope: try scope(range))
        let wide = gate.scope.addresses.union(AddressSet(addresses: [try address("127.66.0.1")]))
        await #expect(throws: GateError.self) { try await gate.sweep(wide, ports: [80]) }
        #expect(gate.tally.attempted == 0)
        #expect(gate.tally.refusedByRule == 1)
    }

    @Test func cancelledLeavesTheRestUnobserved() async throws {
        let slow = Rate(perAddress: 1, total: 20, concurrent: 10)
        let gate = Gate(scope: try scope(range, rate: slow))
        let task = Task {
            try await gate.sweep(gate.scope.addresses, ports: [1, 2, 3, 4])
        }
        task.cancel()
        let sweeps = try await task.value
        let seen = sweeps.reduce(0) { $0 + $1.open.count + $1.closed.count + $1.noAnswer.count }
        #expect(seen < 256)
        #expect(gate.tally.attempted == seen)
    }

    @Test func keepsTheRate() async throws {
        let gate = Gate(
            scope: try scope("127.71.1.0-127.71.1.3", rate: Rate(perAddress: 40, total: 1_000, concurrent: 10))
        )
        let start = ContinuousClock.now
        _ = try await gate.sweep(gate.scope.addresses, ports: Array(1...20))
        // Twenty contacts with each address at forty a second: the last is due after 475 ms, less 20 ms of slack.
        #expect(ContinuousClock.now - start >= .milliseconds(450))
    }

    @Test func reportsProgressToTheEnd() async throws {
        let gate = Gate(scope: try scope(range))
        let last = Mutex<SweepProgress?>(nil)
        _ = try await gate.sweep(gate.scope.addresses, ports: [1]) { progress in last.withLock { $0 = progress } }
        #expect(last.withLock { $0 } == SweepProgress(done: 64, total: 64, open: 0))
    }
}
