package import Domain

/// Grepable output of nmap or masscan (`-oG`): a line a host, or with masscan a line a port.
package struct GrepableScan: ScanFormat {
    package static let name = "nmap -oG"

    private let hints: ImportHints
    private var facts = NmapFacts()
    private var arguments = NmapArguments("", version: "")
    private var down: [IPAddress] = []

    package static func recognises(_ opening: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: opening, as: UTF8.self)
        guard text.hasPrefix("#") || text.hasPrefix("Host: ") || text.hasPrefix("Timestamp: ") else { return false }
        return text.contains("\nHost: ") || text.hasPrefix("Host: ") || text.contains("Timestamp: ")
            || text.contains("# Ports scanned: ") || (text.contains(" as: nmap") && text.contains(" -oG "))
    }

    package init(hints: ImportHints) {
        self.hints = hints
    }

    package mutating func read(_ line: ScanLine, into draft: inout ScanDraft) {
        if line.isBlank { return draft.passOver(line) }
        let isEnd = line.hasPrefix("# Nmap done") || line.hasPrefix("# Masscan done")
        guard line.isWhole || isEnd else { return draft.notUnderstood(line) }
        if line.hasPrefix("#") {
            guard readRemark(line.text) else { return draft.notUnderstood(line) }
        } else if line.hasPrefix("Host: ") || line.hasPrefix("Timestamp: ") {
            readHost(line, &draft)
        } else {
            draft.notUnderstood(line)
        }
    }

    package mutating func finish(_ draft: inout ScanDraft) -> ScanReport {
        var report = facts.report(hints, &draft)
        if facts.tool == "masscan" {
            report.reach.discovery = .everyAddress
            report.failure = nil
        }
        return report
    }

    private mutating func readRemark(_ text: String) -> Bool {
        if text.hasPrefix("# Ports scanned: ") {
            facts.listedTCP = ports("TCP(", in: text)
            facts.listedUDP = ports("UDP(", in: text)
            return facts.listedTCP != nil
        }
        if let found = text.firstRange(of: " scan initiated "),
            let version = text.split(separator: " ").dropFirst(2).first
        {
            facts.tool = text.hasPrefix("# Masscan") ? "masscan" : "nmap"
            if facts.tool == "masscan" { facts.telling = .openOnly }
            facts.version = String(version)
            let named = text.firstRange(of: " as: ")
            let end = named?.lowerBound ?? text.endIndex
            guard found.upperBound <= end else { return false }
            facts.began = LocalTime.ctime(text[found.upperBound..<end], zone: hints.zone)
            facts.arguments = named.map { String(text[$0.upperBound...]) } ?? ""
            arguments = NmapArguments(facts.arguments, version: facts.version)
            return true
        }
        guard text.contains(" done at ") else { return false }
        facts.isFinished = true
        if let at = text.firstRange(of: " done at ") {
            let end = text.firstRange(of: " -- ")?.lowerBound ?? text.endIndex
            if at.upperBound <= end { facts.ended = LocalTime.ctime(text[at.upperBound..<end], zone: hints.zone) }
        }
        if let count = text.firstRange(of: " IP address") {
            facts.addressCount = text[..<count.lowerBound].split(separator: " ").last.flatMap { Int($0) }
        }
        return true
    }

    /// `TCP(1000;1,3-4,6)`: how many, and which.
    private func ports(_ mark: String, in text: String) -> PortSet? {
        guard let start = text.firstRange(of: mark)?.upperBound else { return nil }
        let inside = text[start...].prefix { $0 != ")" }
        return inside.firstIndex(of: ";").flatMap { PortSet(String(inside[inside.index(after: $0)...])) }
    }

    private mutating func readHost(_ line: ScanLine, _ draft: inout ScanDraft) {
        var fields: [Substring: Substring] = [:]
        let text = line.text
        for field in text.split(separator: "\t") {
            guard let colon = field.firstRange(of: ": ") else { continue }
            fields[field[..<colon.lowerBound]] = field[colon.upperBound...]
        }
        guard let address = fields["Host"].flatMap({ IPAddress(String($0.prefix { $0 != " " })) }) else {
            return draft.notUnderstood(line)
        }
        if let stamp = fields["Timestamp"].flatMap({ Int64($0) }), (0..<253_402_300_800).contains(stamp) {
            facts.note(second: stamp)
        }
        if let status = fields["Status"] { return readStatus(status, address, line, &draft) }
        guard let ports = fields["Ports"] ?? fields["Protocols"] else {
            return fields["OS"] == nil ? draft.notUnderstood(line) : draft.passOver(line)
        }
        readPorts(ports, ignored: fields["Ignored State"], address, line, &draft)
    }

    private mutating func readStatus(
        _ status: Substring,
        _ address: IPAddress,
        _ line: ScanLine,
        _ draft: inout ScanDraft
    ) {
        switch status {
        case "Up":
            facts.up += 1
            facts.reported.append(address)
            guard arguments.discovery == .pinged else { return }
            draft.sheet(address, .tcp) { $0.presence = .answered }
        case "Down": facts.reported.append(address)
        case "Timeout": facts.skipped.append(address)
        default: draft.notUnderstood(line)
        }
    }

    /// `80/open/tcp//http//nginx 1.18.0/, 443/closed/tcp//https///`: port, state, protocol, owner, service, RPC, version.
    private mutating func readPorts(
        _ list: Substring,
        ignored: Substring?,
        _ address: IPAddress,
        _ line: ScanLine,
        _ draft: inout ScanDraft
    ) {
        let isHeard = arguments.discovery == .pinged && facts.tool == "nmap"
        var sheets: [Transport: HostSheet] = [:]
        var listed: [Transport: Int] = [:]
        for entry in list.split(separator: ", ") {
            let parts = entry.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count >= 5, let port = UInt16(parts[0]), port > 0,
                let transport = Transport(rawValue: String(parts[2]))
            else {
                draft.fault(line, "a port is not understood: \(PathName(bytes: entry.utf8.prefix(60)).display)")
                continue
            }
            listed[transport, default: 0] += 1
            var sheet = sheets[transport] ?? HostSheet(presence: isHeard ? .answered : .silent)
            switch PortState(nmap: parts[1]) {
            case .open:
                sheet.presence = .answered
                draft.see(address, port, transport, identity(parts), at: line)
            case .closed:
                sheet.presence = .answered
                sheet.closed = sheet.closed.union(PortSet(CollectionOfOne(port)))
            case .noAnswer: sheet.noAnswer = sheet.noAnswer.union(PortSet(CollectionOfOne(port)))
            case nil: sheet.counted[String(parts[1].prefix(40)), default: 0] += 1
            }
            sheets[transport] = sheet
        }
        guard facts.telling == .everyState else { return }
        if sheets.isEmpty { sheets[.tcp] = HostSheet(presence: isHeard ? .answered : .silent) }
        for (transport, known) in sheets {
            var sheet = known
            // With both transports, which of them is counted is not said.
            if sheets.count == 1 { note(ignored, transport, listed[transport] ?? 0, &sheet) }
            // Silence on every port is what an address without a sheet is known by.
            let isUsual = !isHeard && sheet == HostSheet(presence: .silent, rest: .noAnswer)
            if !isUsual { draft.sheet(address, transport) { $0 = sheet } }
        }
    }

    /// `filtered (9998)`
    private func note(_ ignored: Substring?, _ transport: Transport, _ listed: Int, _ sheet: inout HostSheet) {
        var asked = transport == .tcp ? facts.listedTCP : facts.listedUDP
        if asked == nil, case .list(let ports)? = transport == .tcp ? arguments.tcp : arguments.udp { asked = ports }
        guard let ignored, let state = ignored.split(separator: " ").first,
            let count = ignored.split(separator: "(").last.flatMap({ Int($0.prefix { $0.isNumber }) })
        else { return }
        sheet.note([(String(state), count)], asked: asked, listed: listed)
    }

    private func identity(_ parts: [Substring]) -> ServiceIdentity {
        guard arguments.probesVersions, parts.count >= 7 else { return ServiceIdentity() }
        let version = String(parts[6]).map { $0 == "|" ? "/" : $0 }
        return ServiceLabel.identity(label: parts[4], version: String(version)[...])
    }
}

extension NmapFacts {
    /// Widens the run to hold a second at which something was seen.
    mutating func note(second: Int64) {
        let at = Timestamp(seconds: second)
        let (first, last) = (min(began?.notBefore ?? at, at), max(ended?.notAfter ?? at, at))
        began = TimeBounds(at: first)
        ended = TimeBounds(at: last)
    }
}
