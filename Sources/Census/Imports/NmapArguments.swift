import Domain

/// What an nmap command line asks for, as far as the line tells it (nmap 7.9's manual).
struct NmapArguments: Hashable, Sendable {
    /// Nil where a target is no address: a name, a list in a file, or random ones.
    var addresses: AddressSet?
    var tcp: PortsAsked?
    var udp: PortsAsked?
    var discovery = Reach.Discovery.pinged
    /// Whether ports are asked at all; `-sn` and `-sL` ask none.
    var asksPorts = true
    /// Whether services were asked what they are.
    var probesVersions = false
    /// Scan types that see other things than SYN and connect do, such as `-sA`; such runs compare only with their like.
    var oddTypes: [String] = []

    /// Options whose value is the next word.
    private static let valued: Set<String> = [
        "-oN", "-oX", "-oG", "-oA", "-oS", "-oM", "-e", "-S", "-D", "-g", "-b", "-sI", "-T", "-PS", "-M", "-i",
        "--source-port", "--data-length", "--data", "--data-string", "--script", "--script-args", "--script-args-file",
        "--script-timeout", "--min-rate", "--max-rate", "--max-retries", "--host-timeout", "--version-intensity",
        "--scan-delay", "--max-scan-delay", "--min-rtt-timeout", "--max-rtt-timeout", "--initial-rtt-timeout",
        "--min-hostgroup", "--max-hostgroup", "--min-parallelism", "--max-parallelism", "--dns-servers", "--mtu",
        "--ttl", "--ip-options", "--spoof-mac", "--proxies", "--proxy", "--stylesheet", "--datadir", "--servicedb",
        "--versiondb", "--stats-every", "--max-os-tries", "--port-ratio", "--scanflags", "--nsock-engine",
        "--resume", "--send-wait", "--route-dst",
    ]

    private var excluded = AddressSet()
    private var targets: [AddressSet] = []
    private var hasUnknownTargets = false
    private var types: Set<Character> = []
    private var listed: String?
    private var topPorts: String?

    /// `version` is nmap's, and stands in the names of lists of ports.
    init(_ line: String, version: String) {
        var words = Self.words(line)[...]
        if words.first?.hasSuffix("nmap") ?? false { words.removeFirst() }
        while let word = words.popFirst() { read(word, &words) }
        settle(version)
    }

    private mutating func read(_ word: String, _ rest: inout ArraySlice<String>) {
        if word == "-p" || word == "--ports" {
            listed = rest.popFirst()
        } else if word.hasPrefix("--") {
            readLong(word, &rest)
        } else if word.hasPrefix("-p"), word.count > 2 {
            listed = String(word.dropFirst(2))
        } else if ["-Pn", "-P0", "-PN"].contains(word) {
            discovery = .everyAddress
        } else if word == "-iL" || word == "-iR" {
            _ = rest.popFirst()
            hasUnknownTargets = true
        } else if word == "-F" {
            topPorts = "100"
        } else if word == "-A" {
            probesVersions = true
        } else if word.hasPrefix("-s"), word.count > 2, word != "-sI" {
            readTypes(word)
        } else if Self.valued.contains(word) {
            _ = rest.popFirst()
        } else if !word.hasPrefix("-") {
            if let set = TargetText.addresses(word) { targets.append(set) } else { hasUnknownTargets = true }
        }
    }

    private mutating func readLong(_ word: String, _ rest: inout ArraySlice<String>) {
        let parts = word.split(separator: "=", maxSplits: 1)
        let option = String(parts[0])
        guard ["--top-ports", "--exclude", "--excludefile", "--exclude-ports"].contains(option) else {
            if parts.count == 1, Self.valued.contains(option) { _ = rest.popFirst() }
            return
        }
        let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() ?? ""
        switch option {
        case "--top-ports": topPorts = value
        case "--exclude":
            for part in value.split(separator: ",") {
                guard let set = TargetText.addresses(String(part)) else {
                    hasUnknownTargets = true
                    continue
                }
                excluded = excluded.union(set)
            }
        default: hasUnknownTargets = hasUnknownTargets || option == "--excludefile"
        }
        if option == "--exclude-ports" { topPorts = "some of " + (topPorts ?? "1000") }
    }

    private mutating func readTypes(_ word: String) {
        for letter in word.dropFirst(2) {
            switch letter {
            case "V", "R": probesVersions = probesVersions || letter == "V"
            case "C": break
            case "n", "P", "L": asksPorts = false
            case "S", "T", "U": types.insert(letter)
            default:
                types.insert(letter)
                oddTypes.append("-s\(letter)")
            }
        }
    }

