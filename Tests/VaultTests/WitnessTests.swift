import Domain
import Foundation
import TestSupport
import Testing
import Vault

@Suite("Witness")
struct WitnessTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder("vault")
        path = folder.path + "/v"
    }

    private func verdict(_ line: CheckpointLine) async throws -> WitnessReport {
        try #require(try await Vault.verify(at: path, against: line).witness)
    }

    /// A vault with a checkpoint at each of these sizes.
    private func lines(at sizes: [Int]) async throws -> [CheckpointLine] {
        let vault = try await Vault.create(at: path, clock: stillClock)
        var lines: [CheckpointLine] = []
        var checkpoint = try await vault.checkpoint()
        for size in sizes {
            while Int(checkpoint.size) < size {
                let missing = size - Int(checkpoint.size) - (checkpoint.size == 1 ? 1 : 0)
                for _ in 0..<missing { _ = try await vault.seal(resource("banner \(UUID())")) }
                checkpoint = try await vault.checkpoint()
            }
            lines.append(try #require(checkpoint.line))
        }
        await vault.close()
        return lines
    }

    @Test("A checkpoint is one line, and comes back from it however it was broken")
    func line() async throws {
        let line = try await lines(at: [1])[0]
        let text = "\(line)"
        #expect(text.split(separator: " ").count == 4)
        #expect(!text.contains("\n"))
        #expect(CheckpointLine(text) == line)
        #expect(CheckpointLine(" " + text.replacing(" ", with: "\n  ") + "\n") == line)
        let fields = text.split(separator: " ").map(String.init)
        for wrong in [
            "", "x", text + " x", fields.dropLast().joined(separator: " "), text.replacing(" 1 ", with: " 01 "),
            text.replacing(" 1 ", with: " -1 "), text + String(repeating: " ", count: 2_000),
            [fields[0], fields[1], fields[3], fields[2]].joined(separator: " "),
        ] {
            #expect(CheckpointLine(wrong) == nil, "\(wrong)")
        }
    }

    @Test("Every checkpoint that was published holds, whatever the ledger grew to, and its proof leads to the last one")
    func holds() async throws {
        let sizes = [1, 3, 4, 7, 8, 9, 100, 255, 256, 257, 511, 512, 513, 600]
        let lines = try await lines(at: sizes)
        #expect(lines.map { Int($0.size) } == sizes)
        for line in lines {
            let report = try await Vault.verify(at: path, against: line)
            #expect(report.faults == [])
            let witness = try #require(report.witness)
            #expect(witness.verdict == .holds, "\(line.size)")
            #expect(witness.proof?.isEmpty == (line.size == 600))
            #expect(witness.sentence.contains("over \(line.size) lea"))
        }
    }

    @Test("Go's checksum database finds the proofs right", .enabled(if: hasGo, "needs Go's x/mod"))
    func goProof() async throws {
        let sizes = [1, 2, 6, 8, 255, 256, 257, 300, 517]
        let lines = try await lines(at: sizes.filter { $0 != 2 })
        let last = try #require(lines.last)
        let judge = try await goProgram("proof", in: folder)
        func base64(_ digest: Digest) -> String { Data(digest.bytes).base64EncodedString() }
        for line in lines.dropLast() {
            let proof = try #require(try await verdict(line).proof)
            let sizes = ["\(line.size)", base64(line.root), "\(last.size)", base64(last.root)]
            let output = try await run(judge, sizes + proof)
            #expect(output.text == "consistent\n", "\(line.size)")
            let forged = try await run(judge, ["\(line.size)", base64(last.root)] + sizes.dropFirst(2) + proof)
            #expect(forged.status == 1)
        }
    }

    @Test("A history that the key's owner wrote anew does not hold")
    func rewritten() async throws {
        let line = try #require(try await lines(at: [20, 300]).first)
        let files = FileManager.default
        for name in ["ledger/checkpoint", "ledger/pending", "ledger/tile", "ledger/signed", "segments"] {
            try files.removeItem(atPath: "\(path)/\(name)")
        }
        let vault = try await Vault.create(at: path, clock: stillClock)
        for number in 0..<300 { _ = try await vault.seal(resource("another \(number)")) }
        await vault.close()
        let report = try await Vault.verify(at: path, against: line)
        // By itself the ledger is without fault: only the witness tells.
        #expect(report.faults == [])
        #expect(report.witness?.verdict == .rewritten)
        #expect(report.witness?.proof == nil)
    }

    @Test("A checkpoint that the ledger does not reach, that is another's, or that was changed is told apart")
    func others() async throws {
        let early = try await lines(at: [4])
        try FileManager.default.copyItem(atPath: path, toPath: folder.path + "/copy")
        let vault = try await Vault.open(at: path, clock: stillClock)
        for number in 0..<9 { _ = try await vault.seal(resource("later \(number)")) }
        let late = try #require(try await vault.checkpoint().line)
        await vault.close()
        let older = try #require(try await Vault.verify(at: folder.path + "/copy", against: late).witness)
        #expect(older.verdict == .larger)
        #expect(older.sentence.contains("signs for 13 leaves, and the ledger has 4"))
        #expect(try await verdict(early[0]).verdict == .holds)

        let other = try await Vault.create(at: folder.path + "/other", clock: stillClock)
        let foreign = try #require(try await other.checkpoint().line)
        await other.close()
        #expect(try await verdict(foreign).verdict == .foreign)
        let changed = try #require(CheckpointLine("\(early[0])".replacing(" 4 ", with: " 5 ")))
        #expect(try await verdict(changed).verdict == .unsigned)
    }

    @Test("What was changed before a checkpoint takes its word away, and what was changed after it does not")
    func changedRecord() async throws {
        let vault = try await Vault.create(at: path, clock: stillClock)
        _ = try await vault.seal(resource("what came before"))
        let line = try #require(try await vault.checkpoint().line)
        _ = try await vault.seal(resource("what came afterwards"))
        await vault.close()
        let url = URL(filePath: path + "/segments/000001.warc")
        let sound = try Data(contentsOf: url)
        for (text, expected) in [("what came before", WitnessReport.Verdict.changed), ("afterwards", .holds)] {
            var bytes = sound
            bytes[try #require(bytes.range(of: Data(text.utf8))).lowerBound] ^= 1
            try bytes.write(to: url)
            let report = try await Vault.verify(at: path, against: line)
            #expect(report.faults.count == 1)
            #expect(report.witness?.verdict == expected)
        }
    }

    @Test("An earlier checkpoint that the ledger no longer fits is a fault")
    func history() async throws {
        let lines = try await lines(at: [3, 40])
        #expect(try allFiles(path).filter { $0.hasPrefix("ledger/signed/") }.count == 3)
        let last = try String(contentsOfFile: path + "/ledger/signed/40", encoding: .utf8)
        #expect(try String(contentsOfFile: path + "/ledger/checkpoint", encoding: .utf8) == last)
        // Under another size.
        try last.write(toFile: path + "/ledger/signed/39", atomically: true, encoding: .utf8)
        var report = try await Vault.verify(at: path)
        #expect(report.faults.map(\.file) == ["ledger/signed/39"])
        try FileManager.default.removeItem(atPath: path + "/ledger/signed/39")
        // The history of a ledger that was then written anew by the key's owner.
        for name in ["ledger/checkpoint", "ledger/pending", "ledger/tile", "segments"] {
            try FileManager.default.removeItem(atPath: "\(path)/\(name)")
        }
        let vault = try await Vault.create(at: path, clock: stillClock)
        for number in 0..<10 { _ = try await vault.seal(resource("another \(number)")) }
        await vault.close()
        report = try await Vault.verify(at: path)
        #expect(report.faults.map(\.file) == ["ledger/signed/3", "ledger/signed/40"])
        #expect(report.faults.last?.what == "signs for 40 leaves, and the ledger has 12")
        #expect(lines.count == 2)
    }
}
