import Foundation
import TestSupport
import Testing

@Suite struct CheckpointCommandTests {
    private static let zbarimg = "/usr/bin/zbarimg"

    /// The modules of a code as the program drew it: dark ones true.
    private func modules(_ text: String) -> [[Bool]] {
        let drawn = text.split(separator: "\n").filter { $0.contains("█") || $0.contains("▀") }
        return drawn.flatMap { line in
            [line.map { $0 == "▄" || $0 == " " }, line.map { $0 == "▀" || $0 == " " }]
        }
    }

    /// A picture (PGM) with four pixels a module's side.
    private func picture(_ modules: [[Bool]]) -> Data {
        let width = 4 * (modules.first?.count ?? 0)
        var data = Data("P5 \(width) \(4 * modules.count) 255\n".utf8)
        for row in modules {
            let pixels = Data(row.flatMap { [UInt8](repeating: $0 ? 0 : 255, count: 4) })
            for _ in 0..<4 { data += pixels }
        }
        return data
    }

    @Test(
        "The QR code of a checkpoint says the line that is printed above it",
        .enabled(if: FileManager.default.isExecutableFile(atPath: zbarimg), "needs zbarimg (zbar-tools)")
    )
    func qrCode() async throws {
        try await withTemporaryFolder("checkpoint") { folder in
            _ = try await Program.ajar(["init", "--case", "case"], in: folder)
            let line = try await Program.ajar(["checkpoint", "--case", "case", "--quiet"], in: folder).text
            let (text, status) = try await Program.ajar(
                ["checkpoint", "--case", "case", "--svg", "code.svg"],
                in: folder
            )
            #expect(status == 0)
            #expect(text.hasPrefix(line))
            let drawn = modules(text)
            try picture(drawn).write(to: folder.appending(path: "code.pgm"))
            let decoded = try await Program.shell("\(Self.zbarimg) --quiet --raw code.pgm 2>/dev/null", in: folder)
            #expect(decoded.text == line)
            let picture = try String(contentsOf: folder.appending(path: "code.svg"), encoding: .utf8)
            #expect(try modules(ofSVG: picture) == drawn)
        }
    }

    /// The modules that a picture's path fills. The last line of a code has only its upper half.
    private func modules(ofSVG text: String) throws -> [[Bool]] {
        let side = try #require(text.firstMatch(of: /viewBox="0 0 (\d+) \d+"/).flatMap { Int($0.1) })
        var modules = [[Bool]](repeating: [Bool](repeating: false, count: side), count: side)
        for move in text.matches(of: /M(\d+) (\d+)h(\d+)v1h-\d+z/) {
            let (column, row, length) = try (#require(Int(move.1)), #require(Int(move.2)), #require(Int(move.3)))
            for place in column..<column + length { modules[row][place] = true }
        }
        return side % 2 == 0 ? modules : modules + [[Bool](repeating: true, count: side)]
    }

    @Test("A published line is held against the case: it holds, or verify says why not and exits with 65")
    func verify() async throws {
        try await withTemporaryFolder("checkpoint") { folder in
            for name in ["one", "two"] { _ = try await Program.ajar(["init", "--case", name], in: folder) }
            let text = try await Program.ajar(["checkpoint", "--case", "one", "--quiet"], in: folder).text
            let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
            let good = try await Program.ajar(["verify", "--case", "one", "--checkpoint", line], in: folder)
            #expect(good.status == 0)
            #expect(good.text.hasPrefix("The checkpoint over 1 leaf holds"))
            let foreign = try await Program.ajar(["verify", "--case", "two", "--checkpoint", line], in: folder)
            #expect(foreign.status == 65)
            #expect(foreign.text.hasPrefix("The checkpoint says nothing of this case"))
            let changed = line.replacing(" 1 ", with: " 2 ")
            let unsigned = try await Program.ajar(["verify", "--case", "one", "--checkpoint", changed], in: folder)
            #expect(unsigned.status == 65)
            #expect(unsigned.text.hasPrefix("The checkpoint proves nothing"))
            let none = try await Program.ajar(["verify", "--case", "one", "--checkpoint", "x"], in: folder)
            #expect(none.status == 65)
            #expect(none.text.contains("'x' is no checkpoint"))
        }
    }
}
