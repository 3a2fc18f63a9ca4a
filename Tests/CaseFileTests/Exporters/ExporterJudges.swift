import CaseFile
import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// Programs that nobody here wrote, which read the bundles.
@Suite("Outside judges of bundles")
struct ExporterJudges {
    private func export(_ format: String, _ sealed: SealedCase) async throws -> String {
        let exporter = try #require(exporters.first { $0.format == format })
        let path = try await sealed.export(exporter, to: format == "wacz" ? "bundle.wacz" : "bundle").path
        await sealed.vault.close()
        return path
    }

    @Test("wacz finds the archive valid", .enabled(if: tool("wacz") != nil, "needs wacz: name its venv in AJAR_TOOLS"))
    func wacz() async throws {
        let sealed = try await SealedCase()
        let path = try await export("wacz", sealed)
        let judged = try run(try #require(tool("wacz")), ["validate", "-f", path])
        #expect(judged.status == 0, "\(judged.text)")
        #expect(judged.text.contains("Version detected as 1.1.1"))
        #expect(judged.text.contains("the passed WACZ is valid"), "\(judged.text)")
    }

    @Test(
        "warcio finds every digest right",
        .enabled(if: tool("warcio") != nil, "needs warcio: name its venv in AJAR_TOOLS")
    )
    func records() async throws {
        let sealed = try await SealedCase()
        let path = try await export("wacz", sealed)
        let work = sealed.folder.path
        let unzipped = try run("/usr/bin/python3", ["-m", "zipfile", "-e", path, work + "/out"])
        #expect(unzipped.status == 0, "\(unzipped.text)")
        let archive = work + "/out/archive/data.warc"
        let judged = try run(try #require(tool("warcio")), ["check", "-v", archive])
        #expect(judged.status == 0, "\(judged.text)")
        #expect(!judged.text.contains("failed"))
        let text = String(decoding: try Data(contentsOf: URL(filePath: archive)), as: UTF8.self)
        #expect(!text.contains("identical-payload-digest"), "revisits are made whole")
        #expect(text.contains("server-not-modified"), "what the server said stays")
    }

    @Test(
        "cdxj-indexer makes the same index",
        .enabled(if: tool("cdxj-indexer") != nil, "needs cdxj-indexer: AJAR_TOOLS")
    )
    func index() async throws {
        let sealed = try await SealedCase()
        let path = try await export("wacz", sealed)
        let work = sealed.folder.path
        #expect(try run("/usr/bin/python3", ["-m", "zipfile", "-e", path, work + "/out"]).status == 0)
        let judged = try run(try #require(tool("cdxj-indexer")), [work + "/out/archive/data.warc"])
        let theirs = try captures(judged.text).filter { !$0.hasPrefix("ajar:") && !$0.hasPrefix("dns:") }
        let text = try String(contentsOfFile: work + "/out/indexes/index.cdx", encoding: .utf8)
        let lines = text.split(separator: "\n")
        let isSorted = zip(lines, lines.dropFirst()).allSatisfy { !$1.utf8.lexicographicallyPrecedes($0.utf8) }
        #expect(isSorted)
        let difference = try Set(captures(text)).symmetricDifference(theirs).sorted()
        #expect(difference == [])
    }

    /// Key, time, and what leads to the record; the digest is of another kind.
    private func captures(_ index: String) throws -> [String] {
        struct Fields: Decodable {
            var url: String
            var mime: String?
            var status: String?
            var length: String
            var offset: String
            var filename: String
        }
        return try index.split(separator: "\n").map { line in
            let parts = line.split(separator: " ", maxSplits: 2)
            let fields = try JSONDecoder().decode(Fields.self, from: Data(parts[2].utf8))
            let rest = [
                fields.url, fields.mime ?? "", fields.status ?? "", fields.length, fields.offset, fields.filename,
            ]
            return "\(parts[0]) \(parts[1]) \(rest.joined(separator: " "))"
        }
    }

    @Test("OpenSSL finds the signature of an archive right", .enabled(if: tool("openssl") != nil, "needs openssl"))
    func signature() async throws {
        struct Sum: Decodable {
            struct Signed: Decodable {
                var hash: String
                var signature: String
                var publicKey: String
            }
            var signedData: Signed
        }
        let sealed = try await SealedCase()
        let path = try await export("wacz", sealed)
        let work = sealed.folder.path
        #expect(try run("/usr/bin/python3", ["-m", "zipfile", "-e", path, work + "/out"]).status == 0)
        let bytes = try Data(contentsOf: URL(filePath: work + "/out/datapackage-digest.json"))
        let signed = try JSONDecoder().decode(Sum.self, from: bytes).signedData
        try sealed.folder.write("key.der", #require(Data(base64Encoded: signed.publicKey)))
        try sealed.folder.write("signature", #require(Data(base64Encoded: signed.signature)))
        for (text, status) in [(signed.hash, Int32(0)), (signed.hash + "0", 1)] {
            try sealed.folder.write("signed", Array(text.utf8))
            let arguments = [
                "pkeyutl", "-verify", "-pubin", "-inkey", "key.der", "-keyform", "DER", "-rawin", "-in", "signed",
                "-sigfile", "signature",
            ]
            #expect(try run(try #require(tool("openssl")), arguments, in: work).status == status)
        }
    }

    @Test("Go's checksum database finds every proof right", .enabled(if: hasGo, "needs Go's x/mod"))
    func goProofs() async throws {
        let sealed = try await SealedCase()
        let path = try await export("folder", sealed)
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let source = tests.appending(path: "VaultTests/Go/bundle.go").path
        let script = """
            export GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= HOME="$1" GOCACHE="$1/cache"
            go run "$2" "$3/proof"
            """
        let judged = try run("/bin/sh", ["-c", script, "sh", sealed.folder.path, source, path])
        let report = try await Vault.verify(bundle: path)
        #expect(judged.status == 0)
        #expect(judged.text == "\(report.origin ?? "") \(report.signed) \(report.items)\n")
    }

    @Test(
        "rocrate-validator finds the description valid",
        .enabled(if: crateCache != nil, "needs rocrate-validator and its cache in AJAR_TOOLS/rocrate.sqlite")
    )
    func crate() async throws {
        let sealed = try await SealedCase()
        let path = try await export("rocrate", sealed)
        let cache = try #require(crateCache)
        let arguments = [
            "-y", "validate", "--offline", "--cache-path", cache, "-p", "ro-crate-1.1", "-f", "json", path,
        ]
        let judged = try run(try #require(tool("rocrate-validator")), arguments)
        #expect(judged.status == 0, "\(judged.text)")
    }

    @Test(
        "case_validate finds the graph valid",
        .enabled(if: tool("case_validate") != nil, "needs case-utils: AJAR_TOOLS")
    )
    func caseGraph() async throws {
        let sealed = try await SealedCase()
        let path = try await export("case", sealed)
        let judged = try run(try #require(tool("case_validate")), ["\(path)/case.jsonld"])
        #expect(judged.status == 0, "\(judged.text)")
        #expect(judged.text.contains("Conforms: True"))
    }
}

private let hasGo =
    FileManager.default.isExecutableFile(atPath: "/usr/bin/go")
    && FileManager.default.fileExists(atPath: "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")

/// The cache of contexts that the validator needs to work without a network.
private let crateCache: String? = {
    guard tool("rocrate-validator") != nil, let tools = ProcessInfo.processInfo.environment["AJAR_TOOLS"],
        FileManager.default.fileExists(atPath: tools + "/rocrate.sqlite")
    else { return nil }
    return tools + "/rocrate"
}()
