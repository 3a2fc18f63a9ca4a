import Scope
import Wire

extension TemplateDecoder {
    /// What a block says on a connection: nothing, blank lines, or a request for reading.
    mutating func tcp(_ fields: Fields) -> TCPAsking? {
        fields.allow(
            Self.judgementKeys.union(Self.payloadKeys).union([
                "host", "port", "inputs", "read-size", "read-all", "exclude-ports",
            ]),
            &report
        )
        var ports: [UInt16] = fields.texts("port", &report).flatMap { $0.split(separator: ",") }.compactMap { text in
            let port = UInt16(String(text).trimmingBlanks)
            if port == nil || port == 0 {
                report.refuse(.value, "\(fields.place).port: \(text.prefix(40))", fields.line)
            }
            return port
        }
        var usesTLS = false
        for host in fields.texts("host", &report) {
            guard let (port, isTLS) = Self.ownHost(host) else {
                report.refuse(.otherHost, "\(fields.place).host: \(host.prefix(80))", fields.line)
                continue
            }
            usesTLS = usesTLS || isTLS
            if let port, !ports.contains(port) { ports.append(port) }
        }
        _ = fields.text("exclude-ports", &report)
        _ = fields.truth("read-all", &report)
        let size = fields.number("read-size", &report) ?? 1_024
        if !(1...(1 << 20)).contains(size) { report.refuse(.value, "\(fields.place).read-size", fields.line) }
        let inputs = fields.elements("inputs", &report).compactMap { node in
            Fields(node, "\(fields.place).inputs", &report).flatMap { input($0) }
        }
        return TCPAsking(inputs: inputs, ports: ports, usesTLS: usesTLS, readSize: min(max(size, 1), 1 << 20))
    }

    /// `{{Hostname}}`, `{{Host}}:port`, also behind `tls://`.
    private static func ownHost(_ text: String) -> (port: UInt16?, isTLS: Bool)? {
        let isTLS = text.hasPrefix("tls://")
        let rest = isTLS ? text.dropFirst(6) : text[...]
        for name in ["{{Hostname}}", "{{Host}}"] where rest.hasPrefix(name) {
            let tail = rest.dropFirst(name.count)
            if tail.isEmpty || tail == ":{{Port}}" { return (nil, isTLS) }
            guard tail.first == ":", let port = UInt16(tail.dropFirst()), port > 0 else { return nil }
            return (port, isTLS)
        }
        return nil
    }

    private enum InputType: String, CaseIterable { case text, hex }

    private mutating func input(_ fields: Fields) -> TCPAsking.Input? {
        fields.allow(["data", "type", "read", "name"], &report)
        let source = fields.text("data", &report) ?? ""
        let isHex = fields.choice("type", InputType.text, &report) == .hex
        var data: [UInt8]
        if isHex {
            do { data = try Functions.bytes(hexadecimal: Array(source.utf8)) } catch {
                report.refuse(.value, "\(fields.place).data: no hexadecimal digits", fields.line)
                data = []
            }
        } else {
            let template = text(source, "\(fields.place).data", fields.line)
            data = Array((template.constant ?? source).utf8)
            if template.constant == nil, Self.reads(Array(source.utf8)) == false {
                report.refuse(.sends, "\(fields.place).data: \(source.prefix(60))", fields.line)
            } else if template.constant == nil {
                report.refuse(.unsupported, "\(fields.place).data with placeholders", fields.line)
            }
        }
        if !Self.reads(data) { report.refuse(.sends, "\(fields.place).data: \(source.prefix(60))", fields.line) }
        judge(String(decoding: data, as: UTF8.self), "\(fields.place).data", fields.line, isHeader: true)
        let read = fields.number("read", &report)
        if let read, !(0...(1 << 20)).contains(read) { report.refuse(.value, "\(fields.place).read", fields.line) }
        return TCPAsking.Input(data: data, read: read, name: fields.text("name", &report))
    }

