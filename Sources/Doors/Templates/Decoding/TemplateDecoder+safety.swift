import Scope

/// The rules about what a template may do. What is refused here is refused for what it does, not for how it is written.
extension TemplateDecoder {
    private static let harmfulTags: Set<String> = [
        "intrusive", "dos", "fuzz", "fuzzing", "brute-force", "bruteforce", "brute", "default-login",
        "default-credentials",
    ]

    /// Rules on the template as a whole.
    mutating func judgeSafety(of template: Template, _ line: Int) {
        for tag in template.tags where Self.harmfulTags.contains(tag) {
            let isGuessing = tag.hasPrefix("brute") || tag.hasPrefix("fuzz")
            report.refuse(
                tag.hasPrefix("default") ? .login : isGuessing ? .bruteForce : .intrusive,
                "tags: \(tag)",
                line
            )
        }
        for block in template.blocks {
            for list in block.payloads.lists {
                for value in list.values.prefix(1_000) { judge(value, "payloads.\(list.name)", line) }
            }
        }
        if template.requests > Self.mostRequests {
            report.refuse(.bruteForce, "\(template.requests) requests; \(Self.mostRequests) are allowed", line)
        }
        for variable in template.variables where variable.value.source.lowercased().contains("interactsh") {
            report.refuse(.outOfBand, "variables.\(variable.name)", line)
        }
    }

    /// Fields that Ajar sets itself, whatever a template writes.
    private static let ownFields: Set<String> = ["accept-encoding", "connection"]
    private static let credentialFields: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "cookie2", "x-api-key", "api-key", "x-auth-token",
        "x-access-token", "x-usertoken", "x-csrf-token", "private-token",
    ]
    private static let disguiseFields: Set<String> = [
        "forwarded", "x-forwarded-for", "x-forwarded-for-ip", "x-forwarded-host", "x-forwarded-server",
        "x-forwarded-by",
        "x-forwarded-proto", "x-forwarded-scheme", "x-forwarded-port", "x-forwarded", "x-host", "x-real-ip",
        "x-client-ip",
        "x-remote-ip", "x-remote-addr", "x-originating-ip", "x-true-ip", "true-client-ip", "client-ip",
        "cf-connecting-ip",
        "x-cluster-client-ip", "x-custom-ip-authorization", "x-original-url", "x-rewrite-url", "x-http-host-override",
        "x-http-method-override", "x-http-method", "x-method-override", "x-middleware-subrequest", "l5d-dtab", "from",
        "x-original-host", "x-original-forwarded-for", "via",
    ]
    private static let framingFields: Set<String> = ["transfer-encoding", "te", "trailer", "expect", "upgrade"]

    /// A header field that may be sent; nil where Ajar sets it itself, or it is refused.
    mutating func header(_ name: String, _ value: String, _ place: String, _ line: Int) -> HTTPAsk.Header? {
        let field = name.lowercased()
        if field == "host" || Self.ownFields.contains(field) || field == "user-agent" || field == "content-length" {
            judge(own: field, value, place, line)
            return nil
        }
        if Self.credentialFields.contains(field) {
            report.refuse(.login, "\(place): \(name)", line)
        } else if Self.disguiseFields.contains(field) {
            report.refuse(.disguise, "\(place): \(name)", line)
        } else if Self.framingFields.contains(field) {
            report.refuse(.unsupported, "\(place): \(name)", line)
        } else if name.isEmpty || !name.utf8.allSatisfy({ Self.isFieldByte($0) }) {
            report.refuse(.value, "\(place): '\(name.prefix(40))' is no name of a field", line)
        }
        let template = text(value, "\(place).\(name)", line)
        check(template, "\(place).\(name)", line)
        judge(value, "\(place).\(name)", line, isHeader: true)
        return HTTPAsk.Header(name: name, value: template)
    }

    private static func isFieldByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x5f: true
        default: false
        }
    }

    private mutating func judge(own field: String, _ value: String, _ place: String, _ line: Int) {
        let value = value.trimmingBlanks
        switch field {
        case "host":
            if !["{{Hostname}}", "{{Host}}", "{{Host}}:{{Port}}", "{{FQDN}}"].contains(value) {
                report.refuse(.disguise, "\(place): Host: \(value.prefix(80))", line)
            }
        case "user-agent":
            // Ajar says who it is; a template that only wants to look like a browser loses nothing by that.
            if !["Mozilla/", "curl/"].contains(where: value.hasPrefix) || value.contains("{{") {
                report.refuse(.disguise, "\(place): User-Agent: \(value.prefix(80))", line)
            }
            judge(value, "\(place): User-Agent", line, isHeader: true)
        case "content-length":
            if value != "0" { report.refuse(.body, "\(place): Content-Length: \(value.prefix(40))", line) }
        default: break
        }
    }

    /// Rules on the text of a request: its address, a header's value, or a payload.
    mutating func judge(_ text: String, _ place: String, _ line: Int, isHeader: Bool = false) {
        let lower = text.lowercased()
        if let sign = AttackSigns.first(in: lower) {
            report.refuse(.attack, "\(place): '\(sign)' in \(text.prefix(120))", line)
        }
        if let sign = AttackSigns.callOut(in: lower) {
            report.refuse(.outOfBand, "\(place): \(sign)", line)
        }
        guard !isHeader else { return }
        if let sign = AttackSigns.foreignAddress(in: lower) {
            report.refuse(.outOfBand, "\(place): has the server call \(sign.prefix(80))", line)
        }
        if let sign = AttackSigns.credential(in: lower) { report.refuse(.login, "\(place): \(sign)", line) }
        if let sign = AttackSigns.change(in: lower) { report.refuse(.change, "\(place): \(sign)", line) }
    }
}
