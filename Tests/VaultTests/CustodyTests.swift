import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

@Suite("Custody")
struct CustodyTests {
    private func act(_ kind: CustodyAct.Kind = .report, items: [Digest] = []) -> CustodyAct {
        CustodyAct(kind, actor: "a@b", settings: ["output": "/tmp/x"], began: noon, items: items)
    }

    @Test("An act that began and ended is told once, with its settings and both leaves, beside the runs")
    func acts() async throws {
        let folder = try TemporaryFolder("vault")
        let vault = try await Vault.create(at: folder.path + "/v", clock: stillClock)
        var run = Run(
            id: RunID("2024-01-15-census-1"),
            stage: .census,
            started: noon,
            scope: Digest(of: []),
            settings: ["ports": "80"],
            vantage: "here",
            toolVersion: "1",
            clockWasSimulated: true,
            actor: "a@b"
        )
        _ = try await vault.record(runStarted: run)
        var report = act()
        let first = try await vault.record(report)
        report.ended = noon.adding(seconds: 1)
        report.outcome = "complete"
        let last = try await vault.record(report)
        run.completeness = .incomplete(reason: "interrupted")
        run.ended = noon.adding(seconds: 2)
        _ = try await vault.record(runEnded: run)
        for number in 0..<300 { _ = try await vault.seal(resource("between \(number)")) }
        let desk = act(.desk)
        _ = try await vault.record(desk)
        await vault.close()

        let entries = try await Vault.openReadOnly(at: folder.path + "/v").custody()
        #expect(entries.count == 3)
        #expect(entries[0].act.kind.rawValue == "census")
        #expect(entries[0].act.actor == "a@b")
        #expect(entries[0].act.settings["ports"] == "80")
        #expect(entries[0].act.settings["scope"] == Digest(of: []).description)
        #expect(entries[0].act.outcome == "incomplete: interrupted")
        #expect(entries[1].act == report)
        #expect(entries[1].leaves == [first.leaf, last.leaf])
        #expect(entries[2].act == desk)
        #expect(entries[2].act.ended == nil)
        #expect(try await Vault.verify(at: folder.path + "/v").faults == [])
    }

    @Test("What is left while another process seals is told at once, and sealed when the vault is opened next")
    func notices() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        let vault = try await Vault.create(at: path, clock: stillClock)
        var report = act(items: [Digest(of: [1])])
        try await Vault.leave(report, at: path)
        report.ended = noon.adding(seconds: 5)
        try await Vault.leave(report, at: path)
        #expect(try await vault.custody() == [CustodyEntry(act: report, leaves: [])])
        let before = try await Vault.verify(at: path)
        #expect(before.faults == [])
        #expect(before.remarks.contains { $0.contains("2 acts") })
        await vault.close()

        let again = try await Vault.open(at: path, clock: stillClock)
        let entries = try await again.custody()
        #expect(entries.map(\.act) == [report])
        #expect(entries.first?.leaves.count == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: path + "/notices") == [])
        // One that was sealed and whose file came back is not told twice.
        try await Vault.leave(report, at: path)
        await again.close()
        await (try Vault.open(at: path, clock: stillClock)).close()
        let reader = try await Vault.openReadOnly(at: path)
        #expect(try await reader.custody().map(\.act) == [report])
        let afterwards = try await Vault.verify(at: path)
        #expect(afterwards.faults == [])
        #expect(afterwards.remarks == [])
    }

    @Test("Nothing that lies among the notices keeps the vault from opening")
    func hostileNotices() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        await (try Vault.create(at: path, clock: stillClock)).close()
        let notices = path + "/notices"
        try FileManager.default.createDirectory(atPath: notices + "/folder.json", withIntermediateDirectories: true)
        try Data("no act".utf8).write(to: URL(filePath: notices + "/a.json"))
        try Data().write(to: URL(filePath: notices + "/b.json"))
        try Data(count: 70_000).write(to: URL(filePath: notices + "/long.json"))
        #expect(mkfifo(notices + "/pipe.json", 0o600) == 0)
        let vault = try await Vault.open(at: path, clock: stillClock)
        let entries = try await vault.custody()
        #expect(entries.map(\.act.kind.rawValue) == ["unreadable", "unreadable"])
        await vault.close()
        let left = try FileManager.default.contentsOfDirectory(atPath: notices).sorted()
        #expect(left == ["folder.json", "long.json", "pipe.json"])
        #expect(try await Vault.verify(at: path).faults == [])
    }
}
