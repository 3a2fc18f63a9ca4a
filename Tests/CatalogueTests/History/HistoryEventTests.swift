import Catalogue
import Domain
import Testing

@Suite struct HistoryEventTests {
    private let web = "192.0.2.1:80"
    private let mail = "192.0.2.2:25"
    private let shop = "192.0.2.3:443"
    private let nothing = ServiceIdentity()

    /// Runs on days from 1 on, each with these services.
    private func book(_ days: [[String]], reach: Reach = RunBook.reach(discovery: .everyAddress)) throws -> RunBook {
        var book = try RunBook()
        for (index, open) in days.enumerated() {
            try book.run(
                index + 1,
                open: Dictionary(uniqueKeysWithValues: open.map { ($0, nothing) }),
                up: ["192.0.2.1"],
                reach: reach
            )
        }
        return book
    }

    private func kinds(_ events: [HistoryEvent]) -> [String] {
        events.filter { $0.partOf == nil }.map { "\($0.kind.rawValue) \($0.subject)\($0.isConfirmed ? "" : "?")" }
    }

    @Test func aChangeIsAnnouncedWhenTwoOfThreeAgree() throws {
        let both = [web, mail]
        #expect(kinds(try book([both, both, [mail]]).events()) == ["service vanished \(web)?"])
        let gone = try book([both, both, [mail], [mail]]).events()
        #expect(kinds(gone) == ["service vanished \(web)"])
        #expect(gone[0].runs.map(\.description) == ["2024-10-07-nmap-1", "2024-10-08-nmap-1"])
        #expect(gone[0].when == TimeBounds(notBefore: RunBook.day(2), notAfter: RunBook.day(3).adding(seconds: 3_600)))
        // Missed once is missed, and by turns is not gone.
        #expect(try book([both, both, [mail], both]).events().isEmpty)
        #expect(kinds(try book([both, [mail], both, [mail]]).events()) == ["service vanished \(web)?"])
        #expect(kinds(try book([[mail], [mail], both, both]).events()) == ["service appeared \(web)"])
        let strict = Agreement(agree: 3, of: 3)
        #expect(kinds(try book([both, both, [mail], [mail]]).events(strict)) == ["service vanished \(web)?"])
        #expect(
            kinds(try book([both, both, [mail]]).events(Agreement(agree: 1, of: 1))) == ["service vanished \(web)"]
        )
    }

    @Test func onlyLikeIsComparedWithLike() throws {
        var book = try RunBook()
        let (short, all) = (RunBook.reach(ports: .list(PortSet([25]))), RunBook.reach())
        for day in 1...3 { try book.run(day, open: [mail: nothing], up: ["192.0.2.1"], reach: short) }
        // More ports see more: nothing appeared.
        for day in 4...6 { try book.run(day, open: [mail: nothing, web: nothing], reach: all) }
        // Without -Pn an address that answers no ping is not asked; with it more is seen.
        for day in 7...9 {
            try book.run(
                day,
                open: [mail: nothing, web: nothing, shop: nothing],
                reach: RunBook.reach(discovery: .everyAddress)
            )
        }
        #expect(try book.events().isEmpty)
        #expect(try book.catalogue.history().services().count == 3)
    }

    @Test func aHostGoesWithItsServices() throws {
        var book = try RunBook()
        for day in 1...3 {
            try book.run(day, open: [web: nothing, "192.0.2.1:81": nothing, mail: nothing, shop: nothing])
        }
        for day in 4...5 { try book.run(day, open: [mail: nothing, shop: nothing]) }
        #expect(kinds(try book.events()) == ["host vanished 192.0.2.1"])
        for day in 6...7 { try book.run(day, open: [web: nothing, mail: nothing, shop: nothing]) }
        #expect(
            kinds(try book.events()) == [
                "host vanished 192.0.2.1", "host appeared 192.0.2.1", "service vanished 192.0.2.1:81",
            ]
        )
    }

    @Test func theSilenceOfAllIsAnOutageAndNoVanishing() throws {
        let all = [web, mail, shop]
        let found = try book([all, all, all, all])
        #expect(try found.events().isEmpty)
        var book = try RunBook()
        let reach = RunBook.reach()
        func seen(_ days: [Int]) throws {
            for day in days { try book.run(day, open: [web: nothing, mail: nothing, shop: nothing], reach: reach) }
        }
        try seen([1, 2, 3])
        try book.run(4, reach: reach)
        #expect(kinds(try book.events()) == ["whole range silent 192.0.2.0-192.0.2.255?"])
        try book.run(5, reach: reach)
        #expect(kinds(try book.events()) == ["whole range silent 192.0.2.0-192.0.2.255"])
        try seen([6])
        let event = try #require(try book.events().first)
        #expect(try book.events().count == 1 && event.runs.count == 2)
        #expect(event.when == TimeBounds(notBefore: RunBook.day(3), notAfter: RunBook.day(4).adding(seconds: 3_600)))
        #expect(event.to?.contains("\(RunBook.day(6).adding(seconds: 3_600))") == true)
    }

    @Test func aFailedRunIsNoOutage() throws {
        var book = try RunBook()
        for day in 1...3 { try book.run(day, open: [web: nothing, mail: nothing]) }
        for day in 4...7 { try book.run(day, covered: AddressSet(), failure: "each of 256 hosts was skipped") }
        #expect(try book.events().isEmpty)
        #expect(HistoryEvents(try book.catalogue.history()).leftOut.count == 4)
        for day in 8...9 { try book.run(day, open: [web: nothing, mail: nothing]) }
        #expect(try book.events().isEmpty)
        #expect(try book.line(web).standing == .stable)
    }

    // MARK: Identities

    /// Runs of one service that was called so.
    private func events(_ identities: [ServiceIdentity]) throws -> [String] {
        var book = try RunBook()
        for (index, identity) in identities.enumerated() {
            try book.run(index + 1, open: [web: identity, mail: nothing])
        }
        return try book.events().map {
            "\($0.kind.rawValue): \($0.from ?? "") -> \($0.to ?? "")\($0.isConfirmed ? "" : "?")"
        }
    }

    private func product(_ name: String, _ version: String? = nil) -> ServiceIdentity {
        ServiceIdentity(speaks: "http", product: name, version: version)
    }

    @Test func aRealChangeIsOne() throws {
        let (old, new) = (product("nginx", "1.18.0"), product("nginx", "1.22.1"))
        #expect(
            try events([old, old, new, new]) == [
                "service changed identity: version nginx 1.18.0 -> version nginx 1.22.1"
            ]
        )
        #expect(
            try events([old, old, new]) == ["service changed identity: version nginx 1.18.0 -> version nginx 1.22.1?"]
        )
        let (a, b) = (ServiceIdentity(certificate: "sha256:aa"), ServiceIdentity(certificate: "sha256:bb"))
        #expect(
            try events([a, nothing, a, b, nothing, b]) == [
                "certificate changed: certificate sha256:aa -> certificate sha256:bb"
            ]
        )
        let (one, two) = (ServiceIdentity(hostKeys: ["RSA 1"]), ServiceIdentity(hostKeys: ["RSA 2"]))
        #expect(try events([one, one, two, two]) == ["service changed identity: host key RSA 1 -> host key RSA 2"])
        // A new product is one change, not two.
        let other = product("Apache httpd", "2.4.1")
        #expect(
            try events([old, old, other, other]) == ["service changed identity: product nginx -> product Apache httpd"]
        )
        // There, long enough, and back.
        let long = Array(repeating: old, count: 8) + Array(repeating: new, count: 8) + Array(repeating: old, count: 8)
        #expect(try events(long).count == 2)
    }

    @Test func flipsOfLabelsAreNone() throws {
        let (a, b) = (product("nginx", "1.18.0"), product("Apache httpd"))
        #expect(try events([a, nothing, a, a, nothing, nothing, a]).isEmpty)
        #expect(try events([a, b, a, a, b, a, b, b, a]).isEmpty)
        #expect(try events([a, a, b, b, a, a, b, b]).isEmpty)
        #expect(try events([a, a, a, b, a]).isEmpty)
        #expect(try events([product("nginx", "1.18.0"), product("nginx"), product("nginx", "1.18.0")]).isEmpty)
    }

    @Test func whatComesElsewhereWithItsKeyHasMoved() throws {
        let key = ServiceIdentity(speaks: "ssh", hostKeys: ["RSA 1"])
        var book = try RunBook()
        let reach = RunBook.reach(discovery: .everyAddress)
        for day in 1...3 {
            try book.run(
                day,
                open: ["192.0.2.1:22": key, mail: nothing, web: nothing],
                up: ["192.0.2.9"],
                reach: reach
            )
        }
        for day in 4...6 { try book.run(day, open: ["192.0.2.9:22": key, mail: nothing, web: nothing], reach: reach) }
        let events = try book.events()
        #expect(kinds(events) == ["service moved 192.0.2.1:22"] && events[0].to == "192.0.2.9:22")
    }

    // MARK: Files of one run

    @Test func aRunUnderTwoNamesIsOneRun() throws {
        var book = try RunBook()
        let first = try book.run(1, open: [web: nothing], name: "a.xml")
        #expect(try book.run(1, open: [web: nothing], name: "b.xml") == first)
        #expect(try book.catalogue.censusRuns().count == 1)
        #expect(try book.catalogue.importedFiles().map(\.told) == [.new, .known])
        // What tells more takes its place.
        let cut = try book.run(
            2,
            open: [web: nothing],
            covered: AddressSet("192.0.2.0-192.0.2.9"),
            isComplete: false,
            name: "c.xml"
        )
        let whole = try book.run(2, open: [web: nothing, mail: nothing], name: "d.xml")
        #expect(cut != whole)
        #expect(try book.catalogue.censusRuns().first { $0.name == cut }?.replacedBy == whole)
        #expect(try book.line(web).comparable == 2)
        #expect(try book.run(2, open: [web: nothing], covered: AddressSet(), isComplete: false, name: "e.xml") == whole)
    }

    @Test func twoMachinesThatBeginByTheClockAreTwoRuns() throws {
        var book = try RunBook()
        let first = try book.run(1, open: [web: nothing], arguments: "nmap -oN a.txt 192.0.2.0/24")
        var report = try #require(try book.catalogue.censusRuns().first)
        report.ended = TimeBounds(at: RunBook.day(1).adding(seconds: 3_700))
        let other = ScanReport(
            reach: report.reach,
            toolVersion: "7.93",
            arguments: "nmap -oN b.txt 192.0.2.0/24",
            began: report.began,
            ended: report.ended,
            completeness: .complete
        )
        #expect(try book.record(other, name: "b.txt") != first)
    }

    @Test func aFormWithItsZoneAndOneWithoutAreOneRun() throws {
        var book = try RunBook()
        let first = try book.run(1, open: [web: nothing], arguments: "nmap -oA a 192.0.2.0/24")
        let local = RunBook.day(1).adding(seconds: 2 * 3_600)
        let wide = { (time: Timestamp) in
            TimeBounds(notBefore: time.adding(seconds: -14 * 3_600), notAfter: time.adding(seconds: 12 * 3_600))
        }
        var other = ScanReport(
            reach: RunBook.reach(),
            toolVersion: "7.93",
            arguments: "nmap -oA a 192.0.2.0/24",
            began: wide(local),
            ended: wide(local.adding(seconds: 3_600)),
            completeness: .complete
        )
        #expect(try book.record(other, name: "a.nmap") == first)
        other.ended = wide(local.adding(seconds: 3_620))
        #expect(try book.record(other, name: "a2.nmap") != first)
    }

    // MARK: Comparison

    @Test func twoRunsAreHeldSideBySide() throws {
        var book = try RunBook()
        let first = try book.run(1, open: [web: product("nginx", "1.18.0"), mail: nothing, shop: nothing])
        let half = try #require(AddressSet("192.0.2.0-192.0.2.2"))
        let second = try book.run(
            2,
            open: [web: product("nginx", "1.22.1"), "192.0.2.2:26": nothing],
            reach: RunBook.reach(half)
        )
        let history = try book.catalogue.history()
        let runs = try [first, second].map { name in try #require(history.runs.first { $0.name == name }) }
        let comparison = RunComparison(runs[0], runs[1], in: history)
        #expect(!comparison.isLikeWithLike && comparison.same == 0)
        #expect(comparison.changed.map(\.after) == ["version nginx 1.22.1"])
        #expect(comparison.appeared.map(\.service.description) == ["192.0.2.2:26"])
        #expect(comparison.vanished.map(\.service.description) == [mail])
        #expect(comparison.leftOut.contains { $0.what.contains(shop) && $0.why.contains("not observed") })
        #expect(comparison.leftOut.contains { $0.what == "253 addresses" })
    }
}
