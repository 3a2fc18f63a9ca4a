/// Turns YAML into a ``Template``, and gathers everything that speaks against running it.
struct TemplateDecoder {
    var report = Report()
    /// The contents of payload files.
    let words: (String) -> [UInt8]?
    /// Names that requests may use: built in, set by the template, and taken out of earlier answers.
    var known = Self.builtIn

    /// Variables that every template has; `randstr` also with a number behind.
    static let builtIn: Set<String> = [
        "BaseURL", "RootURL", "Hostname", "Host", "Port", "Path", "File", "Scheme", "Input", "FQDN", "RDN", "DN", "TLD",
        "SD", "randstr", "ip",
    ]

    /// The most requests that one template may send to a website; more is guessing.
    static let mostRequests = 100

    init(words: @escaping (String) -> [UInt8]?) {
        self.words = words
    }

    private static let keys: Set<String> = [
        "id", "info", "flow", "http", "requests", "tcp", "network", "dns", "ssl", "variables", "constants",
        "stop-at-first-match", "self-contained", "signature",
    ]
    /// Protocols of nuclei that are not spoken, and why.
    private static let foreign: [String: (TemplateRefusal.Rule, String)] = [
        "code": (.code, "runs a program"), "javascript": (.code, "runs JavaScript"),
        "headless": (.code, "runs a browser"),
        "workflows": (.unsupported, "a workflow of other templates"),
        "file": (.unsupported, "searches files of this machine"),
        "websocket": (.unsupported, "speaks WebSocket"), "whois": (.otherHost, "asks a WHOIS server"),
        "fuzzing": (.bruteForce, "tries many values"),
        "global-matchers": (.unsupported, "judges the answers to other templates"),
    ]

    mutating func template(_ root: YAMLNode) -> Template? {
        guard let fields = Fields(root, "", &report) else { return nil }
        fields.allow(Self.keys.union(Self.foreign.keys), &report)
        for (key, reason) in Self.foreign.sorted(by: { $0.key < $1.key }) {
            if let node = fields[key] { report.refuse(reason.0, "\(key): \(reason.1)", node.line) }
        }
        if fields.truth("self-contained", &report) {
            report.refuse(.otherHost, "self-contained: names the hosts that it contacts", fields.line)
        }
        if let node = fields["signature"] { report.refuse(.login, "signature: signs requests", node.line) }
        let id = fields.needed("id", &report) ?? ""
        if !id.utf8.allSatisfy(Self.isIdentifier) || id.isEmpty || id.utf8.count > 200 {
            report.refuse(.value, "the id is not made of letters, digits, '-', '_' and '.'", fields.line)
        }
        let info = information(fields)
        let variables = variables(fields, "constants") + variables(fields, "variables")
        let blocks = blocks(fields)
        let template = Template(
            id: id,
            name: info.name,
            severity: info.severity,
            tags: info.tags,
            authors: info.authors,
            variables: variables,
            blocks: blocks,
            flow: flow(fields, blocks)
        )
        judgeSafety(of: template, fields.line)
        return template
    }

    private static func isIdentifier(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
        default: false
        }
    }

    private mutating func information(
        _ fields: Fields
    ) -> (name: String, severity: Template.Severity, tags: [String], authors: [String]) {
        guard let node = fields["info"], let info = Fields(node, "info", &report) else {
            report.refuse(.missingKey, "info", fields.line)
            return ("", .unknown, [], [])
        }
        info.allow(
            [
                "name", "author", "tags", "description", "impact", "reference", "severity", "metadata",
                "classification", "remediation",
            ],
            &report
        )
        if let node = info["classification"], let inner = Fields(node, "info.classification", &report) {
            inner.allow(
                ["cvss-metrics", "cvss-score", "cve-id", "cwe-id", "cpe", "epss-score", "epss-percentile"],
                &report
            )
        }
        return (
            info.needed("name", &report) ?? "", info.choice("severity", Template.Severity.unknown, &report),
            list(info, "tags"), list(info, "author")
        )
    }

    /// A list, or a text with commas.
    private mutating func list(_ fields: Fields, _ key: String) -> [String] {
        fields.texts(key, &report).flatMap { $0.split(separator: ",") }
            .map { String($0).trimmingBlanks.lowercased() }.filter { !$0.isEmpty }
    }

    private mutating func variables(_ fields: Fields, _ key: String) -> [Template.Variable] {
        guard let node = fields[key], let inner = Fields(node, key, &report) else { return [] }
        return (node.pairs ?? []).compactMap { pair in
            let value =
                pair.value.elements.map { $0.compactMap(\.text).joined(separator: ",") }
                ?? inner.text(pair.key, &report)
            guard let value else { return nil }
            let template = self.text(value, "\(key).\(pair.key)", pair.value.line)
            check(template, "\(key).\(pair.key)", pair.value.line)
            known.insert(pair.key)
            return Template.Variable(name: pair.key, value: template)
        }
    }

    private mutating func flow(_ fields: Fields, _ blocks: [Template.Block]) -> Flow? {
        guard let source = fields.text("flow", &report) else { return nil }
        do {
            return try Flow.parse(source, blocks: blocks.map { ($0.protocolName, $0.id) })
        } catch {
            report.refuse(.unsupported, "flow: \(error)", fields["flow"]?.line ?? fields.line)
            return nil
        }
    }
}
