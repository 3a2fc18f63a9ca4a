import Foundation
import TestSupport
import Testing

@Suite struct ImportCommandTests {
    private struct Imported: Decodable {
        var standing: String
        var run: String?
        var faults: [String]
    }

    private struct Listing: Decodable {
        struct Service: Decodable {
            struct Interval: Decodable {
                struct Place: Decodable {
                    struct Seal: Decodable {
                        var payload: String
                        var offset: Int
                    }

                    var line: Int
                    var file: String
                    var seal: Seal
                }

                var state: String
                var places: [Place]?
            }

            var service: String
            var standing: String
            var intervals: [Interval]
        }

        var services: [Service]
    }

    private static func scan(_ day: Int, _ services: [String]) -> String {
        let hosts = services.map { service -> String in
            let parts = service.split(separator: ":")
            return """
                Nmap scan report for \(parts[0])
                Host is up (0.1s latency).
                Not shown: 99 filtered ports
                PORT   STATE SERVICE VERSION
                \(parts[1])/tcp open  http    nginx 1.18.0

                """
        }
        return """
            # Nmap 7.93 scan initiated Mon Sep \(day) 00:00:05 2021 as: nmap -sV -p 1-100 -oN \(day).txt 192.0.2.0/29
            \(hosts.joined(separator: "\n"))
            # Nmap done at Mon Sep \(day) 00:10:05 2021 -- 8 IP addresses (\(hosts.count) hosts up) scanned in 600.00 seconds

            """
    }