    /// Whether bytes only listen or read: none, blank lines, or a request of HTTP without credentials and body.
    static func reads(_ data: [UInt8]) -> Bool {
        if data.allSatisfy({ [0x0d, 0x0a, 0x20, 0x09].contains($0) }) { return true }
        let text = String(decoding: data, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.first,
            HTTPRequest.Method.allCases.contains(where: { start.hasPrefix($0.rawValue + " ") }),
            start.contains(" HTTP/1."),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 || [9, 10, 13].contains($0.value) })
        else { return false }
        let fields = lines.dropFirst().prefix { !$0.allSatisfy(\.isWhitespace) }
        let hasBody = lines.dropFirst(fields.count + 1).contains { !$0.allSatisfy(\.isWhitespace) }
        let isHarmless = fields.allSatisfy { field in
            !["authorization", "cookie", "content-length", "transfer-encoding", "proxy-"].contains {
                field.lowercased().hasPrefix($0)
            }
        }
        return !hasBody && isHarmless
    }

    mutating func dns(_ fields: Fields) -> DNSAsking? {
        fields.allow(
            Self.judgementKeys.union(Self.payloadKeys).union([
                "type", "class", "retries", "recursion", "resolvers", "trace", "trace-max-recursion",
            ]),
            &report
        )
        if fields["resolvers"] != nil { report.refuse(.otherHost, "\(fields.place).resolvers", fields.line) }
        if fields.truth("trace", &report) { report.refuse(.otherHost, "\(fields.place).trace", fields.line) }
        _ = fields.number("retries", &report)
        _ = fields.number("trace-max-recursion", &report)
        let types: [String: DNSType] = [
            "A": .a, "NS": .ns, "CNAME": .cname, "SOA": .soa, "PTR": .ptr, "MX": .mx, "TXT": .txt, "AAAA": .aaaa,
            "SRV": .srv, "ANY": .any, "CAA": .caa, "DS": DNSType(rawValue: 43), "TLSA": DNSType(rawValue: 52),
        ]
        let type = (fields.text("type", &report) ?? "A").uppercased()
        if types[type] == nil { report.refuse(.unsupported, "\(fields.place).type: \(type)", fields.line) }
        let recordClass = (fields.text("class", &report) ?? "inet").lowercased()
        let classes: [String: UInt16] = ["inet": 1, "chaos": 3]
        if classes[recordClass] == nil {
            report.refuse(.unsupported, "\(fields.place).class: \(recordClass)", fields.line)
        }
        let source = fields.text("name", &report) ?? "{{FQDN}}"
        let name = text(source, "\(fields.place).name", fields.line)
        check(name, "\(fields.place).name", fields.line)
        // A server in scope is never made to look outside for us, so recursion is read and not asked for.
        _ = fields.truth("recursion", &report)
        return DNSAsking(name: name, type: types[type] ?? .a, recordClass: classes[recordClass] ?? 1)
    }

    mutating func tls(_ fields: Fields) -> TLSAsking? {
        fields.allow(
            Self.judgementKeys.union(Self.payloadKeys).union([
                "address", "min_version", "max_version", "cipher_suites", "scan_mode", "tls_version_enum",
                "tls_cipher_enum",
                "tls_cipher_types",
            ]),
            &report
        )
        for key in ["cipher_suites", "tls_version_enum", "tls_cipher_enum", "tls_cipher_types"] {
            if let node = fields[key], node.truth != false {
                report.refuse(.unsupported, "\(fields.place).\(key)", node.line)
            }
        }
        _ = fields.text("scan_mode", &report)
        let address = fields.text("address", &report) ?? "{{Host}}:{{Port}}"
        let host = Self.ownHost(address)
        if host == nil { report.refuse(.otherHost, "\(fields.place).address: \(address.prefix(80))", fields.line) }
        let least = version(fields, "min_version") ?? .tls10
        let most = version(fields, "max_version") ?? .tls13
        if least > most { report.refuse(.value, "\(fields.place): no version is left", fields.line) }
        return TLSAsking(port: host?.port, versions: least <= most ? least...most : most...most)
    }

    private mutating func version(_ fields: Fields, _ key: String) -> TLSVersion? {
        guard let text = fields.text(key, &report) else { return nil }
        let versions: [String: TLSVersion] = ["tls10": .tls10, "tls11": .tls11, "tls12": .tls12, "tls13": .tls13]
        guard let version = versions[text.lowercased()] else {
            report.refuse(.unsupported, "\(fields.place).\(key): \(text)", fields.line)
            return nil
        }
        return version
    }
}
