import Domain
import Testing
import Trace

@Suite struct LogScanTests {
    @Test func piecesMakeNoDifference() {
        let log = Array(
            (0..<40).map { request("127.4.0.\($0 % 3)", second: $0) }.joined(separator: "\n").utf8
        )
        let whole = scan([log])
        #expect(whole.lines == 40)
        for size in [1, 2, 3, 7, 64, 100, 1000] {
            let pieces = stride(from: 0, to: log.count, by: size).map { Array(log[$0..<min($0 + size, log.count)]) }
            let cut = scan(pieces)
            #expect(cut.visits.visits() == whole.visits.visits())
            #expect((cut.lines, cut.unparsedLines) == (40, 0))
        }
    }

    @Test func aGapOfMoreThanHalfAnHourEndsAVisit() {
        let log = [0, 1800, 3600, 5401].map { request("127.4.0.1", second: $0) }.joined(separator: "\n")
        let visits = scan([Array(log.utf8)]).visits.visits()
        #expect(visits.map(\.requests) == [3, 1])
        #expect(visits.map(\.bytes) == [30, 10])
    }

    @Test func orderMakesNoDifference() {
        var random = SystemRandomNumberGenerator()
        let lines = (0..<200).map {
            request("127.4.0.\($0 % 4)", second: $0 * 431 % 90_000, method: $0 % 5 == 0 ? "PUT" : "GET")
        }
        let sorted = scan([Array(lines.joined(separator: "\n").utf8)]).visits.visits()
        for _ in 0..<20 {
            let shuffled = lines.shuffled(using: &random).joined(separator: "\n")
            #expect(scan([Array(shuffled.utf8)]).visits.visits() == sorted)
        }
        #expect(sorted.reduce(0) { $0 + $1.requests } == 200)
        #expect(sorted.reduce(0) { $0 + $1.writes } == 40)
    }

    @Test func zonesAndIPv6AreUnderstood() {
        let log = """
            2001:db8::7 - - [15/Jan/2024:00:30:00 +0830] "GET / HTTP/1.1" 200 1 "-" "a"
            ::ffff:127.4.0.9 - - [14/Jan/2024:16:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "a"
            [2001:db8::7] - - [14/Jan/2024:11:00:00 -0500] "GET / HTTP/1.1" 200 1 "-" "a"\r
            127.4.0.9 - - [01/Mar/2199:00:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "a"
            """
        let visits = scan([Array(log.utf8)]).visits.visits()
        #expect(
            visits.map { "\($0.client) \($0.first) \($0.requests)" } == [
                "127.4.0.9 2024-01-14T16:00:00Z 1", "2001:db8::7 2024-01-14T16:00:00Z 2",
                "127.4.0.9 2199-03-01T00:00:00Z 1",
            ]
        )
    }

    @Test func commonAndCombinedMayMix() {
        let log = """
            127.4.0.1 - - [15/Jan/2024:00:30:00 +0000] "GET / HTTP/1.1" 200 1
            127.4.0.1 - - [15/Jan/2024:00:30:01 +0000] "GET / HTTP/1.1" 200 - "-" "agent"
            127.4.0.1 - - [15/Jan/2024:00:30:02 +0000] "GET / HTTP/1.1" 200 1
            """
        let result = scan([Array(log.utf8)])
        #expect(result.unparsedLines == 0)
        #expect(result.taken == [1, 2])
    }

    @Test func aLineWithoutEndIsBounded() {
        let piece = Array(repeating: UInt8(ascii: "x"), count: 1 << 20)
        let result = scan(Array(repeating: piece, count: 10))
        #expect((result.lines, result.unparsedLines) == (1, 1))
        #expect(result.unparsed.count == LogScan.lineLimit + 1)
    }

    @Test func unparsedLinesAreKeptAsTheyStand() {
        let bad: [[UInt8]] = [[0, 0, 0], [0xff, 0xfe], Array("no log\r".utf8), []]
        let good = Array(request("127.4.0.1", second: 1).utf8)
        let log = Array((bad + [good]).joined(separator: [0x0a]))
        let result = scan([log])
        #expect((result.lines, result.unparsedLines) == (5, 4))
        #expect(result.unparsed == Array(bad.map { $0 + [0x0a] }.joined()))
    }

    @Test func unparsedBytesAreBounded() {
        let line = Array(repeating: UInt8(ascii: "y"), count: 60_000) + [0x0a]
        let result = scan((0..<400).map { _ in line })
        #expect(result.unparsedLines == 400)
        #expect(result.unparsed.count <= LogScan.unparsedLimit)
    }

    @Test func sumsStopAtTheGreatestNumber() {
        let log = (0..<3).map { request("127.4.0.1", second: $0, bytes: "18446744073709551615") }.joined(
            separator: "\n"
        )
        #expect(scan([Array(log.utf8)]).visits.visits().map(\.bytes) == [.max])
    }

    @Test func tooManyVisitsAreCountedNotHeld() {
        var result = LogScan()
        for block in 0..<(VisitCounter.limit / 1000 + 1) {
            var piece = ""
            for host in 0..<1000 { piece += request("10.\(block >> 8).\(block & 255).7", second: host * 1801) + "\n" }
            result.read(Array(piece.utf8))
        }
        result.finish()
        #expect(result.visits.dropped == 1000)
        #expect(result.lines == VisitCounter.limit + 1000)
    }
}

func scan(_ pieces: [[UInt8]]) -> LogScan {
    var scan = LogScan()
    for piece in pieces { scan.read(piece) }
    scan.finish()
    return scan
}

/// A line of a combined log, so many seconds after the beginning of 15 January 2024.
func request(_ client: String, second: Int, method: String = "GET", bytes: String = "10") -> String {
    let time = Day(year: 2024, month: 1, day: 15).map { $0.start.adding(seconds: Int64(second)) }?.description ?? ""
    let clock = time.dropFirst(11).prefix(8)
    return
        "\(client) - - [\(time.dropFirst(8).prefix(2))/\(month(time))/\(time.prefix(4)):\(clock) +0000] \"\(method) /a HTTP/1.1\" 200 \(bytes) \"-\" \"agent\""
}

private func month(_ time: String) -> String {
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][
        (Int(time.dropFirst(5).prefix(2)) ?? 1) - 1
    ]
}
