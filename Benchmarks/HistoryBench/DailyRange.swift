import Domain

/// A /22 with 40 services on 20 hosts, scanned by nmap every day for 1,000 ports, with what changes and what only seems to.
struct DailyRange {
    /// The hosts that answer.
    let addresses: [IPAddress]
    private var numbers = BenchNumbers(22)
    private var versions = [Int](repeating: 0, count: 40)

    init() {
        addresses = (0..<20).map { IPAddress(v4: 0xc633_6400 + UInt32($0) * 51) }
    }

    /// The file of a day, as `nmap -oN` writes it.
    mutating func report(_ day: Int) -> [UInt8] {
        let date = Day(number: 15_000 + day)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let (year, month, dayOfMonth) = date.parts
        let when = "Mon \(months[month - 1]) \(dayOfMonth)"
        var text =
            "# Nmap 7.93 scan initiated \(when) 00:00:05 \(year) as: nmap -sV -p 1-1000 -oN \(day).txt 198.51.100.0/22\n"
        var up = 0
        for (index, address) in addresses.enumerated() where numbers.next(50) > 0 {
            up += 1
            text += host(index, address)
        }
        text +=
            "# Nmap done at \(when) 00:20:05 \(year) -- 1024 IP addresses (\(up) hosts up) scanned in 1200.00 seconds\n"
        return Array(text.utf8)
    }

    /// A host with two services, one of which may be missed, change for good, or be called something else for a day.
    private mutating func host(_ index: Int, _ address: IPAddress) -> String {
        var lines: [String] = []
        for service in [index * 2, index * 2 + 1] {
            if numbers.next(60) == 0 { continue }
            if numbers.next(500) == 0 { versions[service] += 1 }
            let label = numbers.next(15) == 0 ? "tcpwrapped" : "http       nginx 1.\(versions[service]).0"
            lines.append("\(80 + service)/tcp open  \(label)")
        }
        let refused = numbers.next(30) == 0 ? ", 1 closed tcp port (reset)" : ""
        let rest = 1_000 - lines.count - (refused.isEmpty ? 0 : 1)
        return """
            Nmap scan report for \(address)
            Host is up (0.1s latency).
            Not shown: \(rest) filtered tcp ports (no-response)\(refused)
            PORT    STATE SERVICE    VERSION
            \(lines.joined(separator: "\n"))


            """
    }
}

/// masscan's list of a million services.
enum LargeScan {
    static func text(_ run: Int) -> [UInt8] {
        var numbers = BenchNumbers(UInt64(run) + 1)
        var text = Array("#masscan\n".utf8)
        text.reserveCapacity(40_000_000)
        let begun = 1_600_000_000 + run * 86_400
        for index in 0..<1_000_000 {
            // One in a hundred is not there, another day another one.
            let address = IPAddress(v4: 0x0b00_0000 + UInt32(index) * 3 + (numbers.next(100) == 0 ? 1 : 0))
            text += Array("open tcp 443 \(address) \(begun + index / 1_000)\n".utf8)
        }
        return text + Array("# end\n".utf8)
    }
}
