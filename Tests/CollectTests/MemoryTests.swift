import Collect
import Domain
import Foundation
import TestSupport
import Testing

/// How much memory a source takes; measured where a number of entries is given, such as `AJAR_MEASURE=200000`.
@Suite struct MemoryTests {
    private static let entries = ProcessInfo.processInfo.environment["AJAR_MEASURE"].flatMap { Int($0) }

    @Test(.enabled(if: entries != nil, "AJAR_MEASURE gives no number of entries"))
    func memoryOfAnEntry() async throws {
        let folders = max(1, try #require(Self.entries) / 1_000)
        let answer: @Sendable (String) -> [UInt8] = { target in
            let names =
                target == "/"
                ? (0..<folders).map { "folder-\($0)/" }
                : (0..<1_000).map { "EP305_SC\($0)_KA_T2_a-name-of-usual-length.png" }
            let rows = names.map {
                "<a href=\"\($0)\">\($0)</a>  15-Jan-2024 09:13  \($0.last == "/" ? "-" : "100")\r\n"
            }
            let head = "<html><head><title>Index of \(target)</title></head><body><h1>Index of \(target)</h1><hr>"
            let page = "\(head)<pre><a href=\"../\">../</a>\r\n\(rows.joined())</pre><hr></body></html>"
            return ScriptedServer.reply(body: page.utf8)
        }
        try await ScriptedServer.running(at: IPAddress(v4: 0x7f3d_0601), answer: answer) { server in
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.level = .observe
                let before = Self.peak
                let first = try await notebook.collect(server.endpoint)
                let middle = Self.peak
                #expect(first.counts.entries == folders * 1_000)
                let second = try await notebook.collect(server.endpoint, day: 1, after: first)
                #expect(second.changes == [])
                let count = max(1, first.counts.entries)
                let each = [middle - before, Self.peak - before].map { $0 * 1_024 / count }
                print("\(count) entries: \(each[0]) bytes each at the first look, \(each[1]) with the second")
            }
        }
    }

    /// The process's largest resident size so far, in KiB.
    private static var peak: Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
