import Domain
import Foundation
import TestSupport
import Testing
import Trace

/// What every log format promises, whichever it is.
@Suite struct LogFormatTests {
    @Test(arguments: logFormats.map(\.name)) func refusesWhatIsNoLog(name: String) throws {
        let format = try #require(logFormats.first { $0.name == name })
        let lines: [[UInt8]] = [
            [], [0], Array(repeating: 0xff, count: 65_536), Array(repeating: UInt8(ascii: "\""), count: 65_536),
            Array(repeating: UInt8(ascii: "\\"), count: 65_536), Array(repeating: UInt8(ascii: "["), count: 65_536),
            Array("127.0.0.1 - - [15/Jan/2024:09:30:00 +0800] \"GET / HTTP/1.1\" 200".utf8),
            Array("host.example - - [15/Jan/2024:09:30:00 +0800] \"GET / HTTP/1.1\" 200 5 \"-\" \"-\"".utf8),
            Array("256.0.0.1 - - [15/Jan/2024:09:30:00 +0800] \"GET / HTTP/1.1\" 200 5 \"-\" \"-\"".utf8),
            Array("127.0.0.1 - - [30/Feb/2024:09:30:00 +0800] \"GET / HTTP/1.1\" 200 5 \"-\" \"-\"".utf8),
            Array("127.0.0.1 - - [15/Jan/2024:24:30:00 +0800] \"GET / HTTP/1.1\" 200 5 \"-\" \"-\"".utf8),
            Array("127.0.0.1 - - [15/Jan/2024:09:30:00 +0800] \"GET / HTTP/1.1\" 200 99999999999999999999999".utf8),
            Array("127.0.0.1 - - [15/Jan/2024:09:30:00 +0800] \"GET / HTTP/1.1\" 99999999999999999999 5".utf8),
        ]
        for line in lines { #expect(format.parse(line.span) == nil, "\(line.prefix(80))") }
    }

    @Test(arguments: logFormats.map(\.name)) func survivesEveryCutAndEveryByte(name: String) throws {
        let format = try #require(logFormats.first { $0.name == name })
        for url in goldenFiles(in: name, extension: "log") {
            for line in try Data(contentsOf: url).split(separator: 0x0a) {
                let whole = Array(line)
                for length in 0..<whole.count { _ = format.parse(whole.span.extracting(first: length)) }
                for index in whole.indices {
                    for byte: UInt8 in [0, 0x20, 0x22, 0x5b, 0x5c, 0x39, 0xff] {
                        var changed = whole
                        changed[index] = byte
                        let entry = format.parse(changed.span)
                        #expect(entry?.agent.map { $0.upperBound <= changed.count } ?? true)
                    }
                }
            }
        }
    }

    /// Logs that real servers wrote, one file a server and version.
    @Test(arguments: logFormats.map(\.name)) func readsRealLogs(name: String) throws {
        let format = try #require(logFormats.first { $0.name == name })
        let files = goldenFiles(in: name, extension: "log")
        #expect(!files.isEmpty)
        for url in files {
            let text = try Data(contentsOf: url).split(separator: 0x0a).map { describe(Array($0), format) }
            let expected = "\(name)/\(url.deletingPathExtension().lastPathComponent).txt"
            let difference = try golden(expected, text.joined(separator: "\n") + "\n")
            #expect(difference == nil, "\(difference ?? "")")
        }
    }

    @Test(arguments: logFormats.map(\.name)) func refusesOtherLogs(name: String) throws {
        let format = try #require(logFormats.first { $0.name == name })
        for url in goldenFiles(in: "neither", extension: "log") {
            for line in try Data(contentsOf: url).split(separator: 0x0a) {
                #expect(format.parse(Array(line).span) == nil)
            }
        }
    }

    @Test func everyFileIsListedAndDocumented() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let files = try FileManager.default.contentsOfDirectory(
            atPath: root.appending(path: "Sources/Trace/LogFormats").path
        )
        .filter { $0.hasSuffix("Log.swift") }.map { String($0.dropLast(".swift".count)) }
        #expect(Set(files) == Set(logFormats.map { "\(type(of: $0))" }))
        let manual = try String(contentsOf: root.appending(path: "docs/trace.md"), encoding: .utf8)
        for format in logFormats { #expect(manual.contains("`\(format.name)`")) }
    }

    private func describe(_ line: [UInt8], _ format: any LogFormat) -> String {
        guard let entry = format.parse(line.span) else { return "no" }
        let agent = entry.agent.map { String(decoding: line[$0], as: UTF8.self) } ?? "-"
        let kind = entry.isWrite ? "write" : "read"
        return "\(entry.client) \(Timestamp(seconds: entry.time)) \(kind) \(entry.status) \(entry.bytes) \(agent)"
    }
}
