import Domain
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Lab

struct AccessLogContentsTests {
    /// What a line says, read with nothing of the writer's.
    private struct Line {
        var client: String
        var method: String
        var target: String
        var status: Int
        var length: UInt64
        var day: Day

        init?(_ text: Substring) {
            let pattern =
                #/^(\S+) - - \[(\d\d)\/(\w{3})\/(\d{4}):(\d\d):(\d\d):(\d\d) \+0900\] "(.*)" (\d{3}) (\d+) "([^"]*)" "([^"]*)"$/#
            guard let match = text.wholeMatch(of: pattern), let status = Int(match.9), let length = UInt64(match.10),
                let month = ["Jan", "Feb", "Mar"].firstIndex(of: String(match.3)), let date = Int(match.2),
                let year = Int(match.4), let hour = Int(match.5),
                let local = Day(year: year, month: month + 1, day: date)
            else { return nil }
            client = String(match.1)
            let words = match.8.split(separator: " ")
            method = String(words.first ?? "")
            target = words.count > 1 ? String(words[1]) : ""
            (self.status, self.length) = (status, length)
            day = hour < 9 ? local.adding(-1) : local
        }
    }

    @Test func theLogGrowsAndAgreesWithTheFilesAndItsTruth() async throws {
        try await withTemporaryFolder { folder in
            let contents = try ContentsFixture.smallContents()
            try await contents.prepare(in: FilePath(folder.path)) { _ in }
            let log = try AccessLogContents(world: ContentsFixture.shipped().log, contents: contents)
            try onlyGrows(log, contents)
            agreesWithTheFiles(log, contents)
            countsWhatTheLinesSay(log)
        }
    }

    private func onlyGrows(_ log: AccessLogContents, _ contents: StorageContents) throws {
        #expect(log.lines(through: ContentsFixture.firstDay.adding(-1)).isEmpty)
        var before: [UInt8] = []
        for number in ContentsFixture.firstDay.number...ContentsFixture.lastDay.number {
            let now = log.lines(through: Day(number: number))
            #expect(now.starts(with: before) && now.count >= before.count)
            before = now
        }
        let again = try AccessLogContents(world: ContentsFixture.shipped().log, contents: contents)
        #expect(again.lines(through: ContentsFixture.lastDay) == before)
    }

    private func agreesWithTheFiles(_ log: AccessLogContents, _ contents: StorageContents) {
        let text = String(decoding: log.lines(through: ContentsFixture.lastDay), as: UTF8.self)
        let lines = text.split(separator: "\n").compactMap(Line.init)
        #expect(lines.count > 1_000)
        var trees: [Day: [String: UInt64]] = [:]
        for line in lines where line.target.hasPrefix("/data/") && !line.target.hasSuffix("/") {
            if trees[line.day] == nil {
                let files = contents.files(on: line.day).map { ("/data/\($0.path)", $0.length) }
                trees[line.day] = Dictionary(files) { first, _ in first }
            }
            let length = trees[line.day]?[line.target]
            switch line.status {
            case 200, 206: #expect(length == line.length, "\(line.day) \(line.target)")
            case 304: #expect(length != nil && line.length == 0)
            case 404: #expect(length == nil)
            default: Issue.record("unexpected status \(line.status)")
            }
        }
        #expect(Set(lines.map(\.status)).isSuperset(of: [200, 302, 304, 404]))
    }

    private func countsWhatTheLinesSay(_ log: AccessLogContents) {
        let bytes = log.lines(through: ContentsFixture.lastDay)
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        let read = lines.compactMap { Line(Substring(decoding: $0, as: UTF8.self)) }
        let truth = log.truth
        #expect(truth.lines == lines.count)
        #expect(truth.garbageLines == lines.count - read.count)
        for client in truth.clients {
            let own = read.filter { $0.client == client.address.description }
            #expect(client.requests == own.count)
            #expect(client.writes == own.filter { $0.method == "POST" }.count)
            #expect(client.visits >= 1 && client.first <= client.last)
        }
        let elsewhere = truth.clients.filter { $0.line == .ordinary && $0.city != nil }
        #expect(Set(elsewhere.compactMap(\.city)) == ["Zaragoza", "Dalian", "Dandong", "Shenyang"])
    }

    @Test func listsHoldListedClientsAlone() throws {
        let world = try ContentsFixture.shipped().log
        #expect(world.problems.isEmpty)
        for (list, line) in [(world.vpnList, LineKind.vpn), (world.hostingList, .hosting)] {
            #expect(list.hasPrefix("# "))
            let blocks = list.split(separator: "\n").dropFirst().compactMap { CIDR(String($0)) }
            #expect(blocks.count == list.split(separator: "\n").count - 1)
            for client in world.clients {
                #expect(
                    blocks.contains { $0.contains(client.address) } == (client.line == line && client.listed != nil)
                )
            }
        }
    }

    @Test func impossibleTablesAreRefused() throws {
        var world = try ContentsFixture.shipped().log
        world.clients[1].address = world.clients[0].address
        world.clients[3].listed = CIDR("192.0.2.0/24")
        world.otherVPN.append(try #require(CIDR("127.45.178.0/24")))
        #expect(world.problems.count == 3)
    }

    @Test func theClockIsTheServersOwn() {
        let moment = Timestamp("2024-01-31T20:05:09Z")
        #expect(moment.map(LoggedRequest.clock) == "01/Feb/2024:05:05:09 +0900")
    }
}
