import Domain

extension World: Decodable {
    private enum CodingKeys: String, CodingKey {
        case name, prefix, zone, storage, served
        case firstDay = "first-day"
        case lastDay = "last-day"
        case accessLog = "access-log"
        case hosts = "host"
        case sites = "site"
        case redirects = "redirect"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        source = ""
        name = try values.decode(String.self, forKey: .name)
        prefix = try values.text(.prefix, "a block of addresses, such as 127.45.176.0/22")
        firstDay = try values.text(.firstDay, "a day, such as 2024-01-15")
        lastDay = try values.text(.lastDay, "a day, such as 2024-01-15")
        zone = try values.decode(Zone.self, forKey: .zone)
        hosts = try values.decode([Host].self, forKey: .hosts)
        sites = try values.decodeIfPresent([Site].self, forKey: .sites) ?? []
        redirects = try values.decodeIfPresent([Redirect].self, forKey: .redirects) ?? []
        storage = try values.decode(StorageWorld.self, forKey: .storage)
        accessLog = try values.decode(AccessLogWorld.self, forKey: .accessLog)
        served = try values.decodeIfPresent(Served.self, forKey: .served) ?? Served(log: nil)
    }
}

extension World.Zone: Decodable {
    private enum CodingKeys: String, CodingKey {
        case origin, serial, traps, closed
        case transferAllowed = "transfer"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        origin = try values.decode(String.self, forKey: .origin)
        serial = UInt32(clamping: try values.decode(Int.self, forKey: .serial))
        transferAllowed = try values.decodeIfPresent(Bool.self, forKey: .transferAllowed) ?? true
        closed = try values.decodeIfPresent([String].self, forKey: .closed) ?? []
        traps = try values.choices(.traps)
    }
}

extension World.Host: Decodable {
    private enum CodingKeys: String, CodingKey {
        case name, address, web, services, days, fallback
        case silent, loss
        case delay = "delay-ms"
        case rate = "rate-kbit"
        case isNamed = "named"
        case isOpen = "open"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        address = try values.text(.address, "an IP address")
        web = values.contains(.web) ? try values.choice(.web) : nil
        services = try values.choices(.services)
        isNamed = try values.decodeIfPresent(Bool.self, forKey: .isNamed) ?? true
        isOpen = try values.decodeIfPresent(Bool.self, forKey: .isOpen) ?? false
        fallback = try values.decodeIfPresent(String.self, forKey: .fallback)
        conditions = Conditions(
            isSilent: try values.decodeIfPresent(Bool.self, forKey: .silent) ?? false,
            delay: try values.whole(.delay, 1...10_000, "milliseconds") ?? 0,
            lossPercent: try values.percent(.loss, 1...90) ?? 0,
            rate: try values.whole(.rate, 8...10_000_000, "kilobits a second")
        )
        days = try (values.decodeIfPresent([String].self, forKey: .days) ?? []).map { text in
            let ends = text.components(of: "..").map { Day($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last, ends.count <= 2 else {
                throw DecodingError.dataCorruptedError(
                    forKey: .days,
                    in: values,
                    debugDescription: "'\(text)' is no day and no range such as 2024-01-08..2024-01-19"
                )
            }
            return first...last
        }
    }
}

extension World.Site: Decodable {
    private enum CodingKeys: String, CodingKey {
        case name, host, kind, title, topic, port, links
        case usesTLS = "tls"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decodeIfPresent(String.self, forKey: .name)
        host = try values.decode(String.self, forKey: .host)
        kind = values.contains(.kind) ? try values.choice(.kind) : .pages
        title = try values.decode(String.self, forKey: .title)
        topic = try values.decodeIfPresent(String.self, forKey: .topic) ?? "news"
        usesTLS = try values.decodeIfPresent(Bool.self, forKey: .usesTLS) ?? false
        port = UInt16(clamping: try values.decodeIfPresent(Int.self, forKey: .port) ?? (usesTLS ? 443 : 80))
        links = try values.decodeIfPresent([String].self, forKey: .links) ?? []
    }
}

extension KeyedDecodingContainer {
    /// Decodes a value from its text, or fails at the key with what was expected.
    fileprivate func text<Value: LosslessStringConvertible>(_ key: Key, _ expected: String) throws -> Value {
        let text = try decode(String.self, forKey: key)
        guard let value = Value(text) else {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: self,
                debugDescription: "'\(text)' is not \(expected)"
            )
        }
        return value
    }

    /// Decodes a whole number of a range; nil where the key is absent.
    fileprivate func whole(_ key: Key, _ allowed: ClosedRange<Int>, _ unit: String) throws -> Int? {
        guard let number = try decodeIfPresent(Int.self, forKey: key) else { return nil }
        guard allowed.contains(number) else {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: self,
                debugDescription: "\(number) is not \(allowed.lowerBound) to \(allowed.upperBound) \(unit)"
            )
        }
        return number
    }

    /// Decodes a share such as 0.2 as whole hundredths; nil where the key is absent.
    fileprivate func percent(_ key: Key, _ allowed: ClosedRange<Int>) throws -> Int? {
        guard let share = try decodeIfPresent(Double.self, forKey: key) else { return nil }
        guard (0...1).contains(share), allowed.contains(Int((share * 100).rounded())) else {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: self,
                debugDescription: "\(share) is no share from 0.01 to 0.9"
            )
        }
        return Int((share * 100).rounded())
    }

    /// Decodes one of a closed list of words.
    fileprivate func choice<Value: RawRepresentable & CaseIterable>(_ key: Key) throws -> Value
    where Value.RawValue == String {
        try value(try decode(String.self, forKey: key), key)
    }

    /// Decodes a list of words, each of a closed list; empty where the key is absent.
    fileprivate func choices<Value: RawRepresentable & CaseIterable>(_ key: Key) throws -> [Value]
    where Value.RawValue == String {
        try (decodeIfPresent([String].self, forKey: key) ?? []).map { try value($0, key) }
    }

    private func value<Value: RawRepresentable & CaseIterable>(_ text: String, _ key: Key) throws -> Value
    where Value.RawValue == String {
        if let value = Value(rawValue: text) { return value }
        let allowed = Value.allCases.map(\.rawValue).joined(separator: ", ")
        throw DecodingError.dataCorruptedError(
            forKey: key,
            in: self,
            debugDescription: "'\(text)' is none of: \(allowed)"
        )
    }
}

extension String {
    fileprivate func components(of separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
