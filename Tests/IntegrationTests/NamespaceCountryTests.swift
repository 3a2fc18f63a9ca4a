import Catalogue
import Domain
import Foundation
import Glibc
import TestSupport
import Testing

@Suite(
    .serialized,
    .enabled(if: NamespaceCountry.isPossible, "takes root, network namespaces, iproute2, nftables and the servers")
)
struct NamespaceCountryTests {
    private func address(_ last: Int) throws -> IPAddress { try #require(IPAddress("10.77.5.\(last)")) }

    private struct Score: Decodable {
        struct Row: Decodable {
            var what: String
            var found: Int
            var missed: Int
            var `false`: Int
        }

        var rows: [Row]
    }

    @Test func censusTellsOpenClosedAndSilentThroughLossAndDelay() async throws {
        let interfaces = NamespaceCountry.interfaces
        try await NamespaceCountry.with { country in
            let said = try await country.ajar(country.up)
            #expect(said.contains("ajar lab run --state \(country.state) -- ajar census"))
            #expect(NamespaceCountry.interfaces == interfaces)
            let place = country.folder.appending(path: "case").path
            try await country.ajar([
                "init", "--case", place, "--scope", "\(country.state)/scope.toml", "--clock", "2024-01-01T08:00:00Z",
            ])
            _ = try await country.observe(["census", "--case", place, "--clock", "2024-01-01T09:00:00Z"])
            try check(place)
            try await checkScore(country, place)
            // The guest arrives, and leaves again.
            for day in ["2024-01-02", "2024-01-03"] {
                try await country.ajar(["lab", "day", "--state", country.state, day])
                _ = try await country.observe(["census", "--case", place, "--clock", "\(day)T09:00:00Z"])
                try await checkScore(country, place)
            }
            #expect(try await country.ajar(["lab", "status", "--state", country.state]).contains("guest: away"))
        }
        #expect(NamespaceCountry.interfaces == interfaces)
    }

    /// What the catalogue says of each address, port by port.
    private func check(_ place: String) throws {
        let catalogue = try Catalogue(path: "\(place)/catalogue.sqlite")
        let sweeps = Dictionary(uniqueKeysWithValues: try catalogue.latestSweeps().map { ($0.port, $0) })
        let services = try catalogue.services()
        try catalogue.close()
        #expect(Set(sweeps.keys) == [21, 22, 25, 53, 80, 443, 873])
        let open: [Int: Set<UInt16>] = [10: [22, 53, 80], 30: [21, 22, 25], 40: [22, 80]]
        for (port, sweep) in sweeps {
            #expect(
                sweep.open
                    == AddressSet(addresses: try open.filter { $0.value.contains(port) }.map { try address($0.key) })
            )
            // A host that is there refuses what it does not serve, though packets get lost; nothing else says anything.
            #expect(
                sweep.closed
                    == AddressSet(addresses: try open.filter { !$0.value.contains(port) }.map { try address($0.key) })
            )
            #expect(sweep.noAnswer.count == 64 - open.count)
            #expect(sweep.noAnswer.contains(try address(20)))
        }
        let silent = try address(20)
        #expect(!services.contains { $0.value.endpoint.address == silent })
    }

    private func checkScore(_ country: NamespaceCountry, _ place: String) async throws {
        let text = try await country.ajar(["lab", "score", "--state", country.state, "--case", place, "--json"])
        let rows = try JSONDecoder().decode(Score.self, from: Data(text.utf8)).rows
        for what in ["hosts", "services", "websites", "silent addresses"] {
            let row = try #require(rows.first { $0.what == what })
            #expect(row.found > 0 && row.missed == 0 && row.false == 0, "\(row)")
        }
    }

    /// In a block that no loopback interface has, and in one that every loopback interface has.
    @Test(arguments: ["10.77.5", "127.46.12"])
    func nothingReachesTheCountryOrLeavesItButThroughTheObserver(prefix: String) async throws {
        try await NamespaceCountry.with(prefix) { country in
            try await country.ajar(country.up)
            let run = ["lab", "run", "--state", country.state, "--"]
            func connect(_ address: String, _ before: [String]) async throws -> (text: String, status: Int) {
                let command = ["bash", "-c", "exec 3<>/dev/tcp/\(address)"]
                return try await Program.ajar(before + command, in: country.folder)
            }
            #expect(try await connect("\(prefix).10/22", run).status == 0)
            #expect(try await connect("\(prefix).10/23", run).text.contains("refused"))
            // The observer knows no other place, not even the machine that it is on.
            #expect(try await connect("203.0.113.1/22", run).text.contains("unreachable"))
            let routes = try await Program.ajar(run + ["ip", "-4", "route"], in: country.folder).text
            #expect(routes.split(separator: "\n").count == 2 && !routes.contains("default"), "\(routes)")
            #expect(try await Program.ajar(run + ["bash", "-c", "exit 7"], in: country.folder).status == 7)
        }
    }

    @Test func downLeavesNoProcessNamespaceOrInterface() async throws {
        try await NamespaceCountry.with { country in
            try await country.ajar(country.up)
            let made = try Set(
                country.processes.map {
                    try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/ns/net")
                }
            )
            #expect(made.count == 2)
            try await country.ajar(["lab", "down", "--state", country.state])
            #expect(country.processes.isEmpty)
            #expect(NamespaceCountry.namespaces.isDisjoint(with: made))
        }
    }

    /// Killed when the first namespace is made, when the second is, and when servers start.
    @Test(arguments: ["run/country.pid", "run/observer.pid", "run/plain-sshd/outer.pid"], [["lab", "down"], []])
    func nothingOutlivesACrash(after file: String, mending: [String]) async throws {
        try await NamespaceCountry.with { country in
            let process = Process()
            process.executableURL = Program.folder.appending(path: "ajar")
            process.arguments = country.up
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
            try await wait(for: file) { FileManager.default.fileExists(atPath: "\(country.state)/\(file)") }
            #expect(kill(process.processIdentifier, SIGKILL) == 0)
            process.waitUntilExit()
            let left = Set(country.processes)
            #expect(!left.isEmpty)
            if mending.isEmpty {
                try await country.ajar(country.up)
                #expect(left.isDisjoint(with: country.processes))
            }
            try await country.ajar(["lab", "down", "--state", country.state])
            #expect(country.processes.isEmpty)
        }
    }
}
