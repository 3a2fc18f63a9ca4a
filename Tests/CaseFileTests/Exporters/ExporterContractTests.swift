import CaseFile
import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// What every exporter keeps; see ``Exporter``.
@Suite("Every exporter")
struct ExporterContractTests {
    @Test("writes bundles that verify without the case", arguments: exporters.map(\.format))
    func verifies(_ format: String) async throws {
        let exporter = try #require(exporters.first { $0.format == format })
        let sealed = try await SealedCase()
        let selections: [BundleSelection] = [
            .everything, .source(SealedCase.base), .day(SealedCase.later.day), .leaves([sealed.exhibit.leaf]),
        ]
        var items: [UInt64] = []
        var paths: [String] = []
        for selection in selections {
            let (path, bundle) = try await sealed.export(exporter, selection)
            items.append(bundle.counts.items)
            paths.append(path)
            #expect(bundle.counts.missing == 0)
        }
        await sealed.vault.close()
        try FileManager.default.removeItem(atPath: sealed.path)
        for (path, count) in zip(paths, items) {
            let report = try await Vault.verify(bundle: path)
            #expect(report.faults == [], "\(path)")
            #expect(report.items == count)
        }
        #expect(items == items.sorted(by: >), "\(items)")
        #expect(Set(items).count == items.count)
    }

    @Test("lets no name out of its folder", arguments: exporters.map(\.format))
    func staysInside(_ format: String) async throws {
        let exporter = try #require(exporters.first { $0.format == format })
        let sealed = try await SealedCase()
        let (path, _) = try await sealed.export(exporter, to: "inside/bundle")
        await sealed.vault.close()
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: sealed.folder.path).sorted() == ["inside", "vault"]
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: sealed.folder.path + "/inside") == ["bundle"])
        for name in try files(of: path) {
            for part in name.split(separator: "/") {
                #expect(!part.hasPrefix(".") && !part.hasPrefix("-") && part.utf8.count <= 200, "\(name)")
            }
            let isPlain = name.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && !"\\:*?\"<>|\u{202e}".unicodeScalars.contains($0)
            }
            #expect(isPlain, "\(name)")
        }
    }

    @Test("has every bit under its proofs or its sums", arguments: exporters.map(\.format))
    func flips(_ format: String) async throws {
        let exporter = try #require(exporters.first { $0.format == format })
        let sealed = try await SealedCase()
        let (path, _) = try await sealed.export(exporter, .day(SealedCase.later.day))
        await sealed.vault.close()
        #expect(try await Vault.verify(bundle: path).isSound)
        let whole = format == "wacz" ? try unpacked(path) : ""
        for name in try files(of: path) {
            let url = name.isEmpty ? URL(filePath: path) : URL(filePath: "\(path)/\(name)")
            let before = try Data(contentsOf: url)
            for _ in 0..<(name.isEmpty ? 400 : min(25, before.count)) {
                var after = before
                let place = Int.random(in: 0..<before.count)
                let bit = UInt8.random(in: 0..<8)
                after[place] ^= 1 << bit
                try after.write(to: url)
                let isSound: Bool
                do { isSound = try await Vault.verify(bundle: path).isSound } catch { isSound = false }
                // What ZIP adds to the files, such as a date, is under no sum; the files are.
                let isOutside = try name.isEmpty && isSound && unpacked(path) == whole
                #expect(!isSound || isOutside, "bit \(bit) of byte \(place) of \(name)")
            }
            try before.write(to: url)
        }
        #expect(try await Vault.verify(bundle: path).isSound)
    }

    /// The files in an archive, one after the other, as another program takes them out.
    private func unpacked(_ path: String) throws -> String {
        try run("/usr/bin/bsdtar", ["-tf", path]).text + run("/usr/bin/bsdtar", ["-xOf", path]).text
    }

    @Test("writes nothing where something is", arguments: exporters.map(\.format))
    func refuses(_ format: String) async throws {
        let exporter = try #require(exporters.first { $0.format == format })
        let sealed = try await SealedCase()
        try sealed.folder.write("taken/file", [1])
        let error = await #expect(throws: VaultError.self) { _ = try await sealed.export(exporter, to: "taken") }
        #expect(error?.code == .exists)
        try FileManager.default.createDirectory(
            atPath: sealed.folder.path + "/empty",
            withIntermediateDirectories: true
        )
        _ = try await sealed.export(exporter, to: "empty")
        await sealed.vault.close()
        #expect(try await Vault.verify(bundle: sealed.folder.path + "/empty").isSound)
        let names = try FileManager.default.contentsOfDirectory(atPath: sealed.folder.path).sorted()
        #expect(names == ["empty", "taken", "vault"])
    }

    @Test("leaves nothing behind when it is broken off", arguments: exporters.map(\.format))
    func brokenOff(_ format: String) async throws {
        let exporter = try #require(exporters.first { $0.format == format })
        let sealed = try await SealedCase()
        let error = await #expect(throws: VaultError.self) {
            _ = try await sealed.export(exporter, watch: BundleWatch(isCancelled: { true }))
        }
        #expect(error?.code == .closed)
        await sealed.vault.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: sealed.folder.path) == ["vault"])
    }

    @Test("says which bytes it does not have", arguments: exporters.map(\.format))
    func missing(_ format: String) async throws {
        let exporter = try #require(exporters.first { $0.format == format })
        let sealed = try await SealedCase()
        let segment = URL(filePath: sealed.path + "/segments/000001.warc")
        var bytes = try Data(contentsOf: segment)
        bytes[try #require(bytes.range(of: Data("not of the source".utf8))).lowerBound] ^= 1
        try bytes.write(to: segment)
        let (path, bundle) = try await sealed.export(exporter)
        await sealed.vault.close()
        #expect(bundle.counts.missing == 1)
        let report = try await Vault.verify(bundle: path)
        #expect(report.faults == [])
        #expect(report.missing == 1)
    }

    @Test("holds back what must not be given away, and says so", arguments: exporters.map(\.format))
    func heldBack(_ format: String) async throws {
        let exporter = try #require(exporters.first { $0.format == format })
        let sealed = try await SealedCase()
        let secret = try #require(sealed.exhibit.payload)
        let (path, bundle) = try await sealed.export(exporter) { $0 == secret ? "it is on a list" : nil }
        await sealed.vault.close()
        // Two addresses gave the same content.
        #expect(bundle.counts.missing == 2)
        let report = try await Vault.verify(bundle: path)
        #expect(report.faults == [])
        #expect(report.missing == 2)
        for name in try files(of: path) {
            let bytes = try Data(contentsOf: name.isEmpty ? URL(filePath: path) : URL(filePath: "\(path)/\(name)"))
            #expect(bytes.range(of: Data("in chunks".utf8)) == nil, "\(name)")
        }
    }
}
