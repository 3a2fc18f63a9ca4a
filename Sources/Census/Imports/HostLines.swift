import Domain

/// The lines that nmap prints of one host, gathered until they are all there.
struct HostLines: Sendable {
    /// A port whose scripts may still tell more of it.
    private struct Port: Sendable {
        var number: UInt16
        var transport: Transport
        var identity: ServiceIdentity
        var line: ScanLine
    }

    let address: IPAddress
    var isSkipped = false
    /// Whether it was found to be up, and not only called so.
    private let isAsked: Bool
    private var isAlive = false
    private var pending: Port?
    private var listed: [Transport: Int] = [:]
    private var closed: [Transport: [UInt16]] = [:]
    private var noAnswer: [Transport: [UInt16]] = [:]
    private var unclear: [Transport: [String: Int]] = [:]
    private var counts: [Transport: [(state: String, count: Int)]] = [:]
    private var seen: [Port] = []
    /// Where the column VERSION begins, once its header was read.
    private var versionColumn: Int?
    private var hasReasons = false
    private var isInScript = ""

    init(address: IPAddress, isAsked: Bool) {
        self.address = address
        self.isAsked = isAsked
    }

    /// Whether the line was one of these.
    mutating func read(_ line: ScanLine, _ draft: inout ScanDraft) -> Bool {
        if line.hasPrefix("Host is up") {
            isAlive = isAsked
            return true
        }
        if line.hasPrefix("|") {
            readScript(line.text)
            draft.passOver(line)
            return true
        }
        if line.hasPrefix("PORT ") {
            let text = line.text
            versionColumn = text.firstRange(of: "VERSION").map {
                text.utf8.distance(from: text.startIndex, to: $0.lowerBound)
            }
            hasReasons = text.contains("REASON")
            return true
        }
        if line.hasPrefix("Not shown: ") { return readCounts(line.text.dropFirst(11), isTotal: false) }
        if line.hasPrefix("All "), let are = line.text.firstRange(of: " are ") {
            return readCounts(line.text[are.upperBound...], isTotal: true, total: line.text)
        }
        return readPort(line, &draft)
    }

    /// `53/tcp open  domain  ISC BIND 9.11.4`
    private mutating func readPort(_ line: ScanLine, _ draft: inout ScanDraft) -> Bool {
        let words = line.bytes.split(separator: 0x20, maxSplits: 3)
        guard words.count >= 2, let slash = words[0].firstIndex(of: UInt8(ascii: "/")),
            let number = UInt16(String(decoding: words[0][..<slash], as: UTF8.self)), number > 0,
            let transport = Transport(rawValue: String(decoding: words[0][(slash + 1)...], as: UTF8.self))
        else { return false }
        let state = String(decoding: words[1], as: UTF8.self)
        flush()
        listed[transport, default: 0] += 1
        switch PortState(nmap: state) {
        case .open:
            let label = words.count > 2 ? String(decoding: words[2], as: UTF8.self) : ""
            let rest = words.count > 3 ? words[3] : []
            pending = Port(number: number, transport: transport, identity: identity(label, rest, line), line: line)
        case .closed: closed[transport, default: []].append(number)
        case .noAnswer: noAnswer[transport, default: []].append(number)
        case nil:
            unclear[transport, default: [:]][state, default: 0] += 1
            if !["unfiltered", "closed|filtered"].contains(state) { draft.notUnderstood(line) }
        }
        return true
    }

    /// Without the column VERSION the label comes from the port's number alone.
    /// A column REASON has several words, so only the places of the columns tell where it ends.
    private func identity(_ label: String, _ rest: ArraySlice<UInt8>, _ line: ScanLine) -> ServiceIdentity {
        guard let versionColumn else { return ServiceIdentity() }
        let version = hasReasons ? line.bytes.dropFirst(versionColumn) : rest
        return ServiceLabel.identity(label: label[...], version: String(decoding: version, as: UTF8.self)[...])
    }

    /// `9986 closed ports`, `998 filtered tcp ports (no-response), 2 closed tcp ports (reset)`, `filtered`,
    /// `filtered (5) or closed (5)`.
    private mutating func readCounts(_ text: Substring, isTotal: Bool, total: String = "") -> Bool {
        if text.hasPrefix("in ignored states") { return true }
        let all = total.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let parts = isTotal ? text.split(separator: " or ") : text.split(separator: ", ")
        var found = false
        for part in parts {
            var words = part.split(separator: " ")
            let transport: Transport = words.contains("udp") ? .udp : .tcp
            if isTotal, let state = words.first {
                let count = part.split(separator: "(").last.flatMap { Int($0.prefix { $0.isNumber }) }
                counts[transport, default: []].append((String(state), count ?? all))
                found = true
            } else if words.count >= 2, let count = Int(words.removeFirst()) {
                counts[transport, default: []].append((String(words[0]), count))
                found = true
            }
        }
        return found
    }

    /// Fingerprints of certificates and host keys, of the port before.
    private mutating func readScript(_ text: String) {
        let words = text.drop { "|_ ".contains($0) }
        if let colon = words.firstIndex(of: ":"),
            text.dropFirst().first != " " || text.hasPrefix("| ssl-")
                || text.hasPrefix("| ssh-")
        {
            let name = words[..<colon]
            if !name.contains(" ") && name.contains("-") && !name.hasPrefix("SHA") { isInScript = String(name) }
        }
        if isInScript == "ssl-cert" {
            for (mark, hash) in [("SHA-256:", "sha256"), ("SHA-1:", "sha1")] where words.hasPrefix(mark) {
                pending?.identity.certificate =
                    hash + ":" + ServiceLabel.cut(words.dropFirst(mark.utf8.count).filter(\.isHexDigit).lowercased())
            }
        } else if isInScript == "ssh-hostkey" {
            let parts = words.split(separator: " ")
            guard parts.count >= 3, Int(parts[0]) != nil, parts[1].contains(":"), parts[2].hasPrefix("(") else {
                return
            }
            let key = ServiceLabel.cut("\(parts[2].filter { $0.isLetter || $0.isNumber }) \(parts[1])")
            pending?.identity.add(hostKey: key)
        }
    }

    private mutating func flush() {
        if let pending { seen.append(pending) }
        pending = nil
        isInScript = ""
    }

    /// Hands over what is known. Of a host whose lines are cut, only what is open.
    mutating func end(asked: (tcp: PortSet?, udp: PortSet?), isWhole: Bool, _ draft: inout ScanDraft) {
        flush()
        for port in seen { draft.see(address, port.number, port.transport, port.identity, at: port.line) }
        guard isWhole else { return }
        let transports = Set(listed.keys).union(counts.keys)
        for transport in transports.isEmpty ? [.tcp] : transports {
            var sheet = HostSheet(presence: isAlive || !seen.isEmpty ? .answered : .silent)
            sheet.closed = PortSet(closed[transport] ?? [])
            sheet.noAnswer = PortSet(noAnswer[transport] ?? [])
            sheet.counted = unclear[transport] ?? [:]
            if !sheet.closed.isEmpty { sheet.presence = .answered }
            let ports = transport == .tcp ? asked.tcp : asked.udp
            sheet.note(counts[transport] ?? [], asked: ports, listed: listed[transport] ?? 0)
            // Silence on every port is what an address without a sheet is known by.
            let isUsual = !isAsked && sheet == HostSheet(presence: .silent, rest: .noAnswer)
            if !isUsual { draft.sheet(address, transport) { $0 = sheet } }
        }
    }
}
