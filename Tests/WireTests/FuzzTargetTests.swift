import Foundation
import Testing

/// Every parser in Wire is fuzzed: `FuzzTesting` is a package of its own, so its list is read as text.
@Suite struct FuzzTargetTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Types in Wire that read a stranger's bytes or text, by the initialisers and functions that such types have.
    private func parsers() throws -> Set<String> {
        let folder = Self.root.appending(path: "Sources/Wire")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap {
            $0 as? URL
        }
        var parsers: Set<String> = []
        for file in (files ?? []) where file.pathExtension == "swift" {
            var type = ""
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                if let match = line.firstMatch(of: /^(?:package )?(?:struct|enum|extension) (\w+)/) {
                    type = String(match.1)
                }
                let isParser = line.contains("init(parsing ") || line.contains("static func parse(")
                if isParser || line.contains("mutating func feed(") { parsers.insert(type) }
            }
        }
        return parsers
    }

    private func targets() throws -> Set<String> {
        let file = Self.root.appending(path: "FuzzTesting/Sources/Fuzz/FuzzTargets.swift")
        let text = try String(contentsOf: file, encoding: .utf8)
        return Set(text.matches(of: /FuzzTarget\("(\w+)"\)/).map { String($0.1) })
    }

    @Test func everyParserHasATarget() throws {
        // What the listing reader is made of has no other way in.
        let parsers = try parsers().subtracting(["JSONListingReader"])
        #expect(parsers.count >= 9)
        let targets = try targets()
        #expect(parsers.subtracting(targets).isEmpty, "without a fuzz target: \(parsers.subtracting(targets).sorted())")
    }

    @Test func whatIsReadBesideWireHasATarget() throws {
        let others =
            ["ExpressionParser", "JSONQuery", "LockHeader", "LogScan", "Pattern", "XPath", "YAMLReader"]
            + [
                "NmapXML", "NmapNormal", "GrepableScan", "MasscanList", "MasscanJSON", "ZgrabLines", "ZmapCSV",
                "ScanReader",
            ]
        #expect(Set(others).subtracting(try targets()).isEmpty)
    }

    @Test func theTargetsAreMadeFromTheProgramsOwnSources() throws {
        for link in [
            "Wire", "Domain", "Census/Imports", "Trace/LogCursor.swift", "Trace/LogFormats", "Trace/LogScan.swift",
        ] {
            let place = link == "Census/Imports" ? "Imports" : link
            let path = Self.root.appending(path: "FuzzTesting/Sources/\(place)").path
            let target = try FileManager.default.destinationOfSymbolicLink(atPath: path)
            #expect(target.hasSuffix("Sources/" + link), "\(link)")
            #expect(FileManager.default.fileExists(atPath: path))
        }
    }
}
