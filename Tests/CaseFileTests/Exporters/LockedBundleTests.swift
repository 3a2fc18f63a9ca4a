import CaseFile
import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// What is withheld for the holder of a key goes along in every bundle, encrypted.
@Suite("Bundles with locked items")
struct LockedBundleTests {
    private static let content = Array("in chunks".utf8)
    private static let address = "http://files.example:8080/share/chunked"
    private let court = RecipientKey()

    private var item: Digest { Digest(of: Self.content) }

    /// A case in which the exhibit, which a second address gave again a day later, is locked for the court.
    private func locked() async throws -> (sealed: SealedCase, withheld: [Withholding]) {
        let sealed = try await SealedCase()
        let withheld = try await sealed.vault.withhold(
            [item],
            reason: "for the court",
            actor: "a@b",
            encryptedTo: court.recipient
        )
        return (sealed, withheld)
    }

    /// Unlocks from a bundle, and gives what came out.
    private func unlock(_ item: String, _ bundle: String, with key: RecipientKey? = nil) async throws -> [UInt8] {
        let output = "\(bundle)-out-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: output) }
        let unlocked = try await Vault.unlock(item, inBundle: bundle, with: key ?? court, to: output)
        let bytes = Array(try Data(contentsOf: URL(filePath: output)))
        #expect(unlocked.bytes == UInt64(bytes.count) && unlocked.item == self.item)
        return bytes
    }

    @Test(
        "They have it, prove it, and open for the key's holder alone, without the case",
        arguments: exporters.map(\.format)
    )
    func unlocks(_ format: String) async throws {
        let exporter = try #require(exporters.first { $0.format == format })
        let (sealed, withheld) = try await locked()
        #expect(withheld.count == 1)
        // Of the day there is the answer that gave the same again: the locked record was sealed on the day before.
        let selections: [BundleSelection] = [
            .everything, .source(SealedCase.base), .day(SealedCase.later.day), .leaves([sealed.exhibit.leaf]),
        ]
        var paths: [String] = []
        for selection in selections {
            let (path, bundle) = try await sealed.export(exporter, selection)
            #expect(bundle.counts.locked == 1)
            paths.append(path)
        }
        await sealed.vault.close()
        try FileManager.default.removeItem(atPath: sealed.path)
        for path in paths {
            let report = try await Vault.verify(bundle: path)
            #expect(report.faults == [] && report.locked == 1, "\(report)")
            for name in ["\(item)", Self.address] {
                #expect(try await unlock(name, path) == Self.content)
            }
            for (name, key, code) in [
                ("\(item)", RecipientKey(), VaultError.Code.key),
                ("http://files.example:8080/share/big.bin", court, .unknown),
                ("\(Digest(of: [1]))", court, .unknown),
            ] {
                let error = await #expect(throws: VaultError.self) { _ = try await unlock(name, path, with: key) }
                #expect(error?.code == code, "\(name): \(String(describing: error))")
            }
            #expect(try files(of: sealed.folder.path).allSatisfy { !$0.contains("-out-") })
        }
    }

    @Test("No clear byte of it is in them", arguments: exporters.map(\.format))
    func nothingInTheClear(_ format: String) async throws {
        let exporter = try #require(exporters.first { $0.format == format })
        let (sealed, _) = try await locked()
        let path = try await sealed.export(exporter).path
        await sealed.vault.close()
        for name in try files(of: path) {
            let bytes = try Data(contentsOf: name.isEmpty ? URL(filePath: path) : URL(filePath: "\(path)/\(name)"))
            #expect(bytes.range(of: Data(Self.content)) == nil, "\(name)")
        }
    }

