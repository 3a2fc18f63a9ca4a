import Domain
import Foundation
import Synchronization
import TestSupport
import Testing
import Vault

@Suite("The case's clock")
struct ClockTests {
    /// A clock of the machine that somebody sets.
    private final class SetClock: Sendable {
        /// Guards by how many microseconds it was set.
        private let shift = Mutex<Int64>(0)

        func set(by seconds: Int64) { shift.withLock { $0 += seconds * 1_000_000 } }

        var clock: CaseClock {
            CaseClock(isSimulated: false) {
                Timestamp(microseconds: CaseClock.system.now().microseconds + self.shift.withLock { $0 })
            }
        }
    }

    private func run(_ number: Int) -> Run {
        Run(
            id: RunID("2024-01-15-census-\(number)"),
            stage: .census,
            started: noon,
            scope: Digest(of: []),
            settings: [:],
            vantage: "here",
            toolVersion: "1",
            clockWasSimulated: false
        )
    }

    @Test("A clock that leaps or goes back between leaves is recorded, and verification says so")
    func jumps() async throws {
        let folder = try TemporaryFolder("clock")
        let set = SetClock()
        let vault = try await Vault.create(at: folder.path + "/v", owner: "somebody", clock: set.clock)
        _ = try await vault.record(runStarted: run(1))
        #expect(try await vault.verify().remarks == [])
        set.set(by: 3_600)
        _ = try await vault.record(runStarted: run(2))
        set.set(by: -7_200)
        _ = try await vault.record(runStarted: run(3))
        _ = try await vault.record(runStarted: run(4))
        await vault.close()
        let report = try await Vault.verify(at: folder.path + "/v")
        #expect(report.faults == [])
        #expect(report.remarks.count == 3)
        #expect(report.remarks.contains { $0.hasPrefix("the clock had jumped by 3") && $0.hasSuffix("leaf 3") })
        #expect(report.remarks.contains { $0.hasPrefix("the clock had jumped by -7") && $0.hasSuffix("leaf 4") })
        #expect(report.remarks.contains { $0.hasPrefix("the clock went back between leaf 3") })
        let leaf = try String(contentsOfFile: folder.path + "/v/ledger/tile/entries/000.p/6", encoding: .isoLatin1)
        #expect(leaf.contains("\"owner\":\"somebody\""))
    }

    @Test("A clock that goes back between two openings shows in the leaves")
    func between() async throws {
        let folder = try TemporaryFolder("clock")
        for (number, time) in [noon, noon.adding(seconds: -86_400)].enumerated() {
            let clock = CaseClock(isSimulated: true) { time }
            let path = folder.path + "/v"
            let vault: Vault
            if number == 0 {
                vault = try await Vault.create(at: path, clock: clock)
            } else {
                vault = try await Vault.open(at: path, clock: clock)
            }
            _ = try await vault.record(runStarted: run(number))
            await vault.close()
        }
        let remarks = try await Vault.verify(at: folder.path + "/v").remarks
        #expect(remarks.count == 1)
        #expect(remarks.first?.hasPrefix("the clock went back between leaf 2") == true)
    }
}
