import CaseFile
import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// The plain folder, and the bag around one.
@Suite("A folder that was exported")
struct FolderFormTests {
    private let exporter = exporters.first { $0.format == "folder" }

    @Test("is right by sha256sum, and holds each payload under a name of its own")
    func sums() async throws {
        let exporter = try #require(exporter)
        let sealed = try await SealedCase()
        let (path, bundle) = try await sealed.export(exporter)
        await sealed.vault.close()
        let judged = try run("/usr/bin/sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], in: path)
        #expect(judged.status == 0, "\(judged.text)")
        for (number, name) in SealedCase.hostileNames.enumerated() {
            let target = "http://files.example:8080/share/\(name)"
            let row = try #require(try rows(path).first { $0[4] == target.replacing("\"", with: "%22") })
            let bytes = try Data(contentsOf: URL(filePath: "\(path)/\(row[0])"))
            #expect(String(decoding: bytes, as: UTF8.self) == "file \(number)", "\(name)")
        }
        let names = try files(of: path).filter { $0.hasPrefix("files/") || $0.hasPrefix("records/") }
        #expect(UInt64(names.count) == bundle.counts.files)
        #expect(Set(names.map { $0.lowercased() }).count == names.count)
        #expect(names.contains("files/files.example_8080/share/한국어.psd"))
        #expect(names.contains("files/files.example_8080/share/_index"))
        #expect(names.contains("files/ftp/files.example/pub/readme.txt"))
        #expect(names.contains("records/ajar/scope"))
    }

    @Test("has one file for a payload that the same address gave twice")
    func repeated() async throws {
        let exporter = try #require(exporter)
        let sealed = try await SealedCase()
        let (path, _) = try await sealed.export(exporter)
        await sealed.vault.close()
        let sightings = try rows(path).filter { $0[4].hasSuffix("/many/1.txt") }
        #expect(sightings.count == 2)
        #expect(Set(sightings.map { $0[0] }).count == 1)
        #expect(sightings.map { $0[2] } == ["captured", "identical"])
    }

    @Test("brings the earlier answer along that an unchanged one speaks of")
    func unchanged() async throws {
        let exporter = try #require(exporter)
        let sealed = try await SealedCase()
        let (path, _) = try await sealed.export(exporter, .day(SealedCase.later.day))
        await sealed.vault.close()
        let rows = try rows(path)
        #expect(rows.contains { $0[2] == "notModified" })
        #expect(rows.contains { $0[1] == "\(sealed.exhibit.leaf)" && $0[2] == "captured" })
    }

    @Test("is not believed when a file, its sum and its name were changed together")
    func forged() async throws {
        let exporter = try #require(exporter)
        let sealed = try await SealedCase()
        let (path, _) = try await sealed.export(exporter)
        await sealed.vault.close()
        let name = "files/files.example_8080/share/chunked"
        try Data("in chanks".utf8).write(to: URL(filePath: "\(path)/\(name)"))
        try recount(path)
        let report = try await Vault.verify(bundle: path)
        #expect(report.faults.map(\.file) == [name])
    }

    @Test("is not believed with a file more, a file less, a link, or another ledger's checkpoint")
    func swapped() async throws {
        let exporter = try #require(exporter)
        let sealed = try await SealedCase()
        let (path, _) = try await sealed.export(exporter, .leaves([sealed.exhibit.leaf]))
        let other = try await SealedCase()
        let (foreign, _) = try await other.export(exporter, .leaves([other.exhibit.leaf]))
        await sealed.vault.close()
        await other.vault.close()
        let name = "\(path)/files/files.example_8080/share/chunked"
        let files = FileManager.default

        try Data("more".utf8).write(to: URL(filePath: "\(path)/files/more"))
        #expect(try await Vault.verify(bundle: path).faults.map(\.file) == ["files/more"])
        try recount(path)
        #expect(try await Vault.verify(bundle: path).faults.map(\.what) == ["no sealed item stands behind it"])
        try files.removeItem(atPath: "\(path)/files/more")
        try recount(path)
        #expect(try await Vault.verify(bundle: path).isSound)

        try files.moveItem(atPath: name, toPath: sealed.folder.path + "/aside")
        #expect(try await !Vault.verify(bundle: path).isSound)
        try files.createSymbolicLink(atPath: name, withDestinationPath: sealed.folder.path + "/aside")
        #expect(try await Vault.verify(bundle: path).faults.contains { $0.what == "is no regular file" })
        try files.removeItem(atPath: name)
        try files.moveItem(atPath: sealed.folder.path + "/aside", toPath: name)

        for file in ["proof/checkpoint", "proof/vkey"] {
            try files.removeItem(atPath: "\(path)/\(file)")
            try files.copyItem(atPath: "\(foreign)/\(file)", toPath: "\(path)/\(file)")
        }
        try recount(path)
        let report = try await Vault.verify(bundle: path)
        #expect(report.items == 0)
        #expect(!report.isSound)
    }

    @Test("is a bag by bagit.py", .enabled(if: tool("bagit.py") != nil, "needs bagit: name its venv in AJAR_TOOLS"))
    func bag() async throws {
        let exporter = try #require(exporters.first { $0.format == "bagit" })
        let program = try #require(tool("bagit.py"))
        let sealed = try await SealedCase()
        let (path, _) = try await sealed.export(exporter)
        await sealed.vault.close()
        let judged = try run(program, ["--validate", path])
        #expect(judged.status == 0, "\(judged.text)")
        #expect(judged.text.contains("is valid"))
        let file = URL(filePath: "\(path)/data/files/files.example_8080/share/chunked")
        try Data("in chanks".utf8).write(to: file)
        #expect(try run(program, ["--validate", path]).status == 1)
    }

    /// The cells of names.csv. No test case has a quoted line end.
    private func rows(_ path: String) throws -> [[String]] {
        let text = try String(contentsOfFile: path + "/names.csv", encoding: .utf8)
        return text.split(separator: "\r\n").dropFirst().map { line in
            var cells: [String] = [""]
            var isQuoted = false
            for character in line {
                switch character {
                case "\"": isQuoted.toggle()
                case "," where !isQuoted: cells.append("")
                default: cells[cells.count - 1].append(character)
                }
            }
            return cells
        }
    }

    /// Makes SHA256SUMS agree with what is there, as a forger would.
    private func recount(_ path: String) throws {
        let script =
            "rm SHA256SUMS; find . -type f ! -name SHA256SUMS -printf '%P\\0' | xargs -0 sha256sum > ../sums; mv ../sums SHA256SUMS"
        #expect(try run("/bin/sh", ["-c", script], in: path).status == 0)
    }
}