    private func write(_ text: String, _ name: String, in folder: URL) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    @Test func filesBecomeAHistory() async throws {
        try await withTemporaryFolder("import") { folder in
            _ = try await Program.ajar(["init", "--case", "case"], in: folder)
            for day in 10...13 {
                let services = day < 12 ? ["192.0.2.1:80", "192.0.2.2:80"] : ["192.0.2.2:80"]
                try write(Self.scan(day, services), "\(day).txt", in: folder)
            }
            try write(Self.scan(10, ["192.0.2.1:80", "192.0.2.2:80"]) + "\n\n", "again.txt", in: folder)
            try write("no scan at all\n", "letter.txt", in: folder)
            let files = ["10.txt", "11.txt", "12.txt", "13.txt", "again.txt", "letter.txt", "absent.txt", "10.txt"]
            let (json, status) = try await Program.ajar(
                ["import", "--case", "case", "-q", "--json", "--zone", "UTC"] + files,
                in: folder
            )
            #expect(status == 66)
            let text = json.prefix(through: json.lastIndex(of: "]") ?? json.startIndex)
            let imported = try JSONDecoder().decode([Imported].self, from: Data(text.utf8))
            #expect(
                imported.map(\.standing) == [
                    "imported", "imported", "imported", "imported", "known", "refused", "refused", "same bytes",
                ]
            )
            #expect(imported[4].run == "2021-09-10-nmap-1" && imported[7].run == "2021-09-10-nmap-1")
            #expect(json.contains("letter.txt:1: in no form that is known") && json.contains("cannot read absent.txt"))
            try await whatIsKnown(in: folder)
            let again = try await Program.ajar(["import", "--case", "case", "12.txt"], in: folder)
            #expect(again.status == 0 && again.text.contains("12.txt: the same bytes as a file of 2021-09-12-nmap-1"))
            // The catalogue is an index: made anew, it says the same.
            let before = try await Program.ajar(["events", "--case", "case", "--json"], in: folder).text
            #expect(try await Program.ajar(["verify", "--case", "case", "--rebuild"], in: folder).status == 0)
            #expect(try await Program.ajar(["events", "--case", "case", "--json"], in: folder).text == before)
            try await whatIsKnown(in: folder)
        }
    }

    private func whatIsKnown(in folder: URL) async throws {
        let runs = try await Program.ajar(["runs", "--case", "case"], in: folder).text
        #expect(runs.split(separator: "\n").count == 5 && runs.contains("2021-09-13-nmap-1  2021-09-13T00:00:05Z"))
        let events = try await Program.ajar(["events", "--case", "case"], in: folder).text
        #expect(
            events.contains("host vanished  192.0.2.1  with 192.0.2.1:80")
                || events.contains("host vanished  192.0.2.1")
        )
        #expect(
            try await Program.ajar(["events", "--case", "case", "--since", "2021-09-20"], in: folder).text.contains(
                "Nothing changed"
            )
        )
        let diff = try await Program.ajar(
            ["diff", "--case", "case", "2021-09-10-nmap-1", "2021-09-13-nmap-1"],
            in: folder
        )
        #expect(diff.status == 0 && diff.text.contains("1 services the same"))
        #expect(
            try await Program.ajar(["diff", "--case", "case", "none", "2021-09-13-nmap-1"], in: folder).status == 64
        )
        let (json, _) = try await Program.ajar(
            ["history", "--case", "case", "192.0.2.1", "--lines", "--json"],
            in: folder
        )
        let listing = try JSONDecoder().decode(Listing.self, from: Data(json.utf8))
        let places = try #require(listing.services.first?.intervals.first?.places)
        #expect(places.map(\.file) == ["10.txt", "11.txt"] && places.map(\.line) == [6, 6])
        for place in places {
            let bytes = try Data(contentsOf: folder.appending(path: place.file))
            #expect(String(decoding: bytes.dropFirst(place.seal.offset).prefix(12), as: UTF8.self) == "80/tcp open ")
        }
        #expect(try await Program.ajar(["status", "--case", "case"], in: folder).text.contains("import"))
    }

    private static let data = ProcessInfo.processInfo.environment["AJAR_TEST_DATA"].map { $0 + "/nk-scans" }
    private static var scans: [String] {
        (data.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []).filter {
            $0.hasSuffix(".txt")
        }.sorted()
    }

    /// What people counted by hand in ten files of a public series of scans.
    @Test(.enabled(if: scans.count == 10, "set AJAR_TEST_DATA to the folder of sample data with ten scans"))
    func tenRealFiles() async throws {
        struct RunLine: Decodable {
            struct Reach: Decodable { var discovery: String }

            var name: String
            var standing: String
            var answering: Int
            var open: Int
            var covered: Int?
            var reach: Reach
        }
        struct Events: Decodable {
            struct Event: Decodable {
                var kind: String
                var subject: String
                var isConfirmed: Bool
            }

            var events: [Event]
        }
        let folderOfScans = try #require(Self.data)
        try await withTemporaryFolder("import") { folder in
            _ = try await Program.ajar(["init", "--case", "case"], in: folder)
            let files = Self.scans.map { folderOfScans + "/" + $0 }
            let (text, status) = try await Program.ajar(
                ["import", "--case", "case", "-q", "--json"] + files,
                in: folder
            )
            #expect(status == 0)
            let imported = try JSONDecoder().decode([Imported].self, from: Data(text.utf8))
            #expect(
                imported.allSatisfy { $0.standing == "imported" && $0.faults.isEmpty },
                "\(imported.flatMap(\.faults))"
            )
            let list = try await Program.ajar(["runs", "--case", "case", "--json"], in: folder).text
            let runs = try JSONDecoder().decode([RunLine].self, from: Data(list.utf8))
            #expect(
                runs.map(\.standing) == Array(repeating: "complete", count: 4) + ["unfinished", "unfinished"]
                    + Array(repeating: "failed", count: 4)
            )
            #expect(runs[..<4].map(\.answering) == [17, 17, 18, 19])
            #expect(runs[4..<6].allSatisfy { $0.reach.discovery == "every address" && $0.open > 30 })
            #expect(runs[4..<6].allSatisfy { $0.answering < 100 })
            let told = try await Program.ajar(["events", "--case", "case", "--json"], in: folder).text
            let events = try JSONDecoder().decode(Events.self, from: Data(told.utf8)).events
            #expect(!events.contains { $0.kind == "whole range silent" || $0.kind.hasPrefix("service changed") })
            #expect(!events.contains { $0.kind.hasSuffix("vanished") && $0.isConfirmed })
            let history = try await Program.ajar(["history", "--case", "case", "--json"], in: folder).text
            let services = try JSONDecoder().decode(Listing.self, from: Data(history.utf8)).services
            #expect(services.count(where: { $0.standing == "stable" }) >= 24)
        }
    }
}
