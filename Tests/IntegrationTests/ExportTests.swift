import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// `ajar export` and `ajar verify BUNDLE`, as a person meets them.
@Suite(.enabled(if: isInstalled("nginx"), "needs nginx"))
struct ExportTests {
    @Test func bundlesOfEveryKindVerifyWithoutTheCase() async throws {
        let files = [
            "home/alice/LHB_S1E02_C003.txt": Array("18 格\n".utf8), "home/alice/-rf;name \u{202e}.txt": Array("x".utf8),
        ]
        try await SmallCountry.running(files: files) { country in
            #expect(try await country.ajar("investigate", "--quiet").status == 0)
            let bundles = country.folder.path + "/bundles"
            let choices = [[], ["--source", "/data/User/"], ["--day", "\(CaseClock.system.now().day)"], ["--report"]]
            var paths: [String] = []
            for format in ["folder", "bagit", "wacz", "rocrate", "case"] {
                for choice in choices {
                    let path = "\(bundles)/\(format)\(paths.count)"
                    let words = ["export", "--format", format, "--output", path, "--quiet"] + choice
                    let written = try await Program.ajar(words + ["--case", country.path], in: country.folder)
                    #expect(written.status == 0, "\(words): \(written.text)")
                    #expect(written.text.contains(" items, "), "\(written.text)")
                    paths.append(path)
                }
            }
            #expect(try await country.ajar("verify", "--quiet").status == 0)
            try FileManager.default.moveItem(atPath: country.path, toPath: country.path + ".away")
            for path in paths {
                let verified = try await Program.ajar(["verify", path], in: country.folder)
                #expect(verified.status == 0, "\(path): \(verified.text)")
                #expect(verified.text.contains("Every item is what was sealed."), "\(verified.text)")
            }
            try FileManager.default.moveItem(atPath: country.path + ".away", toPath: country.path)
            try Data("y".utf8).write(to: URL(filePath: paths[0] + "/names.csv"))
            let changed = try await Program.ajar(["verify", paths[0]], in: country.folder)
            #expect(changed.status == 65)
            #expect(changed.text.contains("names.csv"))
        }
    }

    @Test func whatCannotBeExportedIsSaidInOneLine() async throws {
        try await SmallCountry.running { country in
            let output = country.folder.path + "/out"
            #expect(try await country.ajar("export", "--format", "tar", "--output", output).status == 64)
            let two = ["export", "--format", "folder", "--output", output, "--report", "--day", "2024-01-15"]
            #expect(try await Program.ajar(two + ["--case", country.path], in: country.folder).status == 64)
            #expect(try await country.ajar("census", "--quiet").status == 0)
            let unknown = try await country.ajar("export", "--format", "folder", "--output", output, "--source", "zz")
            #expect(unknown.status == 64)
            #expect(unknown.text.split(separator: "\n").count == 1, "\(unknown.text)")
            let day = ["--day", "1999-01-01", "--case", country.path]
            let never = try await Program.ajar(
                ["export", "--format", "folder", "--output", output] + day,
                in: country.folder
            )
            #expect(never.status == 66)
            #expect(try await country.ajar("export", "--format", "folder", "--output", country.path).status == 73)
            #expect(!FileManager.default.fileExists(atPath: output))
            #expect(try await Program.ajar(["verify", "nothing"], in: country.folder).status == 66)
            #expect(try await Program.ajar(["verify", "/etc/passwd"], in: country.folder).status == 65)
            #expect(try await Program.ajar(["verify", "/tmp"], in: country.folder).status == 66)
        }
    }

    @Test(.enabled(if: OwnMounts.arePossible, "needs unshare and mount"))
    func aFullDiskIsOneLineAndNothingIsLeft() async throws {
        var noise = SystemRandomNumberGenerator()
        let film = (0..<3 << 20).map { _ in UInt8.random(in: 0...255, using: &noise) }
        try await SmallCountry.running(files: ["film.bin": film]) { country in
            for stage in ["census", "doors", "collect"] {
                #expect(try await country.ajar(stage, "--quiet").status == 0)
            }
            // Full at the beginning, in the film, and with the archive half made.
            let ways = ["folder", "bagit", "wacz", "rocrate", "case"].flatMap { form in
                ["16k", "1m"].map { (form, $0) }
            }
            for (form, size) in ways + [("wacz", "5m")] {
                let script = """
                    mkdir -p disk && mount -t tmpfs -o size=\(size) tmpfs disk || exit 99
                    '\(Program.folder.path)/ajar' export --case case --format \(form) --output disk/out --quiet
                    code=$?; ls -A disk; exit $code
                    """
                try script.write(to: country.folder.appending(path: "full"), atomically: true, encoding: .utf8)
                let (text, status) = try await Program.shell("unshare -rm sh full", in: country.folder)
                #expect(status == 74, "\(form) \(size): \(text)")
                #expect(text.contains("no space is left"), "\(form) \(size): \(text)")
                #expect(text.split(separator: "\n").count == 1, "\(form) \(size): \(text)")
            }
            let verified = try await country.ajar("verify", "--quiet")
            #expect(verified.status == 0, "\(verified.text)")
            let custody = try await country.ajar("custody", "--json").text
            let exports = try JSONDecoder().decode([CustodyEntry].self, from: Data(custody.utf8))
                .filter { $0.act.kind == .export }
            #expect(exports.count == ways.count + 1)
            #expect(exports.allSatisfy { $0.act.outcome?.contains("no space is left") == true && $0.leaves.count == 2 })
            let out = country.folder.path + "/out"
            #expect(try await country.ajar("export", "--format", "wacz", "--output", out, "--quiet").status == 0)
        }
    }
}
