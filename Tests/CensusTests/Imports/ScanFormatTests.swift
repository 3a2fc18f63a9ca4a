import Census
import Domain
import Testing

@Suite struct ScanFormatTests {
    @Test func everySampleIsReadAsWhatItIs() throws {
        #expect(Set(ScanSamples.all.map(\.form)) == Set(scanFormats.map { $0.name }))
        for sample in ScanSamples.all {
            let whole = try ScanReading(sample.text)
            #expect(whole.form == sample.form)
            #expect(whole.faults.isEmpty, "\(sample.form): \(whole.faults)")
            #expect(whole.report.isSound && whole.report.completeness == .complete, "\(sample.form)")
            // Wherever the pieces end, the same is read.
            for piece in [1, 7, 100] { #expect(try ScanReading(sample.text, piece: piece).report == whole.report) }
        }
    }

    @Test func whatStandsWhereIsKnown() throws {
        for sample in ScanSamples.all {
            let bytes = Array(sample.text.utf8)
            let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
            for seen in try ScanReading(sample.text).report.open.ports {
                let line = lines[Int(seen.line) - 1]
                #expect(line.startIndex == Int(seen.offset))
                #expect(String(decoding: line, as: UTF8.self).contains("\(seen.port)"))
            }
        }
    }

    @Test func nmapsOwnReport() throws {
        let read = try ScanReading(ScanSamples.normal)
        let report = read.report
        #expect(
            read.open == [
                "192.0.2.2:80 http Apache httpd 2.2.15", "192.0.2.2:443 ", "192.0.2.3:22 ssh OpenSSH 5.3",
                "192.0.2.3:25 smtp Postfix smtpd", "192.0.2.3:443 tls/http nginx 1.18.0",
            ]
        )
        #expect(report.reach.addresses == AddressSet("192.0.2.0-192.0.2.7"))
        #expect(report.reach.tcp == .list(PortSet(merging: [1...1_000])))
        #expect(report.reach.discovery == .pinged && report.covered == nil && report.answering == 2)
        #expect(read.sheet("192.0.2.2")?.state(of: 81) == .noAnswer)
        #expect(read.sheet("192.0.2.3")?.state(of: 81) == .closed)
        #expect(read.sheet("192.0.2.3")?.state(of: 135) == .noAnswer)
        #expect(read.sheet("192.0.2.4") == nil)
        #expect(report.identities.contains { $0.hostKeys == ["DSA aa:bb:cc", "RSA dd:ee:ff"] })
        #expect(report.identities.contains { $0.certificate == "sha1:ab12cd34" })
    }

    @Test func aTimeWithoutAZoneIsADayWide() throws {
        let unknown = try ScanReading(ScanSamples.normal).report
        #expect(unknown.began?.notBefore == Timestamp("2021-09-12T10:00:05Z"))
        #expect(unknown.began?.notAfter == Timestamp("2021-09-13T12:00:05.999999Z"))
        let known = try ScanReading(ScanSamples.normal, hints: ImportHints(zone: 540)).report
        #expect(known.began?.notBefore == Timestamp("2021-09-12T15:00:05Z"))
        #expect(known.ended?.notAfter == Timestamp("2021-09-12T15:37:23.999999Z"))
        for (zone, minute) in [("UTC", "2021-09-13T00:00:00Z"), ("CEST", "2021-09-12T22:00:00Z")] {
            let text =
                "Starting Nmap 7.93 ( https://nmap.org ) at 2021-09-13 00:00 \(zone)\nNmap scan report for 192.0.2.1\n"
            #expect(try ScanReading(text).report.began?.notBefore == Timestamp(minute))
        }
    }

    @Test func nmapsXML() throws {
        let read = try ScanReading(ScanSamples.xml)
        #expect(read.open == ["192.0.2.1:80 tls/http nginx 1.18.0"])
        #expect(read.report.identities.first?.certificate == "sha1:ab12")
        #expect(read.report.reach.tcp == .list(PortSet([22, 80, 81, 82])))
        #expect(
            read.report.began
                == TimeBounds(
                    notBefore: Timestamp("2021-09-13T00:00:05Z"),
                    notAfter: Timestamp("2021-09-13T00:00:05.999999Z")
                )
        )
        #expect(
            read.sheet("192.0.2.1")?.state(of: 22) == .noAnswer && read.sheet("192.0.2.1")?.state(of: 81) == .closed
        )
        #expect(read.report.answering == 1)
    }

    @Test func grepable() throws {
        let read = try ScanReading(ScanSamples.grepable)
        #expect(read.open == ["192.0.2.1:22 ssh OpenSSH 5.3"])
        #expect(read.sheet("192.0.2.1")?.state(of: 1) == .closed && read.sheet("192.0.2.1")?.state(of: 25) == .noAnswer)
        #expect(read.report.covered == AddressSet("192.0.2.0-192.0.2.1 192.0.2.3"))
    }

    @Test func whoListsOnlyWhatIsOpenSaysNothingOfTheRest() throws {
        for text in [ScanSamples.masscanList, ScanSamples.masscanJSON, ScanSamples.zmap] {
            let report = try ScanReading(text).report
            #expect(report.reach.addresses == nil && report.reach.telling == .openOnly)
            #expect(report.began?.notBefore == Timestamp("2021-09-13T00:00:05Z"))
        }
        #expect(
            try ScanReading(ScanSamples.masscanList).open == ["192.0.2.9:80 ", "192.0.2.10:443 ", "192.0.2.10:53/udp "]
        )
        #expect(try ScanReading(ScanSamples.masscanList).sheet("192.0.2.9")?.state(of: 81) == .closed)
        #expect(try ScanReading(ScanSamples.zmap).open == ["192.0.2.9:80 ", "192.0.2.11:80 "])
        let hints = ImportHints(addresses: AddressSet("192.0.2.0-192.0.2.15"), ports: PortSet([80]))
        let told = try ScanReading(ScanSamples.zmap, hints: hints).report
        #expect(told.reach.addresses?.count == 16 && told.reach.tcp == .list(PortSet([80])))
    }

    @Test func aBareListNeedsAPort() throws {
        let list = "192.0.2.9\n192.0.2.10\n"
        let without = try ScanReading(list)
        #expect(without.open.isEmpty && without.faults.count == 2 && without.faults[0].hasPrefix("sample:1:"))
        #expect(try ScanReading(list, hints: ImportHints(ports: PortSet([443]))).open.count == 2)
    }

    @Test func zgrab() throws {
        let read = try ScanReading(ScanSamples.zgrab)
        #expect(read.open.count == 2 && read.report.identities.contains { $0.hostKeys == ["sha256 ab12"] })
        #expect(read.open.last == "192.0.2.10:80 http nginx 1.18.0")
        #expect(read.sheet("192.0.2.11")?.state(of: 22) == .closed)
        #expect(read.sheet("192.0.2.12")?.state(of: 22) == .noAnswer)
    }
}
