import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// The program as scripts and shells meet it.
@Suite(.enabled(if: isInstalled("nginx"), "needs nginx"))
struct ProcessTests {
    @Test func whatIsListedIsJSONAndComesBackFromTheVault() async throws {
        let log = "192.0.2.7 - - [15/Jan/2024:09:00:00 +0800] \"GET / HTTP/1.1\" 200 18446744073709551615 \"-\" \"x\"\n"
        let files = ["home/alice/LHB_S1E02_C003.txt": Array("18 格\n".utf8), "home/alice/access.log": Array(log.utf8)]
        try await SmallCountry.running(files: files) { country in
            #expect(try await country.ajar("investigate", "--quiet", "--json").status == 0)
            let before = try await country.lists()
            for (command, text) in before {
                #expect(throws: Never.self, "\(command): \(text)") {
                    try JSONSerialization.jsonObject(with: Data(text.utf8))
                }
            }
            #expect(before["collect"]?.contains("LHB_S1E02_C003") == true)
            for command in ["config", "report", "verify"] {
                let text = try await country.ajar(command, "--json", "--quiet").text
                #expect(throws: Never.self, "\(command)") { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
            }

            for suffix in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: country.path + "/catalogue.sqlite" + suffix)
            }
            let missing = try await country.ajar("status")
            #expect(missing.status == 66)
            #expect(missing.text.contains("ajar verify --rebuild"))
            #expect(try await country.ajar("verify", "--rebuild", "--quiet").status == 0)
            #expect(try await country.lists() == before)
        }
    }

    @Test func exitCodesSayWhatWentWrong() async throws {
        try await SmallCountry.running { country in
            #expect(try await country.ajar("collect", "--bogus").status == 64)
            #expect(try await country.ajar("watch", "--every", "inf").status == 64)
            #expect(try await country.ajar("desk", "--port", "65536").status == 64)
            #expect(try await Program.ajar(["status", "--case", "nowhere"], in: country.folder).status == 66)
            #expect(try await country.ajar("trace", "--log", "nowhere.log").status == 66)

            let vault = try await Vault.open(at: country.path + "/vault", key: country.path + "/keys/ledger.key")
            for command in [["census"], ["verify", "--rebuild"]] {
                let locked = try await Program.ajar(command + ["--case", country.path], in: country.folder)
                #expect(locked.status == 69, "\(locked.text)")
            }
            await vault.close()

            let scope = URL(filePath: country.path + "/scope.toml")
            let good = try String(contentsOf: scope, encoding: .utf8)
            for (line, code) in [("authority = ", 77), ("contact = ", 65)] {
                let lines = good.split(separator: "\n").filter { !$0.hasPrefix(line) }.joined(separator: "\n")
                try lines.write(to: scope, atomically: true, encoding: .utf8)
                let refused = try await country.ajar("census")
                #expect(refused.status == code, "\(refused.text)")
                #expect(refused.text.split(separator: "\n").count == 1)
            }
            try good.write(to: scope, atomically: true, encoding: .utf8)
            #expect(try await country.ajar("report", "--output", "/proc/nowhere").status == 73)
            #expect(try await country.ajar("census", "--quiet").status == 0)

            let limited = "trap '' XFSZ; ulimit -f 8; exec \(Program.folder.path)/ajar collect --case \(country.path)"
            let full = try await Program.shell(limited, in: country.folder)
            #expect(full.status == 74, "\(full.text)")
        }
    }

    @Test func aChangedByteIsNamedThoughTheVaultCannotBeOpened() async throws {
        try await SmallCountry.running { country in
            #expect(try await country.ajar("census", "--quiet").status == 0)
            let checkpoint = URL(filePath: country.path + "/vault/ledger/checkpoint")
            var bytes = try Data(contentsOf: checkpoint)
            bytes[bytes.count - 5] ^= 1
            try bytes.write(to: checkpoint)
            let report = try await country.ajar("verify", "--quiet")
            #expect(report.status == 65)
            #expect(report.text.contains("ledger/checkpoint: is not signed by the ledger's key"))
        }
    }

    /// `| head -1`, and a terminal that goes away.
    @Test func aReaderThatGoesAwayBreaksNothing() async throws {
        try await SmallCountry.running { country in
            let ajar = "\(Program.folder.path)/ajar"
            for command in [
                "\(ajar) investigate --case \(country.path) 2>&1 | head -c 1 >/dev/null",
                "\(ajar) investigate --case \(country.path) 2>&1 >/dev/null | true",
                "\(ajar) census --list --json --case \(country.path) | head -1 >/dev/null",
                "\(ajar) census --json --case \(country.path) | true",
            ] {
                let result = try await Program.shell("\(command); exit ${PIPESTATUS[0]}", in: country.folder)
                #expect([0, 141].contains(result.status), "\(command): \(result.status) \(result.text)")
                #expect(result.text.isEmpty, "\(command): \(result.text)")
            }
            #expect(try country.runs(of: .census).allSatisfy { $0.completeness == .complete })
            #expect(try country.runs(of: .identify).count == 2)
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func shellsGetCompletions(shell: String) async throws {
        let (text, status) = try await Program.ajar(["--generate-completion-script", shell], in: .temporaryDirectory)
        #expect(status == 0)
        for word in ["investigate", "collect", "verify", "--case"] { #expect(text.contains(word.drop { $0 == "-" })) }
    }

    @Test func theDeskSaysItsAddressThroughAPipeAndEndsWhenTold() async throws {
        try await SmallCountry.running { country in
            #expect(try await country.ajar("census", "--quiet").status == 0)
            let desk = try StartedProgram(["desk", "--case", country.path], in: country.folder)
            try await wait(for: "the desk's address") { desk.text.contains("/?token=") }
            desk.send(SIGTERM)
            #expect(try await desk.status() == 0)
        }
    }

    @Test func errorsHoldNoControlCharacters() async throws {
        let (text, status) = try await Program.ajar(["status", "--case", "a\u{1b}[2J\nb"], in: .temporaryDirectory)
        #expect(status == 66)
        #expect(!text.contains("\u{1b}"))
        #expect(text.split(separator: "\n").count == 1)
    }
}
