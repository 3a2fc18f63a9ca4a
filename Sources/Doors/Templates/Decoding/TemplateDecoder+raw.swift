import Scope

extension TemplateDecoder {
    /// Bytes of one raw request.
    private static let longestRaw = 64 << 10

    /// Requests that are written out.
    mutating func raw(_ fields: Fields) -> [HTTPAsk] {
        fields.elements("raw", &report).compactMap { node in
            guard let source = node.text, source.utf8.count <= Self.longestRaw else {
                report.refuse(.value, "\(fields.place).raw", node.line)
                return nil
            }
            return request(source, "\(fields.place).raw", node.line)
        }
    }

    private mutating func request(_ source: String, _ place: String, _ line: Int) -> HTTPAsk? {
        var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.last == "\r" ? String($0.dropLast()) : String($0)
        }[...]
        while let first = lines.first, first.trimmingBlanks.isEmpty { lines.removeFirst() }
        var isSentOnce = false
        while let note = lines.first?.trimmingBlanks, note.hasPrefix("@") {
            isSentOnce = isSentOnce || note == "@once"
            judge(note: note, place, line)
            lines.removeFirst()
        }
        guard let start = lines.popFirst()?.trimmingBlanks else {
            report.refuse(.value, "\(place): an empty request", line)
            return nil
        }
        let headers = lines.prefix { !$0.trimmingBlanks.isEmpty }
        let body = lines.dropFirst(headers.count).joined(separator: "\n").trimmingBlanks
        if !body.isEmpty { report.refuse(.body, "\(place): \(start.prefix(80))", line) }
        let kept = headers.compactMap { text -> HTTPAsk.Header? in
            guard let colon = text.firstIndex(of: ":") else {
                report.refuse(.value, "\(place): '\(text.prefix(60))' is no header", line)
                return nil
            }
            let value = String(text[text.index(after: colon)...]).trimmingBlanks
            return header(String(text[..<colon]).trimmingBlanks, value, place, line)
        }
        guard let (method, address) = startLine(start, place, line) else { return nil }
        return HTTPAsk(method: method, address: address, headers: kept, isSentOnce: isSentOnce)
    }

    /// `GET /path HTTP/1.1`.
    private mutating func startLine(_ text: String, _ place: String, _ line: Int) -> (HTTPRequest.Method, TextTemplate)?
    {
        let name = String(text.prefix { $0 != " " })
        var target = String(text.dropFirst(name.count)).trimmingBlanks
        if let version = target.ranges(of: "HTTP/").last, target[version.lowerBound...].count <= 9 {
            target = String(target[..<version.lowerBound]).trimmingBlanks
        }
        guard let method = method(name, place, line) else { return nil }
        let isAddress = ["{{BaseURL}}", "{{RootURL}}", "{{Scheme}}", "http://", "https://"].contains {
            target.hasPrefix($0)
        }
        let isPath = target.hasPrefix("/") || target.hasPrefix("{{")
        let whole = isAddress ? target : "{{BaseURL}}" + (isPath ? "" : "/") + target
        return address(whole, place, line).map { (method, $0) }
    }

    private mutating func judge(note: String, _ place: String, _ line: Int) {
        switch note.prefix(while: { $0 != ":" }) {
        case "@once", "@timeout": break
        case "@Host", "@host": report.refuse(.otherHost, "\(place): \(note.prefix(80))", line)
        case "@tls-sni": report.refuse(.disguise, "\(place): \(note.prefix(80))", line)
        default: report.refuse(.unknownKey, "\(place): \(note.prefix(80))", line)
        }
    }
}
