import Catalogue
import Domain
import Testing

@Suite struct TimeLineTests {
    private let web = "192.0.2.1:80"
    private let mail = "192.0.2.2:25"
    private let nothing = ServiceIdentity()

    @Test func intervalsEndBetweenTwoLooks() throws {
        var book = try RunBook()
        try book.run(1, open: [web: nothing, mail: nothing])
        try book.run(2, open: [web: nothing, mail: nothing])
        try book.run(5, open: [mail: nothing], up: ["192.0.2.1"])
        let line = try book.line(web)
        #expect(line.intervals.map(\.state) == ["open", "no answer"])
        #expect(line.intervals.map(\.runs) == [2, 1])
        #expect(line.intervals[0].from == TimeBounds(notBefore: nil, notAfter: RunBook.day(1).adding(seconds: 3_600)))
        let gone = TimeBounds(notBefore: RunBook.day(2), notAfter: RunBook.day(5).adding(seconds: 3_600))
        #expect(line.intervals[0].until == gone && line.intervals[1].from == gone && line.intervals[1].until == nil)
        #expect(line.standing == .perhapsGone && line.seen == 2 && line.comparable == 3)
        #expect(try book.line(mail).standing == .stable)
    }

    @Test func notObservedIsNoState() throws {
        var book = try RunBook()
        try book.run(1, open: [web: nothing, mail: nothing])
        // Other ports, other addresses, a failed run, one that did not get there.
        try book.run(2, open: [mail: nothing], reach: RunBook.reach(ports: .list(PortSet([25]))))
        let others = try #require(AddressSet("192.0.2.2-192.0.2.255"))
        try book.run(3, open: [mail: nothing], reach: RunBook.reach(others))
        try book.run(4, failure: "each host was skipped", isComplete: true)
        try book.run(5, open: [mail: nothing], covered: others, isComplete: false)
        try book.run(6, open: [mail: nothing], reach: RunBook.reach(ports: .named("top 10")))
        let line = try book.line(web)
        #expect(line.intervals.map(\.state) == ["open"] && line.comparable == 1 && line.intervals[0].until == nil)
        #expect(try book.events().isEmpty)
        #expect(try book.line(mail).intervals.count == 1 && book.line(mail).comparable == 5)
    }

    @Test func aHostThatDidNotAnswerWasNotAskedForItsPorts() throws {
        var book = try RunBook()
        try book.run(1, open: [web: nothing, mail: nothing])
        try book.run(2, open: [mail: nothing])
        #expect(try book.line(web).intervals.map(\.state) == ["open", "host silent"])
        // Asked without a ping, the same silence is that of the port.
        var other = try RunBook()
        try other.run(1, open: [web: nothing, mail: nothing], reach: RunBook.reach(discovery: .everyAddress))
        try other.run(2, open: [mail: nothing], reach: RunBook.reach(discovery: .everyAddress))
        #expect(try other.line(web).intervals.map(\.state) == ["open", "no answer"])
    }

    @Test func aListOfWhatIsOpenDoesNotSayWhy() throws {
        var book = try RunBook()
        let reach = RunBook.reach(discovery: .everyAddress, telling: .openOnly)
        try book.run(1, open: [web: nothing], reach: reach)
        try book.run(2, open: [mail: nothing], reach: reach)
        #expect(try book.line(web).intervals.map(\.state) == ["open", "not open"])
        // Whose addresses are not known, nothing is missing from.
        var unknown = try RunBook()
        var nowhere = reach
        nowhere.addresses = nil
        try unknown.run(1, open: [web: nothing], reach: nowhere)
        try unknown.run(2, open: [mail: nothing], reach: nowhere)
        try unknown.run(3, open: [web: nothing], reach: nowhere)
        #expect(try unknown.line(web).intervals.map(\.runs) == [2])
    }

    @Test func aPortOfANamedListIsKnownOnceAnyRunOfItShowsIt() throws {
        var book = try RunBook()
        let reach = RunBook.reach(ports: .named("top 10 of nmap 7.93"))
        try book.run(1, open: [mail: nothing], up: ["192.0.2.1"], reach: reach)
        try book.run(2, open: [mail: nothing, web: nothing], reach: reach)
        #expect(try book.line(web).intervals.map(\.state) == ["no answer", "open"])
    }

    @Test func runsMayComeInAnyOrder() throws {
        var (forth, back) = (try RunBook(), try RunBook())
        for day in [1, 2, 3, 4, 5, 6] {
            try forth.run(day, open: day == 4 ? [mail: nothing] : [web: nothing, mail: nothing])
        }
        for day in [6, 2, 4, 1, 5, 3] {
            try back.run(day, open: day == 4 ? [mail: nothing] : [web: nothing, mail: nothing])
        }
        let (first, second) = (try forth.line(web), try back.line(web))
        #expect(first.intervals.map(\.from) == second.intervals.map(\.from))
        #expect(first.intervals.map(\.until) == second.intervals.map(\.until) && first.intervals.count == 3)
        #expect(try forth.catalogue.censusRuns().map(\.began) == back.catalogue.censusRuns().map(\.began))
    }

    @Test func whatOneRunSawIsKnownToTheLast() throws {
        var book = try RunBook()
        let names = try (1...9).map { day in
            try book.run(day, open: day % 3 == 0 ? [mail: nothing] : [web: nothing, mail: nothing])
        }
        for (index, name) in names.enumerated() {
            let run = try #require(try book.catalogue.censusRuns().first { $0.name == name })
            let state = try book.catalogue.hosts(in: run)
            #expect(state.open.keys.map(\.description).sorted() == ((index + 1) % 3 == 0 ? [mail] : [web, mail]))
        }
    }
}