    @Test(
        "What is not there, destroyed or on a list is not in them, and they are sound",
        arguments: exporters.map(\.format)
    )
    func without(_ format: String) async throws {
        let exporter = try #require(exporters.first { $0.format == format })
        let (sealed, withheld) = try await locked()
        let file = URL(filePath: "\(sealed.path)/locked/\(try #require(withheld.first).leaf)")
        let sound = try Data(contentsOf: file)
        let item = item
        var paths = [try await sealed.export(exporter, evenLocked: { $0 == item ? "it is on a list" : nil }).path]
        try Data(sound.dropLast()).write(to: file)
        paths.append(try await sealed.export(exporter).path)
        try FileManager.default.removeItem(at: file)
        paths.append(try await sealed.export(exporter).path)
        try sound.write(to: file)
        _ = try await sealed.vault.withhold([item], reason: "the term is over", actor: "c@d")
        paths.append(try await sealed.export(exporter).path)
        await sealed.vault.close()
        for path in paths {
            let report = try await Vault.verify(bundle: path)
            #expect(report.faults == [] && report.locked == 0 && report.missing > 0, "\(report)")
            let error = await #expect(throws: VaultError.self) { _ = try await unlock("\(item)", path) }
            #expect(error?.code == .unknown)
        }
    }

    @Test("Any byte of it that changes is found, even where the sums were made anew, and it opens no more")
    func forgeries() async throws {
        let exporter = try #require(exporters.first { $0.format == "folder" })
        let (sealed, withheld) = try await locked()
        let path = try await sealed.export(exporter).path
        await sealed.vault.close()
        let name = "locked/\(try #require(withheld.first).leaf)"
        let file = URL(filePath: "\(path)/\(name)")
        let sound = try Data(contentsOf: file)
        for change in [Data(sound.dropLast()), sound + [0], Data(), Data(sound.map { $0 ^ 1 })] {
            try change.write(to: file)
            try recount(path)
            let report = try await Vault.verify(bundle: path)
            #expect(report.faults.map(\.file) == [name] && report.locked == 0, "\(report.faults)")
            let error = await #expect(throws: VaultError.self) { _ = try await unlock("\(item)", path) }
            #expect(error?.code == .damaged)
        }
        try sound.write(to: file)
        // A file more, that no leaf speaks of.
        try sound.write(to: URL(filePath: "\(path)/locked/1"))
        try recount(path)
        #expect(try await Vault.verify(bundle: path).faults.map(\.file) == ["locked/1"])
        try FileManager.default.removeItem(atPath: "\(path)/locked/1")
        // A line that claims it for another leaf, or leads elsewhere.
        let proofs = URL(filePath: "\(path)/proof/leaves.jsonl")
        let lines = try String(contentsOf: proofs, encoding: .utf8)
        for wrong in ["locked/1", "../\(name)", "/etc/passwd", "SHA256SUMS"] {
            try lines.replacing("\"locked\":{\"file\":\"\(name)\"}", with: "\"locked\":{\"file\":\"\(wrong)\"}")
                .write(to: proofs, atomically: true, encoding: .utf8)
            try recount(path)
            let report = try await Vault.verify(bundle: path)
            #expect(!report.isSound && report.locked == 0, "\(wrong)")
            let error = await #expect(throws: VaultError.self) { _ = try await unlock("\(item)", path) }
            #expect(error?.code == .damaged)
        }
        try lines.write(to: proofs, atomically: true, encoding: .utf8)
        try recount(path)
        #expect(try await Vault.verify(bundle: path).locked == 1)
        #expect(try await unlock("\(item)", path) == Self.content)
    }

    @Test("wacz finds an archive with them valid", .enabled(if: tool("wacz") != nil, "needs wacz: AJAR_TOOLS"))
    func judged() async throws {
        let (sealed, _) = try await locked()
        let path = try await sealed.export(try #require(exporters.first { $0.format == "wacz" }), to: "b.wacz").path
        await sealed.vault.close()
        let judged = try run(try #require(tool("wacz")), ["validate", "-f", path])
        #expect(judged.status == 0, "\(judged.text)")
        #expect(judged.text.contains("the passed WACZ is valid"), "\(judged.text)")
    }

    /// Makes SHA256SUMS agree with what is there, as a forger would.
    private func recount(_ path: String) throws {
        let list = "find . -type f ! -name SHA256SUMS -printf '%P\\0' | xargs -0 sha256sum > ../sums"
        #expect(try run("/bin/sh", ["-c", "rm SHA256SUMS; \(list); mv ../sums SHA256SUMS"], in: path).status == 0)
    }
}
