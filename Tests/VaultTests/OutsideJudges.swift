import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// Programs that nobody here wrote, which read what the vault writes.
@Suite("Outside judges")
struct OutsideJudges {
    @Test("Go's checksum database finds the signature and the root right", .enabled(if: hasGo, "needs Go's x/mod"))
    func goLedger() async throws {
        let folder = try TemporaryFolder("vault")
        let vault = try await Vault.create(at: folder.path + "/v", clock: stillClock)
        let judge = try await goProgram("ledger", in: folder)
        // Past one full tile of leaves, and past a second by one.
        for count in [5, 250, 258] {
            for number in 0..<count { _ = try await vault.seal(resource("\(count) \(number)")) }
            let checkpoint = try await vault.checkpoint()
            let output = try await run(judge, [folder.path + "/v/ledger"])
            #expect(output.status == 0)
            #expect(output.text == "\(checkpoint.origin) \(checkpoint.size)\n")
        }
        await vault.close()
        let note = URL(filePath: folder.path + "/v/ledger/checkpoint")
        let text = try String(contentsOf: note, encoding: .utf8)
        try text.replacing("\n516\n", with: "\n517\n").replacing("\n515\n", with: "\n516\n").write(
            to: note,
            atomically: true,
            encoding: .utf8
        )
        #expect(try await run(judge, [folder.path + "/v/ledger"]).status == 1)
    }

    @Test("warcio finds every digest right", .enabled(if: warcio != nil, "needs warcio: name its venv in AJAR_TOOLS"))
    func warcioCheck() async throws {
        let folder = try TemporaryFolder("vault")
        let path = folder.path + "/v"
        let vault = try await smallVault(path)
        let writer = try await vault.beginExchange(exchange("/chunked"))
        try await writer.append(head: okHead("Transfer-Encoding: chunked"))
        try await writer.append(raw: Array("5\r\nchunk\r\n0\r\n\r\n".utf8), content: Array("chunk".utf8))
        let chunked = try await writer.finish()
        let again = try await vault.sealExchange("/chunk", Array("chunk".utf8))
        #expect(again.isIdentical)
        let unchanged = try await vault.beginExchange(exchange("/chunked", prior: chunked.response))
        try await unchanged.append(head: Array("HTTP/1.1 304 Not Modified\r\n\r\n".utf8))
        _ = try await unchanged.finish()
        await vault.close()
        let program = try #require(warcio)
        let segments = try allFiles(path + "/segments").map { "\(path)/segments/\($0)" }
        #expect(segments.count == 2)
        for segment in segments {
            let output = try await run(program, ["check", "-v", segment])
            #expect(output.status == 0, "\(output.text)")
            #expect(output.text.contains("digest pass"))
            #expect(!output.text.contains("digest failed"))
        }
        var bytes = try Data(contentsOf: URL(filePath: segments[0]))
        let place = try #require(bytes.range(of: Data("a banner".utf8)))
        bytes[place.lowerBound] ^= 1
        try bytes.write(to: URL(filePath: segments[0]))
        #expect(try await run(program, ["check", segments[0]]).status == 1)
    }
}

/// Builds one of the programs in `Go/`, and returns where it is.
func goProgram(_ name: String, in folder: TemporaryFolder) async throws -> String {
    let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Go/\(name).go").path
    let environment = [
        "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": folder.path + "/cache", "HOME": folder.path,
        "GOFLAGS": "", "PATH": "/usr/bin:/bin",
    ]
    let program = "\(folder.path)/go-\(name)"
    let built = try await run("/usr/bin/go", ["build", "-o", program, source], environment: environment)
    try #require(built.status == 0, "\(built.text)")
    return program
}

let hasGo =
    FileManager.default.isExecutableFile(atPath: "/usr/bin/go")
    && FileManager.default.fileExists(atPath: "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")

private let warcio = tool("warcio")
