package import Domain
import Wire

/// XML of nmap or masscan (`-oX`), also cut off: its times are exact, and it lists the ports that were asked.
package struct NmapXML: ScanFormat {
    package static let name = "nmap -oX"

    /// What was read of one host.
    private struct Host {
        var address: IPAddress?
        var isUp = false
        var isSkipped = false
        /// Whether something was heard of it, and it was not only called up.
        var wasHeard = false
        var seen: [(port: UInt16, transport: Transport, identity: ServiceIdentity, line: ScanLine)] = []
        var sheets: [Transport: HostSheet] = [:]
        var listed: [Transport: Int] = [:]
        var counts: [(state: String, count: Int)] = []
        /// Ports that nmap counts and also names, by state.
        var named: [String: PortSet] = [:]

        mutating func name(_ ports: PortSet, _ state: String) {
            named[state] = named[state].map { $0.union(ports) } ?? ports
        }

        /// A listed port that is not open.
        mutating func note(_ port: Port) {
            var sheet = sheets[port.transport] ?? HostSheet(presence: .silent)
            let only = PortSet(CollectionOfOne(port.number))
            switch PortState(nmap: port.state) {
            case .closed: sheet.closed = sheet.closed.union(only)
            case .noAnswer: sheet.noAnswer = sheet.noAnswer.union(only)
            default: sheet.counted[port.state, default: 0] += 1
            }
            sheets[port.transport] = sheet
        }
    }

    private struct Port {
        var number: UInt16
        var transport: Transport
        var state = ""
        var identity = ServiceIdentity()
        var line: ScanLine
    }

    private let hints: ImportHints
    private var scanner = XMLScanner()
    private var facts = NmapFacts()
    private var host: Host?
    private var port: Port?
    private var script = ""
    private var key = ""
    private var isHint = false
    private var extraState = ""
    private var arguments = NmapArguments("", version: "")

    package static func recognises(_ opening: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: opening.prefix(4_096), as: UTF8.self)
        return text.drop { $0.isWhitespace }.hasPrefix("<") && text.contains("<nmaprun")
    }

    package init(hints: ImportHints) {
        self.hints = hints
    }

    package mutating func read(_ line: ScanLine, into draft: inout ScanDraft) {
        let pieces = scanner.feed(line.bytes) + (line.isWhole ? scanner.feed(CollectionOfOne(0x0a)) : [])
        if pieces.isEmpty { draft.passOver(line) }
        for piece in pieces {
            switch piece {
            case .start(let name, let attributes): start(name, attributes, line, &draft)
            case .end(let name): end(name, &draft)
            case .text(let text): if script == "ssl-cert" || script == "ssh-hostkey" { value(key, text) }
            }
        }
    }

    package mutating func finish(_ draft: inout ScanDraft) -> ScanReport {
        // What a host had shown when the file was cut was seen, and says nothing of the rest of it.
        if let host { show(host.seen, of: host.address, &draft) }
        if !scanner.isBetweenTags { draft.fault("the file ends in the middle of a tag") }
        if scanner.isBroken { draft.fault("a tag is not well formed and was left out") }
        if scanner.isCut { draft.fault("a tag or text is too long and was cut") }
        return facts.report(hints, &draft)
    }

    // MARK: Tags

    private mutating func start(
        _ name: String,
        _ attributes: [String: String],
        _ line: ScanLine,
        _ draft: inout ScanDraft
    ) {
        switch name {
        case "nmaprun": startRun(attributes)
        case "scaninfo": startInfo(attributes)
        case "hosthint": isHint = true
        case "host" where !isHint:
            host = Host()
            host?.isSkipped = attributes["timedout"] == "true"
        case "status": startStatus(attributes)
        case "address":
            if attributes["addrtype"] != "mac" { host?.address = attributes["addr"].flatMap { IPAddress($0) } }
        case "extraports":
            extraState = attributes["state"] ?? ""
            let count = attributes["count"].flatMap { Int($0) } ?? 0
            if count > 0 { host?.counts.append((extraState, count)) }
        case "extrareasons":
            guard let ports = attributes["ports"].flatMap({ PortSet($0) }), attributes["proto"] != "udp" else { return }
            host?.name(ports, extraState)
        case "port": startPort(attributes, line, &draft)
        case "state": port?.state = attributes["state"] ?? ""
        case "service":
            let identity = identity(attributes)
            port?.identity = identity
        case "script": script = attributes["id"] ?? ""
        case "elem", "table": key = attributes["key"] ?? key
        case "finished":
            facts.isFinished = attributes["exit"] != "error"
            facts.ended = attributes["time"].flatMap { Int64($0) }.flatMap(Self.second)
        case "hosts": facts.addressCount = attributes["total"].flatMap { Int($0) }
        default: break
        }
    }

    private mutating func end(_ name: String, _ draft: inout ScanDraft) {
        switch name {
        case "hosthint": isHint = false
        case "script": (script, key) = ("", "")
        case "port": endPort()
        case "host" where !isHint: endHost(&draft)
        default: break
        }
    }

    private mutating func startRun(_ attributes: [String: String]) {
        facts.tool = attributes["scanner"] == "masscan" ? "masscan" : "nmap"
        if facts.tool == "masscan" { facts.telling = .openOnly }
        facts.version = attributes["version"] ?? ""
        facts.arguments = attributes["args"] ?? ""
        facts.began = attributes["start"].flatMap { Int64($0) }.flatMap(Self.second)
        arguments = NmapArguments(facts.arguments, version: facts.version)
    }

    /// masscan writes the number of scanned ports where nmap has the list, so only nmap's is believed.
    private mutating func startInfo(_ attributes: [String: String]) {
        guard facts.tool == "nmap", let services = attributes["services"], let ports = PortSet(services) else { return }
        if facts.listedTCP == nil { facts.listedTCP = PortSet() }
        if facts.listedUDP == nil { facts.listedUDP = PortSet() }
        if attributes["protocol"] == "tcp" { facts.listedTCP = facts.listedTCP?.union(ports) }
        if attributes["protocol"] == "udp" { facts.listedUDP = facts.listedUDP?.union(ports) }
    }

    private mutating func startStatus(_ attributes: [String: String]) {
        host?.isUp = attributes["state"] == "up"
        host?.wasHeard = attributes["state"] == "up" && arguments.discovery == .pinged && facts.tool == "nmap"
    }

    private mutating func startPort(_ attributes: [String: String], _ line: ScanLine, _ draft: inout ScanDraft) {
        guard let number = attributes["portid"].flatMap({ UInt16($0) }), number > 0,
            let transport = attributes["protocol"].flatMap({ Transport(rawValue: $0) })
        else { return draft.notUnderstood(line) }
        port = Port(number: number, transport: transport, line: line)
    }

    /// A name from nmap's table of ports says nothing of who is there.
    private func identity(_ attributes: [String: String]) -> ServiceIdentity {
        guard attributes["method"] == "probed", var name = attributes["name"] else { return ServiceIdentity() }
        if attributes["tunnel"] == "ssl" { name = "ssl/" + name }
        let version = [attributes["product"], attributes["version"]].compactMap(\.self).joined(separator: " ")
        return ServiceLabel.identity(label: name[...], version: version[...])
    }

    /// Fingerprints among the values of a script.
    private mutating func value(_ key: String, _ text: String) {
        let text = text.trimmed
        if script == "ssl-cert", key == "sha256" || key == "sha1" {
            // The stronger of the two stands.
            guard port?.identity.certificate?.hasPrefix("sha256") != true else { return }
            port?.identity.certificate = key + ":" + ServiceLabel.cut(text.filter(\.isHexDigit).lowercased())
        } else if script == "ssh-hostkey", key == "fingerprint" {
            port?.identity.add(hostKey: ServiceLabel.cut(text))
        }
    }

    private mutating func endPort() {
        guard let ended = port else { return }
        port = nil
        host?.listed[ended.transport, default: 0] += 1
        if ended.state == "open" {
            host?.seen.append((ended.number, ended.transport, ended.identity, ended.line))
            return
        }
        host?.note(ended)
    }

    // MARK: Hosts

    private mutating func endHost(_ draft: inout ScanDraft) {
        guard let ended = host else { return }
        host = nil
        guard let address = ended.address else { return draft.fault("a host without an address was left out") }
        show(ended.seen, of: address, &draft)
        if ended.isUp || !ended.seen.isEmpty { facts.up += 1 }
        guard !ended.isSkipped else { return facts.skipped.append(address) }
        facts.reported.append(address)
        guard facts.telling == .everyState, ended.isUp else { return }
        let transports = Set(ended.sheets.keys).union(ended.listed.keys)
        for transport in transports.isEmpty ? [.tcp] : transports { sheet(ended, address, transport, &draft) }
    }

    private func sheet(_ ended: Host, _ address: IPAddress, _ transport: Transport, _ draft: inout ScanDraft) {
        var sheet = ended.sheets[transport] ?? HostSheet(presence: .silent)
        sheet.presence = ended.wasHeard || !ended.seen.isEmpty ? .answered : .silent
        var listed = ended.listed[transport] ?? 0
        var counts: [(state: String, count: Int)] = []
        for (state, count) in ended.counts {
            // Newer versions name the ports that they count.
            guard let ports = ended.named[state], ports.count == count, ended.counts.count > 1 else {
                counts.append((state, count))
                continue
            }
            if state == "closed" { sheet.closed = sheet.closed.union(ports) }
            if state == "filtered" { sheet.noAnswer = sheet.noAnswer.union(ports) }
            listed += count
        }
        sheet.note(counts, asked: transport == .tcp ? facts.listedTCP : facts.listedUDP, listed: listed)
        if !sheet.closed.isEmpty { sheet.presence = .answered }
        let isUsual = !ended.wasHeard && sheet == HostSheet(presence: .silent, rest: .noAnswer)
        if !isUsual { draft.sheet(address, transport) { $0 = sheet } }
    }

    private func show(
        _ seen: [(port: UInt16, transport: Transport, identity: ServiceIdentity, line: ScanLine)],
        of address: IPAddress?,
        _ draft: inout ScanDraft
    ) {
        guard let address else { return }
        for port in seen { draft.see(address, port.port, port.transport, port.identity, at: port.line) }
    }

    private static func second(_ seconds: Int64) -> TimeBounds? {
        guard (0..<253_402_300_800).contains(seconds) else { return nil }
        return TimeBounds(
            notBefore: Timestamp(seconds: seconds),
            notAfter: Timestamp(microseconds: seconds * 1_000_000 + 999_999)
        )
    }
}

extension String {
    /// Without white space at either end.
    fileprivate var trimmed: String {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }
}
