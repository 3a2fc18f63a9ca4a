import Census
import Domain
import Testing

/// What a scan file does not say is not made of it.
@Suite struct ScanHonestyTests {
    private func report(
        _ arguments: String,
        _ lines: [String],
        up: Int,
        of count: Int,
        isFinished: Bool = true
    ) -> String {
        let end =
            "# Nmap done at Mon Sep 13 00:37:23 2021 -- \(count) IP addresses (\(up) hosts up) scanned in 2238.12 seconds\n"
        return "# Nmap 7.80 scan initiated Mon Sep 13 00:00:05 2021 as: nmap \(arguments)\n"
            + lines.joined(separator: "\n") + "\n" + (isFinished ? end : "")
    }

    private func silentHost(_ last: Int, _ line: String) -> [String] {
        ["Nmap scan report for 192.0.2.\(last)", "Host is up.", line, ""]
    }

    @Test func aRunThatSkippedEveryHostFailed() throws {
        let lines = (0..<32).flatMap { last in
            [
                "Nmap scan report for 192.0.2.\(last)", "Host is up (0.28s latency).",
                "Skipping host 192.0.2.\(last) due to host timeout",
            ]
        }
        let read = try ScanReading(report("-Pn -p 1-100 192.0.2.0/27", lines, up: 32, of: 32))
        #expect(read.report.failure?.contains("skipped") == true && read.report.covered?.isEmpty == true)
        #expect(read.report.answering == 0 && read.report.completeness == .complete && read.faults.isEmpty)
    }

    @Test func callingEveryHostUpIsNoSignOfLife() throws {
        let silent = (0..<32).flatMap { silentHost($0, "All 100 scanned ports on 192.0.2.\($0) are filtered") }
        let failed = try ScanReading(report("-Pn -p 1-100 192.0.2.0/27", silent, up: 32, of: 32)).report
        #expect(failed.failure?.contains("-Pn") == true && failed.answering == 0)
        let one = [
            "Nmap scan report for 192.0.2.31", "Host is up.", "Not shown: 99 filtered ports", "PORT   STATE SERVICE",
            "80/tcp open  http", "",
        ]
        let sound = try ScanReading(
            report("-Pn -p 1-100 192.0.2.0/27", Array(silent.dropLast(4)) + one, up: 32, of: 32)
        ).report
        #expect(sound.failure == nil && sound.answering == 1 && sound.open.ports.count == 1)
        // Without -sV the label comes from the port.
        #expect(sound.identities.allSatisfy { $0.isEmpty })
    }

    @Test func whatWasOnlyCountedStaysACount() throws {
        let host = ["Nmap scan report for 192.0.2.1", "Host is up (0.1s latency)."]
        // Two states: which port is which is not known.
        let mixed =
            host + ["Not shown: 90 filtered ports, 9 closed ports", "PORT   STATE SERVICE", "80/tcp open  http", ""]
        let sheet = try ScanReading(report("-p 1-100 192.0.2.1", mixed, up: 1, of: 1)).sheet("192.0.2.1")
        #expect(sheet?.state(of: 81) == nil && sheet?.counted == ["filtered": 90, "closed": 9])
        // One state, but which ports were asked is nmap's own secret.
        let named = host + ["Not shown: 999 closed ports", "PORT   STATE SERVICE", "80/tcp open  http", ""]
        let usual = try ScanReading(report("192.0.2.1", named, up: 1, of: 1))
        #expect(usual.sheet("192.0.2.1")?.state(of: 81) == nil)
        #expect(usual.report.reach.tcp == .named("top 1000 of nmap 7.80"))
        // The count does not fit the list.
        let odd = try ScanReading(report("-p 1-100 192.0.2.1", named, up: 1, of: 1))
        #expect(odd.sheet("192.0.2.1")?.state(of: 81) == nil)
    }

