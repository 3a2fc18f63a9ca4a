import Domain
import Foundation
import Glibc
import TestSupport
import Testing

/// Ctrl-C in the middle of a run: it ends cleanly, the run says that it was interrupted, and the next goes on.
@Suite(.enabled(if: isInstalled("nginx"), "needs nginx"))
struct InterruptionTests {
    /// Starts the command, interrupts it while the stage is at work, and runs it again to its end.
    private func interrupt(
        _ command: String,
        during stage: StageName,
        in country: SmallCountry,
        when isUnderWay: () throws -> Bool = { true }
    ) async throws {
        let program = try StartedProgram([command, "--case", country.path, "--quiet"], in: country.folder)
        try await wait(for: "\(stage) to run", within: .seconds(60)) {
            try country.runs(of: stage).contains { $0.completeness == .running } && isUnderWay()
        }
        program.send(SIGINT)
        #expect(try await program.status() == 130, "\(program.text)")
        #expect(try country.runs(of: stage).last?.completeness == .incomplete(reason: "interrupted"))
        #expect(try await country.ajar("verify", "--quiet").status == 0)

        let again = try await country.ajar(command, "--quiet")
        #expect(again.status == 0, "\(again.text)")
        #expect(try country.runs(of: stage).last?.completeness == .complete)
        #expect(try country.runs(of: stage).count == 2)
        #expect(try await country.ajar("verify", "--quiet").status == 0)
    }

    @Test func aCensusGoesOn() async throws {
        try await SmallCountry.running(pace: .init(addresses: 40, total: 10)) { country in
            try await interrupt("census", during: .census, in: country)
            #expect(try await country.ajar("census", "--list").text.contains("\(country.endpoint)"))
        }
    }

    @Test func aCollectionGoesOn() async throws {
        let files = Dictionary(
            uniqueKeysWithValues: (0..<12).map {
                ("home/alice/\($0).bin", [UInt8](repeating: UInt8($0), count: 30_000))
            }
        )
        try await SmallCountry.running(files: files, pace: .init(server: "limit_rate 10k;")) { country in
            #expect(try await country.ajar("census", "--quiet").status == 0)
            #expect(try await country.ajar("doors", "--quiet").status == 0)
            try await interrupt("collect", during: .collect, in: country)
            let list = try await country.ajar("collect", "--list")
            for name in files.keys { #expect(list.text.contains("/\(name.split(separator: "/").last ?? "")")) }
        }
    }

    @Test func readingGoesOn() async throws {
        let files = Dictionary(uniqueKeysWithValues: (0..<30).map { ("home/alice/\($0).bmp", Self.noise(seed: $0)) })
        try await SmallCountry.running(files: files) { country in
            for command in ["census", "doors", "collect"] {
                #expect(try await country.ajar(command, "--quiet").status == 0)
            }
            try await interrupt("read", during: .reading, in: country)
            let table = try await country.ajar("read", "--list")
            #expect(table.text.contains("30"), "\(table.text)")
        }
    }

    @Test func anInvestigationGoesOnToItsReport() async throws {
        try await SmallCountry.running(pace: .init(addresses: 30, total: 10)) { country in
            try await interrupt("investigate", during: .census, in: country)
            for stage in [StageName.doors, .collect, .identify] {
                #expect(try country.runs(of: stage).map(\.completeness) == [.complete], "\(stage)")
            }
            let report = try String(contentsOfFile: country.path + "/report/index.html", encoding: .utf8)
            #expect(report.contains("/data/User/"))
        }
    }

    @Test(arguments: [SIGINT, SIGTERM]) func watchGoesRoundUntilItIsTold(signal: Int32) async throws {
        try await SmallCountry.running { country in
            let program = try StartedProgram(
                ["watch", "--every", "0.0002", "--case", country.path],
                in: country.folder
            )
            try await wait(for: "two rounds", within: .seconds(90)) {
                program.text.components(separatedBy: "the report is").count > 2
            }
            program.send(signal)
            let status = try await program.status()
            // Between two rounds there is nothing to end in order: the signal itself ends the program.
            #expect(status == 130 || status == 128 + Int(signal), "\(program.text)")
            #expect(try country.runs(of: .census).filter { $0.completeness == .complete }.count >= 2)
            #expect(try country.runs(of: .census).allSatisfy { $0.completeness != .running })
        }
    }

    /// A picture that shows nothing and takes long to read.
    private static func noise(seed: Int) -> [UInt8] {
        let (width, height) = (400, 300)
        func little(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        var state = UInt64(seed + 1) &* 0x9e37_79b9_7f4a_7c15
        let pixels = (0..<width * height * 3).map { _ -> UInt8 in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state >> 32)
        }
        var bytes = Array("BM".utf8)
        for field in [54 + pixels.count, 0, 54, 40, width, height, 24 << 16 | 1, 0, pixels.count, 2_835, 2_835, 0, 0] {
            bytes += little(field)
        }
        return bytes + pixels
    }
}
