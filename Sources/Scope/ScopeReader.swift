import Domain
import TOMLKit

/// Reads the values of a scope file, and says of each fault where it is and what would be right.
struct ScopeReader {
    private static let keys: Set<String> = [
        "name", "contact", "authority", "level", "vantage", "names", "zones", "name_servers", "ports", "ranges", "rate",
        "time_stamps",
    ]
    private static let rangeKeys: Set<String> = ["in", "out"]
    private static let rateKeys: Set<String> = ["per_address", "total", "concurrent"]

    /// The most authorities of time-stamps, and the longest name of one.
    private static let mostAuthorities = 8
    private static let longestAuthority = 1_000

    private let document: ScopeDocument

    init(_ document: ScopeDocument) {
        self.document = document
    }

    func scope() throws(ScopeError) -> Scope {
        try refuseUnknown(document.table.keys, Self.keys, nil)
        let level = try level()
        return Scope(
            name: try text("name", atMost: 200, required: true) ?? "",
            addresses: try addresses(),
            names: try list("names", "a name such as www.example.org or *.example.org", Self.name),
            zones: try list("zones", "a zone such as example.org", Self.zone),
            nameServers: try list("name_servers", "an address, or address:port", Self.server),
            ports: try ports(),
            rate: try rate(),
            contact: try text("contact", atMost: 200, required: true) ?? "",
            authority: try authority(for: level),
            level: level,
            vantage: try text("vantage", atMost: 200) ?? "not stated",
            stampAuthorities: try stampAuthorities()
        )
    }

    private func level() throws(ScopeError) -> CollectionLevel {
        guard let word = try text("level", atMost: 20) else { return .observe }
        guard let level = CollectionLevel(rawValue: word) else {
            throw fault(
                .badValue,
                "level",
                value: word,
                "'\(word)' is no level",
                "observe, sample or mirror is allowed"
            )
        }
        return level
    }

    private func authority(for level: CollectionLevel) throws(ScopeError) -> String? {
        let statement = try text("authority", atMost: 2_000)
        guard level > .observe, statement == nil else { return statement }
        throw fault(
            .noAuthority,
            "level",
            "level '\(level.rawValue)' without an authority statement",
            "without `authority = \"who authorised this, and how\"` only observe is allowed"
        )
    }

    /// One authority, or a list of them.
    private func stampAuthorities() throws(ScopeError) -> [StampAuthority] {
        let key = "time_stamps"
        let allowed = "a http address whose host is an address, or one and behind a blank the address to connect to"
        guard let node = document.table[key] else { return [] }
        let authorities: [StampAuthority]
        if node.array != nil {
            authorities = try list(key, allowed) { $0.count <= Self.longestAuthority ? StampAuthority($0) : nil }
        } else {
            guard let text = try text(key, atMost: Self.longestAuthority) else { return [] }
            guard let authority = StampAuthority(text) else {
                throw fault(.badValue, key, value: text, "'\(text)' is no authority's address", allowed)
            }
            authorities = [authority]
        }
        guard authorities.count <= Self.mostAuthorities, Set(authorities).count == authorities.count else {
            let most = "at most \(Self.mostAuthorities) authorities, each once, are allowed"
            throw fault(.badValue, key, "time_stamps names too many authorities, or one twice", most)
        }
        return authorities
    }

    private func addresses() throws(ScopeError) -> AddressSet {
        guard let node = document.table["ranges"] else {
            throw fault(.missingKey, "ranges", "no [ranges]", "`in` lists what may be contacted, `out` what may not")
        }
        guard let table = node.table else {
            throw fault(.wrongType, "ranges", "ranges is no table", "[ranges] with `in` and `out` is allowed")
        }
        try refuseUnknown(table.keys, Self.rangeKeys, "ranges")
        let allowed = "an address, a block such as 192.0.2.0/24 with its host bits zero, or first-last"
        let inside = try list("in", in: "ranges", allowed, Self.range)
        let outside = try list("out", in: "ranges", allowed, Self.range)
        let addresses = Self.union(inside).subtracting(Self.union(outside))
        guard !addresses.isEmpty else {
            throw fault(.badValue, "in", in: "ranges", "no address is in scope", "at least one must be left")
        }
        return addresses
    }

    private func ports() throws(ScopeError) -> [UInt16] {
        guard let node = document.table["ports"] else { return [] }
        let allowed = "numbers from 1 to 65535, and ranges such as \"8000-8010\", are allowed"
        guard let array = node.array else { throw fault(.wrongType, "ports", "ports is no list", allowed) }
        var ports: [UInt16] = []
        for element in array {
            let text = element.int.map(String.init) ?? element.string ?? "?"
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { UInt16($0) }
            guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first > 0, first <= last
            else { throw fault(.badValue, "ports", value: text, "'\(text)' is no port", allowed) }
            ports += first...last
        }
        return Array(Set(ports)).sorted()
    }

