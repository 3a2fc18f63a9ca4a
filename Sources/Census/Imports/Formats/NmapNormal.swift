package import Domain

/// nmap's own report (`-oN`), or what it prints on a terminal.
///
/// The times are those of the scanner's clock in a zone that the file does not name, so they are bounds a day wide unless
/// the user names it. A host's lines end with an empty one.
package struct NmapNormal: ScanFormat {
    package static let name = "nmap -oN"

    private let hints: ImportHints
    private var facts = NmapFacts()
    private var host: HostLines?
    private var asked: (tcp: PortSet?, udp: PortSet?) = (nil, nil)
    private var isPinged = true
    private var isTracing = false
    private var hasEnded = false

    package static func recognises(_ opening: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: opening.prefix(600), as: UTF8.self)
        let isOther = text.contains("-oG") && text.contains("\nHost: ") || text.contains("# Ports scanned:")
        return !isOther
            && (text.hasPrefix("# Nmap ") || text.hasPrefix("Starting Nmap ")
                || text.hasPrefix("Nmap scan report for "))
    }

    package init(hints: ImportHints) {
        self.hints = hints
    }

    package mutating func read(_ line: ScanLine, into draft: inout ScanDraft) {
        guard line.isWhole || line.hasPrefix("# Nmap done") || line.hasPrefix("Nmap done") else {
            return draft.notUnderstood(line)
        }
        guard !line.isBlank else {
            isTracing = false
            draft.passOver(line)
            return endHost(isWhole: true, &draft)
        }
        if hasEnded {
            return line.hasPrefix("# Nmap ") || line.hasPrefix("Nmap scan report")
                ? draft.fault(line, "a second scan in the file is not read; make a file of it") : draft.passOver(line)
        }
        if readHostLine(line, &draft) || readRunLine(line, &draft) { return }
        guard isTracing || NmapChatter.holds(line) else { return draft.notUnderstood(line) }
        draft.passOver(line)
    }

    package mutating func finish(_ draft: inout ScanDraft) -> ScanReport {
        endHost(isWhole: hasEnded, &draft)
        return facts.report(hints, &draft)
    }

    // MARK: The run

    private mutating func readRunLine(_ line: ScanLine, _ draft: inout ScanDraft) -> Bool {
        if line.hasPrefix("# Nmap done") || line.hasPrefix("Nmap done") {
            endHost(isWhole: true, &draft)
            return readEnd(line.text)
        }
        guard line.hasPrefix("# Nmap ") || line.hasPrefix("Starting Nmap ") else { return false }
        guard facts.version.isEmpty else {
            hasEnded = true
            draft.fault(line, "a second scan in the file is not read; make a file of it")
            return true
        }
        return readBeginning(line.text)
    }

    private mutating func readBeginning(_ text: String) -> Bool {
        let words = text.split(separator: " ", maxSplits: 3)
        if let found = text.firstRange(of: " scan initiated "), let named = text.firstRange(of: " as: "),
            words.count > 2,
            found.upperBound <= named.lowerBound
        {
            facts.version = String(words[2])
            facts.began = LocalTime.ctime(text[found.upperBound..<named.lowerBound], zone: hints.zone)
            facts.arguments = String(text[named.upperBound...])
        } else if let at = text.firstRange(of: " ) at "), words.count > 2 {
            facts.version = String(words[2])
            facts.began = LocalTime.starting(text[at.upperBound...], zone: hints.zone)
        } else {
            return false
        }
        let arguments = NmapArguments(facts.arguments, version: facts.version)
        isPinged = arguments.discovery == .pinged
        if case .list(let ports) = arguments.tcp { asked.tcp = ports }
        if case .list(let ports) = arguments.udp { asked.udp = ports }
        return true
    }

    /// `… done at Mon Sep 13 00:37:23 2021 -- 1024 IP addresses (17 hosts up) scanned in 2239.12 seconds`
    private mutating func readEnd(_ text: String) -> Bool {
        guard let count = text.firstRange(of: " IP address") else { return false }
        facts.addressCount = text[..<count.lowerBound].split(separator: " ").last.flatMap { Int($0) }
        if let at = text.firstRange(of: "done at "), let dashes = text.firstRange(of: " -- "),
            at.upperBound <= dashes.lowerBound
        {
            facts.ended = LocalTime.ctime(text[at.upperBound..<dashes.lowerBound], zone: hints.zone)
        } else if let seconds = text.split(separator: " ").dropLast().last.flatMap({ Double($0) }),
            let began = facts.began
        {
            let length = Int64(min(max(seconds, 0), 1e9))
            facts.ended = TimeBounds(
                notBefore: began.notBefore?.adding(seconds: length),
                notAfter: began.notAfter?.adding(seconds: length + 1)
            )
        }
        facts.isFinished = true
        hasEnded = true
        return true
    }

    // MARK: Hosts

    private mutating func readHostLine(_ line: ScanLine, _ draft: inout ScanDraft) -> Bool {
        if line.hasPrefix("Nmap scan report for ") {
            endHost(isWhole: true, &draft)
            return beginHost(line.text, &draft)
        }
        if line.hasPrefix("Skipping host "), line.text.contains("due to host timeout") {
            // Told again for hosts of a group that was given up.
            host?.isSkipped = true
            return host != nil
        }
        guard host != nil else { return false }
        if line.hasPrefix("TRACEROUTE") {
            isTracing = true
            draft.passOver(line)
            return true
        }
        return host?.read(line, &draft) ?? false
    }

    private mutating func beginHost(_ text: String, _ draft: inout ScanDraft) -> Bool {
        var rest = text.dropFirst("Nmap scan report for ".utf8.count)
        var isDown = false
        if let mark = rest.firstRange(of: " [host down") {
            rest = rest[..<mark.lowerBound]
            isDown = true
        }
        var name = rest
        if rest.hasSuffix(")"), let bracket = rest.lastIndex(of: "(") {
            name = rest[rest.index(after: bracket)...].dropLast()
        }
        guard let address = IPAddress(String(name)) else { return false }
        if isDown {
            facts.reported.append(address)
        } else {
            facts.up += 1
            host = HostLines(address: address, isAsked: isPinged)
        }
        return true
    }

    private mutating func endHost(isWhole: Bool, _ draft: inout ScanDraft) {
        guard var ended = host else { return }
        host = nil
        if ended.isSkipped {
            facts.skipped.append(ended.address)
        } else if isWhole {
            facts.reported.append(ended.address)
        }
        ended.end(asked: asked, isWhole: isWhole && !ended.isSkipped, &draft)
    }
}