    @Test func anUnfinishedRunCoversWhatItReported() throws {
        let lines = [
            "Nmap scan report for 192.0.2.0 [host down]", "Nmap scan report for 192.0.2.1",
            "Host is up (0.1s latency).",
            "Not shown: 99 filtered ports", "PORT   STATE SERVICE VERSION", "80/tcp open  http nginx", "",
            "Nmap scan report for 192.0.2.2", "Host is up (0.1s latency).", "PORT   STATE SERVICE VERSION",
            "22/tcp open  ssh",
        ]
        let read = try ScanReading(report("-sV -p 1-100 192.0.2.0/28", lines, up: 1, of: 16, isFinished: false))
        #expect(read.report.completeness != .complete)
        #expect(read.report.covered == AddressSet("192.0.2.0-192.0.2.1"))
        // What the cut host had shown by then was seen.
        #expect(read.open == ["192.0.2.1:80 http nginx", "192.0.2.2:22 ssh"])
    }

    @Test(
        arguments: [
            ("-p- 192.0.2.1", "1-65535"), ("-p T:80,U:53 -sSU 192.0.2.1", "80"),
            ("-F 192.0.2.1", "named top 100 of nmap 7.80"),
            ("--top-ports=20 192.0.2.1", "named top 20 of nmap 7.80"),
            ("-p http* 192.0.2.1", "named http* of nmap 7.80"),
        ]
    )
    func portsAreThoseOfTheCommandLine(arguments: String, asked: String) throws {
        let read = try ScanReading(report(arguments, [], up: 0, of: 1))
        #expect(read.report.reach.tcp?.description == asked)
    }

    @Test(
        arguments: [
            ("192.0.2.0/30 198.51.100.7", "192.0.2.0-192.0.2.3 198.51.100.7", 5),
            ("192.0.2-3.1,9", "192.0.2.1 192.0.2.9 192.0.3.1 192.0.3.9", 4),
            ("--exclude 192.0.2.1 192.0.2.0/30", "192.0.2.0 192.0.2.2-192.0.2.3", 3),
            ("-oN x.txt --script default -T 4 192.0.2.1", "192.0.2.1", 1),
        ]
    )
    func addressesAreThoseOfTheCommandLine(arguments: String, asked: String, count: Int) throws {
        let read = try ScanReading(report("-p 80 " + arguments, [], up: 0, of: count))
        #expect(read.report.reach.addresses == AddressSet(asked))
    }

    @Test func whatIsNotSaidIsNotKnown() throws {
        for targets in ["host.example", "-iL list.txt"] {
            #expect(try ScanReading(report("-p 80 \(targets)", [], up: 0, of: 9)).report.reach.addresses == nil)
        }
        // The end of the file knows better than the command line.
        let read = try ScanReading(report("-p 80 192.0.2.0/30", [], up: 0, of: 9))
        #expect(read.report.reach.addresses == nil && read.faults.count == 1)
    }

    @Test func labelsThatSayNothingAreNoIdentity() throws {
        for label in ["https?", "ssl/https?", "tcpwrapped", "unknown", "ssl/unknown"] {
            let lines = [
                "Nmap scan report for 192.0.2.1", "Host is up (0.1s latency).", "PORT   STATE SERVICE VERSION",
                "80/tcp open  \(label)", "",
            ]
            let read = try ScanReading(report("-sV -p 80 192.0.2.1", lines, up: 1, of: 1))
            #expect(read.report.identities == [ServiceIdentity()], "\(label)")
        }
        for label in ["http", "http-proxy", "http-alt"] {
            let lines = [
                "Nmap scan report for 192.0.2.1", "Host is up (0.1s latency).", "PORT   STATE SERVICE VERSION",
                "80/tcp open  \(label)  Squid 3.X", "",
            ]
            let read = try ScanReading(report("-sV -p 80 192.0.2.1", lines, up: 1, of: 1))
            #expect(read.report.identities == [ServiceIdentity(speaks: "http", product: "Squid")])
        }
    }

    @Test func aStrangeLineIsToldWithItsPlace() throws {
        let read = try ScanReading(report("-p 80 192.0.2.1", ["", "a line of someone's own"], up: 0, of: 1))
        #expect(read.faults == ["sample:3: not understood: a line of someone's own"])
        let many = try ScanReading(report("-p 80 192.0.2.1", Array(repeating: "what", count: 150), up: 0, of: 1))
        #expect(many.faults.count == 101 && many.faults.last == "sample: 50 more lines were not understood")
    }

    @Test func aSecondScanInOneFileIsTold() throws {
        let read = try ScanReading(ScanSamples.normal + ScanSamples.normal)
        #expect(read.open.count == 5 && read.faults.first?.contains("a second scan") == true)
    }
}