    private mutating func settle(_ version: String) {
        addresses =
            hasUnknownTargets || targets.isEmpty
            ? nil : targets.reduce(AddressSet()) { $0.union($1) }.subtracting(excluded)
        guard asksPorts else { return }
        let isUDP = types.contains("U")
        let isTCP = !isUDP || types.count > 1
        let asked = (listed.map { PortText($0) }) ?? nil
        let usual = PortsAsked.named("top \(topPorts ?? "1000") of nmap \(version)")
        let unread = PortsAsked.named("\(listed ?? "") of nmap \(version)")
        if isTCP { tcp = listed == nil ? usual : asked.map { .list($0.tcp) } ?? unread }
        if isUDP { udp = listed == nil ? usual : asked.map { .list($0.udp) } ?? unread }
    }

    /// The words of a command line; quotes hold words together.
    private static func words(_ line: String) -> [String] {
        var words: [String] = []
        var (word, quote): (String, Character?) = ("", nil)
        for character in line {
            if let mark = quote {
                if character == mark { quote = nil } else { word.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == " " {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}

/// The ports of nmap's `-p`: `1-1024,U:53,T:8080`, `-`, `1024-`; nil for names and patterns.
struct PortText: Hashable, Sendable {
    var tcp = PortSet()
    var udp = PortSet()

    init?(_ text: String) {
        var (isTCP, isUDP) = (true, true)
        for part in text.split(separator: ",", omittingEmptySubsequences: true) {
            var rest = part
            if let mark = rest.first, rest.dropFirst().first == ":" {
                (isTCP, isUDP) = (mark == "T", mark == "U")
                guard "TUSP".contains(mark) else { return nil }
                rest = rest.dropFirst(2)
            }
            let ends = rest.split(separator: "-", omittingEmptySubsequences: false)
            guard (1...2).contains(ends.count), ends.count == 2 || !ends[0].isEmpty else { return nil }
            let first = ends[0].isEmpty ? 1 : UInt16(ends[0])
            let last = ends.count == 1 ? first : ends[1].isEmpty ? UInt16.max : UInt16(ends[1])
            guard let first, let last, first <= last else { return nil }
            if isTCP { tcp = tcp.union(PortSet(merging: [first...last])) }
            if isUDP { udp = udp.union(PortSet(merging: [first...last])) }
        }
    }
}

/// A target as scanners are given it.
enum TargetText {
    /// `192.0.2.1`, `192.0.2.0/24`, `192.0.2-3.1-254`, `192.0.2.*`, or IPv6 with or without a length; nil for a name.
    static func addresses(_ text: String) -> AddressSet? {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard let address = IPAddress(String(parts[0])), let length = Int(parts[1]) else { return nil }
            return CIDR(containing: address, prefixLength: length).map { AddressSet([$0]) }
        }
        if let address = IPAddress(text) { return AddressSet(addresses: [address]) }
        let octets = text.split(separator: ".", omittingEmptySubsequences: false).map { octet(String($0)) }
        guard octets.count == 4 else { return nil }
        var blocks: [UInt32] = [0]
        for (index, octet) in octets.enumerated() where index < 3 {
            guard let octet, blocks.count * octet.count <= ImportLimits.ranges else { return nil }
            blocks = blocks.flatMap { block in octet.ports.map { block << 8 | UInt32($0) } }
        }
        guard let last = octets[3] else { return nil }
        let ranges = blocks.flatMap { block in
            last.ranges.map {
                "\(IPAddress(v4: block << 8 | UInt32($0.lowerBound)))-\(IPAddress(v4: block << 8 | UInt32($0.upperBound)))"
            }
        }
        return AddressSet(ranges.joined(separator: " "))
    }

    /// The values of one part of a dotted address.
    private static func octet(_ text: String) -> PortSet? {
        guard text != "*" else { return PortSet(merging: [0...255]) }
        var ranges: [ClosedRange<UInt16>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard (1...2).contains(ends.count) else { return nil }
            let first = ends[0].isEmpty && ends.count == 2 ? 0 : UInt16(ends[0])
            let last = ends.count == 1 ? first : ends[1].isEmpty ? 255 : UInt16(ends[1])
            guard let first, let last, first <= last, last <= 255 else { return nil }
            ranges.append(first...last)
        }
        return PortSet(merging: ranges)
    }
}
