import CaseFile
import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// A WACZ, replayed by a web archive's own server.
@Suite(
    "Replay of bundles",
    .enabled(
        if: tool("wb-manager") != nil && tool("wayback") != nil,
        "needs pywb (wb-manager, wayback): name its venv in AJAR_TOOLS"
    )
)
struct ReplayTests {
    /// An answer of the index, by which pywb finds it, and the bytes that were sealed of it.
    private struct Capture {
        /// The key and the second: what falls together in these is one for pywb.
        var key: String
        var time: String
        var url: String
        var content: [UInt8]
        var kind: String
    }

    @Test("pywb gives every captured page byte for byte, revisits included")
    func replay() async throws {
        let sealed = try await SealedCase()
        func write(_ format: String) async throws -> String {
            try await sealed.export(try #require(exporters.first { $0.format == format }), to: "b.\(format)").path
        }
        let (archive, tree) = (try await write("wacz"), try await write("folder"))
        await sealed.vault.close()
        // What is replayed must come from the bundle.
        try FileManager.default.removeItem(atPath: sealed.path)
        let captures = try captures(of: archive, with: tree, in: sealed.folder.path)
        #expect(captures.count > 150)
        #expect(Set(captures.map(\.kind)) == ["captured", "identical", "notModified", "resource"])
        let work = sealed.folder.path + "/replay"
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        let manager = try #require(tool("wb-manager"))
        for arguments in [["init", "c"], ["add", "--unpack-wacz", "c", archive]] {
            let done = try run(manager, arguments, in: work)
            #expect(done.status == 0, "\(done.text)")
        }
        let address = IPAddress(v4: 0x7f5e_0001 + UInt32.random(in: 0..<200))
        let endpoint = Endpoint(address, try freePort(on: address))
        // pywb waits for children by their signal, and what a test starts may have all signals blocked.
        let unblock = """
            import os, signal, sys
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            os.execv(sys.argv[1], sys.argv[1:])
            """
        let program = try #require(tool("wayback"))
        let command = Daemon.Command(
            "/usr/bin/python3",
            ["-c", unblock, program, "-d", work, "-b", "\(address)", "-p", "\(endpoint.port)"],
            environment: ["HOME": work],
            listensAt: [endpoint]
        )
        try await Daemon.running(command, within: .seconds(90)) { _ in try check(captures, at: endpoint) }
    }

    private func check(_ captures: [Capture], at endpoint: Endpoint) throws {
        let same = Dictionary(grouping: captures) { "\($0.key) \($0.time)" }
        // Two addresses that differ in case, or in how a dot is written, have one key: either is right for pywb.
        #expect(same.values.filter { $0.count > 1 }.count == 2)
        for capture in captures {
            // pywb has no way to ask for an address with a line end.
            guard !capture.url.contains("%0A") else { continue }
            let address = "http://\(endpoint)/c/\(capture.time)id_/\(capture.url)"
            let got = try fetch(address)
            let right = same["\(capture.key) \(capture.time)"]?.map(\.content) ?? []
            #expect(
                right.contains(got),
                "\(capture.kind) \(address): \(String(decoding: got.prefix(200), as: UTF8.self))"
            )
        }
    }

    /// The captures of an archive's index, each with the bytes that the folder of the same case has of it.
    private func captures(of archive: String, with tree: String, in work: String) throws -> [Capture] {
        let unzipped = try run("/usr/bin/python3", ["-m", "zipfile", "-e", archive, work + "/out"])
        #expect(unzipped.status == 0, "\(unzipped.text)")
        let sealed = try contents(of: tree)
        let index = try String(contentsOfFile: work + "/out/indexes/index.cdx", encoding: .utf8)
        return try index.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
            let fields = try JSONDecoder().decode(IndexFields.self, from: Data(parts[2].utf8))
            let seconds = parts[1].prefix(14)
            guard fields.url.hasPrefix("http") || fields.url.hasPrefix("ftp") else { return nil }
            let (content, kind) = try #require(sealed["\(fields.url) \(seconds)"], "\(line)")
            return Capture(key: parts[0], time: String(seconds), url: fields.url, content: content, kind: kind)
        }
    }

    private struct IndexFields: Decodable {
        var url: String
    }

    private struct Line: Decodable {
        var file: String?
        var entry: String
    }

    private struct Entry: Decodable {
        var kind: String
        var at: String
        var target: String?
    }

    /// What was sealed of each address at each second, by the proofs of a folder.
    private func contents(of tree: String) throws -> [String: (content: [UInt8], kind: String)] {
        let text = try String(contentsOfFile: tree + "/proof/leaves.jsonl", encoding: .utf8)
        var found: [String: (content: [UInt8], kind: String)] = [:]
        for line in text.split(separator: "\n") {
            let line = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
            let entry = try JSONDecoder().decode(Entry.self, from: Data(line.entry.utf8))
            guard let target = entry.target, ["captured", "identical", "notModified", "resource"].contains(entry.kind)
            else { continue }
            // A server that says that nothing changed sends no content, and pywb says the same again.
            var content: [UInt8]? = entry.kind == "notModified" ? [] : nil
            if let file = line.file { content = Array(try Data(contentsOf: URL(filePath: "\(tree)/\(file)"))) }
            let seconds = entry.at.filter(\.isNumber).prefix(14)
            found["\(target) \(seconds)"] = (try #require(content, "\(line)"), entry.kind)
        }
        return found
    }

    /// What a server gives, byte for byte.
    private func fetch(_ address: String) throws -> [UInt8] {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/curl")
        process.arguments = ["-sS", "-g", "--path-as-is", "--max-time", "30", address]
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(address)")
        return Array(bytes)
    }
}