    private func rate() throws(ScopeError) -> Rate {
        guard let node = document.table["rate"] else { return Rate() }
        guard let table = node.table else {
            throw fault(.wrongType, "rate", "rate is no table", "[rate] with whole numbers is allowed")
        }
        try refuseUnknown(table.keys, Self.rateKeys, "rate")
        let standard = Rate()
        return Rate(
            perAddress: try number("per_address", table, 1...100_000) ?? standard.perAddress,
            total: try number("total", table, 1...1_000_000) ?? standard.total,
            concurrent: try number("concurrent", table, 2...10_000) ?? standard.concurrent
        )
    }

    private func text(_ key: String, atMost limit: Int, required: Bool = false) throws(ScopeError) -> String? {
        let allowed = "a text of 1 to \(limit) characters on one line is allowed"
        guard let node = document.table[key] else {
            if required { throw fault(.missingKey, key, "no \(key)", "`\(key)` is required: \(allowed)") }
            return nil
        }
        guard let text = node.string else { throw fault(.wrongType, key, "\(key) is no text", allowed) }
        let isPrintable = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard (1...limit).contains(text.count), isPrintable, text.contains(where: { !$0.isWhitespace }) else {
            throw fault(.badValue, key, "\(key) is empty, too long, or holds control characters", allowed)
        }
        return text
    }

    private func number(_ key: String, _ table: TOMLTable, _ range: ClosedRange<Int>) throws(ScopeError) -> Int? {
        guard let node = table[key] else { return nil }
        let allowed = "a whole number from \(range.lowerBound) to \(range.upperBound) is allowed"
        guard let number = node.int else {
            throw fault(.wrongType, key, in: "rate", "\(key) is no whole number", allowed)
        }
        guard range.contains(number) else { throw fault(.badValue, key, in: "rate", "\(key) is \(number)", allowed) }
        return number
    }

    private func list<Value>(
        _ key: String,
        in section: String? = nil,
        _ allowed: String,
        _ read: (String) -> Value?
    ) throws(ScopeError) -> [Value] {
        let table = section.flatMap { document.table[$0]?.table } ?? document.table
        guard let node = table[key] else { return [] }
        guard let array = node.array else {
            throw fault(.wrongType, key, in: section, "\(key) is no list", "a list of \(allowed) is allowed")
        }
        var values: [Value] = []
        for element in array {
            guard let text = element.string else {
                throw fault(
                    .wrongType,
                    key,
                    in: section,
                    "\(key) holds something that is no text",
                    "\(allowed) is allowed"
                )
            }
            guard let value = read(text) else {
                throw fault(
                    .badValue,
                    key,
                    in: section,
                    value: text,
                    "'\(text)' does not fit \(key)",
                    "\(allowed) is allowed"
                )
            }
            values.append(value)
        }
        return values
    }

    private func refuseUnknown(_ found: [String], _ known: Set<String>, _ section: String?) throws(ScopeError) {
        for key in found.sorted() where !known.contains(key) {
            let place = section.map { " in [\($0)]" } ?? ""
            throw fault(
                .unknownKey,
                key,
                in: section,
                "unknown key '\(key)'\(place)",
                "allowed are \(known.sorted().joined(separator: ", "))"
            )
        }
    }

    private func fault(
        _ code: ScopeError.Code,
        _ key: String,
        in section: String? = nil,
        value: String? = nil,
        _ problem: String,
        _ allowed: String
    ) -> ScopeError {
        let line = document.line(of: key, in: section, value: value)
        return ScopeError(code, file: document.file, line: line, problem: problem, allowed: allowed)
    }
}

extension ScopeReader {
    private static func union(_ sets: [AddressSet]) -> AddressSet {
        sets.reduce(AddressSet()) { $0.union($1) }
    }

    /// A block, an address, or `first-last`. A mapped IPv4 address stands for the IPv4 one, as everywhere in the gate.
    private static func range(_ text: String) -> AddressSet? {
        if let block = CIDR(text) {
            guard block.base.unmapped.family == block.base.family else { return nil }
            return AddressSet(CollectionOfOne(block))
        }
        guard !text.contains(" "), let set = AddressSet(text), set.ranges.count == 1 else { return nil }
        return set.ranges[0].first.unmapped.family == set.ranges[0].first.family ? set : nil
    }

    private static func name(_ text: String) -> String? {
        let name = Scope.canonical(text.hasPrefix("*.") ? String(text.dropFirst(2)) : text)
        guard isHostName(name) else { return nil }
        return text.hasPrefix("*.") ? "*." + name : name
    }

    private static func zone(_ text: String) -> String? {
        let name = Scope.canonical(text)
        return isHostName(name) ? name : nil
    }

    private static func server(_ text: String) -> Endpoint? {
        if let address = IPAddress(text) { return Endpoint(address.unmapped, 53) }
        guard let endpoint = Endpoint(text), endpoint.port > 0 else { return nil }
        return Endpoint(endpoint.address.unmapped, endpoint.port)
    }

    private static func isHostName(_ name: String) -> Bool {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        return name.utf8.count <= 253 && IPAddress(name) == nil
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count)
                    && label.utf8.allSatisfy {
                        (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x2d || $0 == 0x5f
                    }
            }
    }
}

extension Scope {
    /// Reads the bytes of a scope file; `file` is what faults call it.
    package init(parsing bytes: [UInt8], file: String) throws(ScopeError) {
        self = try ScopeReader(ScopeDocument(bytes, file: file)).scope()
    }
}
