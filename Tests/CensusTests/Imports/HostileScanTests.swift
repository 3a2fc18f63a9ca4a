import Census
import Domain
import Testing

@Suite struct HostileScanTests {
    @Test(arguments: ScanSamples.all.indices) func mayBeCutAnywhere(index: Int) throws {
        let sample = ScanSamples.all[index]
        let bytes = Array(sample.text.utf8)
        let whole = try ScanReading(bytes)
        for end in 1..<bytes.count {
            let read: ScanReading
            do { read = try ScanReading(Array(bytes[..<end])) } catch {
                // So short a beginning is in no form yet.
                #expect(end < 700)
                continue
            }
            #expect(read.report.isSound)
            // A cut file shows less and nothing else: no half number is taken for a port or an address.
            for seen in read.report.open.ports {
                #expect(
                    whole.report.open.ports.contains { $0.endpoint == seen.endpoint && $0.offset == seen.offset },
                    "\(sample.form) cut at \(end): \(seen.endpoint)"
                )
            }
            if case .list(let asked)? = read.report.reach.tcp, case .list(let all)? = whole.report.reach.tcp {
                #expect(asked.subtracting(all).isEmpty)
            }
        }
    }

    @Test(arguments: ScanSamples.all.indices) func anyByteMayBeAnother(index: Int) throws {
        let bytes = Array(ScanSamples.all[index].text.utf8)
        var random = SeededBytes(state: UInt64(index) + 7)
        for _ in 0..<300 {
            var hurt = bytes
            for _ in 0..<5 { hurt[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next()) }
            do { #expect(try ScanReading(hurt).report.isSound) } catch { #expect(!error.message.isEmpty) }
        }
    }

    @Test func noiseIsRefused() throws {
        var random = SeededBytes(state: 1)
        for length in [1, 10, 1_000, 10_000] {
            let noise = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            do {
                let read = try ScanReading(noise)
                #expect(read.report.open.ports.isEmpty)
            } catch { #expect(error.place.hasPrefix("sample")) }
        }
    }

    @Test func otherEncodingsAndPackingsAreNamed() {
        func code(_ bytes: [UInt8]) -> ImportError.Code? {
            do {
                _ = try ScanReading(bytes)
                return nil
            } catch { return error.code }
        }
        let text = Array(ScanSamples.normal.utf8)
        #expect(code([0xff, 0xfe] + text.flatMap { [$0, 0] }) == .encoding)
        #expect(code([0xfe, 0xff] + text.flatMap { [0, $0] }) == .encoding)
        #expect(code(text.flatMap { [$0, 0] }) == .encoding)
        #expect(code([0x1f, 0x8b, 8, 0]) == .packed)
        #expect(code([]) == .empty && code(Array("\n \n".utf8)) == .empty)
        #expect(code(Array("PORT STATE\n".utf8)) == .unknownForm)
        #expect(code([0xef, 0xbb, 0xbf] + text) == nil)
    }

    @Test func aMarkBeforeTheTextMovesNoOffset() throws {
        let bytes = [0xef, 0xbb, 0xbf] + Array(ScanSamples.masscanList.utf8)
        let seen = try #require(try ScanReading(bytes).report.open.ports.first)
        #expect(bytes[Int(seen.offset)...].starts(with: "open tcp 80".utf8))
    }

    @Test func longLinesAreCutAndTold() throws {
        let long =
            "#masscan\n" + String(repeating: "x", count: ImportLimits.line + 10)
            + "\nopen tcp 80 192.0.2.9 1631491205\n# end\n"
        let read = try ScanReading(long)
        #expect(read.open == ["192.0.2.9:80 "] && read.faults.count == 2)
        #expect(read.report.open.ports.first?.line == 3)
        #expect(read.report.open.ports.first?.offset == UInt64(9 + ImportLimits.line + 11))
    }

    @Test func moreThanTheLimitIsCountedAndTold() throws {
        let line = "open tcp 80 192.0.2.9 1631491205\n"
        var reader = ScanReader(name: "sample", mostOpenPorts: 100)
        try reader.feed(Array("#masscan\n".utf8))
        try reader.feed(Array(String(repeating: line, count: 110).utf8))
        let (report, draft) = try reader.finish()
        #expect(report.completeness != .complete && report.open.ports.count == 1)
        #expect(draft.faults.contains { $0.what.contains("10 facts are over the limits") })
    }

    @Test func whatIsCodedIsReadAgain() throws {
        for sample in ScanSamples.all {
            let ports = try ScanReading(sample.text).report.open
            #expect(SeenPorts(coded: ports.coded) == ports)
            for end in ports.coded.indices { _ = SeenPorts(coded: Array(ports.coded[..<end])) }
        }
        let v6 = try #require(IPAddress("2001:db8::1"))
        let mixed = SeenPorts([
            SeenPort(address: IPAddress(v4: 1), port: 1, identity: 0, offset: 9, line: 2),
            SeenPort(address: v6, port: 65_535, transport: .udp, identity: 3, offset: 1, line: 1),
            SeenPort(address: v6, port: 1, transport: .udp, identity: 3, offset: .max, line: 7),
        ])
        #expect(SeenPorts(coded: mixed.coded) == mixed)
    }
}

/// Splitmix64: the same bytes on every machine.
private struct SeededBytes {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
