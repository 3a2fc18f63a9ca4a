import Scope

extension TemplateDecoder {
    private static let httpKeys: Set<String> = [
        "path", "raw", "method", "headers", "body", "redirects", "host-redirects", "max-redirects", "max-size",
        "unsafe",
        "req-condition", "iterate-all", "cookie-reuse", "disable-cookie", "disable-path-automerge",
        "skip-variables-check", "read-all", "pipeline", "race", "race_count", "pipeline-concurrent-connections",
        "pipeline-requests-per-connection", "self-contained", "digest-username", "digest-password", "signature",
        "fuzzing", "fuzz-precondition", "pre-condition", "analyzer", "global-matchers", "skip-secret-file",
    ]
    /// Keys that ask for what is not done here, where they are set to anything but false.
    private static let refusedKeys: [String: TemplateRefusal.Rule] = [
        "body": .body, "digest-username": .login, "digest-password": .login, "signature": .login,
        "fuzzing": .bruteForce,
        "fuzz-precondition": .bruteForce, "analyzer": .bruteForce, "race": .bruteForce, "race_count": .bruteForce,
        "pipeline": .unsupported, "pipeline-concurrent-connections": .unsupported,
        "pipeline-requests-per-connection": .unsupported, "self-contained": .otherHost, "pre-condition": .unsupported,
        "global-matchers": .unsupported,
    ]
    /// Redirects that are followed where the template names no number, as nuclei does.
    private static let customaryRedirects = 10
    private static let mostRedirects = 10

    mutating func http(_ fields: Fields, _ payloads: Payloads) -> HTTPAsking? {
        fields.allow(Self.httpKeys.union(Self.judgementKeys).union(Self.payloadKeys), &report)
        for (key, rule) in Self.refusedKeys.sorted(by: { $0.key < $1.key }) {
            guard let node = fields[key], node.truth != false else { continue }
            report.refuse(rule, "\(fields.place).\(key)", node.line)
        }
        for key in [
            "unsafe", "req-condition", "disable-cookie", "disable-path-automerge", "skip-variables-check", "read-all",
            "skip-secret-file",
        ] {
            _ = fields.truth(key, &report)
        }
        if fields.truth("iterate-all", &report) {
            report.refuse(.unsupported, "\(fields.place).iterate-all", fields.line)
        }
        let requests = fields["raw"] == nil ? paths(asking: fields) : raw(fields)
        if requests.isEmpty, fields["raw"] == nil, fields["path"] == nil {
            report.refuse(.missingKey, "\(fields.place).path", fields.line)
        }
        if fields.truth("cookie-reuse", &report), requests.count > 1 {
            report.refuse(.unsupported, "\(fields.place).cookie-reuse: cookies are never sent", fields.line)
        }
        return HTTPAsking(requests: requests, redirects: redirects(fields), longestBody: longestBody(fields))
    }

    private mutating func longestBody(_ fields: Fields) -> Int? {
        guard let size = fields.number("max-size", &report) else { return nil }
        if size < 1 { report.refuse(.value, "\(fields.place).max-size", fields.line) }
        return size
    }

    private mutating func redirects(_ fields: Fields) -> HTTPAsking.Redirects {
        let follows = fields.truth("redirects", &report)
        let staysAtHost = fields.truth("host-redirects", &report)
        let most = fields.number("max-redirects", &report) ?? Self.customaryRedirects
        guard follows || staysAtHost else { return .none }
        if !(0...1_000).contains(most) { report.refuse(.value, "\(fields.place).max-redirects", fields.line) }
        return .followed(upTo: min(max(most, 0), Self.mostRedirects))
    }

    private mutating func paths(asking fields: Fields) -> [HTTPAsk] {
        let method = method(fields.text("method", &report) ?? "GET", fields.place, fields.line)
        let headers = headers(fields)
        return fields.texts("path", &report).compactMap { path in
            let address = address(path, fields.place, fields.line)
            guard let method, let address else { return nil }
            return HTTPAsk(method: method, address: address, headers: headers, isSentOnce: false)
        }
    }

    private mutating func headers(_ fields: Fields) -> [HTTPAsk.Header] {
        guard let node = fields["headers"], let inner = Fields(node, "\(fields.place).headers", &report) else {
            return []
        }
        return (node.pairs ?? []).compactMap { pair in
            inner.text(pair.key, &report).flatMap { header(pair.key, $0, inner.place, pair.value.line) }
        }
    }

    /// One of the four methods that read.
    mutating func method(_ name: String, _ place: String, _ line: Int) -> HTTPRequest.Method? {
        if let method = HTTPRequest.Method(rawValue: name.uppercased()) { return method }
        report.refuse(.method, "\(place): \(name)", line)
        return nil
    }

    /// An address of the website itself, wherever its placeholders lead.
    mutating func address(_ source: String, _ place: String, _ line: Int) -> TextTemplate? {
        var source = source.trimmingBlanks
        for base in ["{{BaseURL}}:", "{{RootURL}}:"] where source.hasPrefix(base) {
            // Another port of the same host: the address has one of its own, which this replaces.
            source = "{{Scheme}}://{{Host}}:\(source.dropFirst(base.count))"
        }
        let template = text(source, place, line)
        check(template, place, line)
        guard Self.staysAtHost(template) else {
            report.refuse(.otherHost, "\(place): \(source.prefix(120))", line)
            return nil
        }
        judge(template.source, place, line)
        return template
    }

    private static func staysAtHost(_ template: TextTemplate) -> Bool {
        var parts = template.parts[...]
        if parts.first.isVariable(in: ["BaseURL", "RootURL"]) {
            guard case .literal(let next)? = parts.dropFirst().first else { return true }
            return [0x2f, 0x3f, 0x23].contains(next.first)
        }
        if parts.first.isVariable(in: ["Scheme"]) {
            parts = parts.dropFirst()
            guard parts.first == .literal(Array("://".utf8)) else { return false }
        } else {
            guard parts.first == .literal(Array("http://".utf8)) || parts.first == .literal(Array("https://".utf8))
            else {
                return false
            }
        }
        parts = parts.dropFirst()
        guard parts.first.isVariable(in: ["Hostname", "Host", "FQDN"]) else { return false }
        guard case .literal(let next)? = parts.dropFirst().first else { return true }
        return [0x2f, 0x3f, 0x23, 0x3a].contains(next.first)
    }
}

extension TextTemplate.Part? {
    fileprivate func isVariable(in names: Set<String>) -> Bool {
        if case .expression(.variable(let name), _) = self { names.contains(name) } else { false }
    }
}
