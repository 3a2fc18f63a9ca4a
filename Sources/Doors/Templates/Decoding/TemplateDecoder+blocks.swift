extension TemplateDecoder {
    static let judgementKeys: Set<String> = [
        "matchers", "matchers-condition", "extractors", "id", "name", "stop-at-first-match",
    ]
    static let payloadKeys: Set<String> = ["attack", "payloads", "threads"]

    /// The parts that ask, in the order of the file.
    mutating func blocks(_ fields: Fields) -> [Template.Block] {
        var blocks: [Template.Block] = []
        let isFirstEnough = fields.truth("stop-at-first-match", &report)
        for (key, name) in [
            ("requests", "http"), ("http", "http"), ("dns", "dns"), ("network", "tcp"), ("tcp", "tcp"), ("ssl", "ssl"),
        ] {
            guard let node = fields[key] else { continue }
            guard let elements = node.elements else {
                report.refuse(.value, "\(key) is no list", node.line)
                continue
            }
            for (number, element) in elements.enumerated() {
                let place = elements.count == 1 ? key : "\(key)[\(number + 1)]"
                guard let inner = Fields(element, place, &report), var block = block(inner, name) else { continue }
                block.stopsAtFirstMatch = block.stopsAtFirstMatch || isFirstEnough
                blocks.append(block)
            }
        }
        if blocks.isEmpty, report.refusals.isEmpty { report.refuse(.missingKey, "http, tcp, dns or ssl", fields.line) }
        return blocks
    }

    private mutating func block(_ fields: Fields, _ name: String) -> Template.Block? {
        let payloads = payloads(fields)
        for list in payloads.lists { known.insert(list.name) }
        // A later request of the block may use what an earlier one gave.
        for case .mapping(let pairs) in fields["extractors"]?.elements?.map(\.content) ?? [] {
            if let name = pairs.first(where: { $0.key == "name" })?.value.text { known.insert(name) }
        }
        let action: Template.Block.Action?
        let part: String
        switch name {
        case "http": (action, part) = (http(fields, payloads).map { .http($0) }, "body")
        case "dns": (action, part) = (dns(fields).map { .dns($0) }, "raw")
        case "tcp": (action, part) = (tcp(fields).map { .tcp($0) }, "data")
        default: (action, part) = (tls(fields).map { .tls($0) }, "response")
        }
        let judgement = judgement(fields, part: part)
        guard let action else { return nil }
        return Template.Block(
            id: fields.text("id", &report),
            action: action,
            payloads: payloads,
            stopsAtFirstMatch: fields.truth("stop-at-first-match", &report),
            judgement: judgement
        )
    }

    private mutating func payloads(_ fields: Fields) -> Payloads {
        let attack = fields.choice("attack", Payloads.Attack.batteringram, &report)
        guard let node = fields["payloads"], let inner = Fields(node, "\(fields.place).payloads", &report) else {
            return Payloads(attack: attack)
        }
        var lists: [Payloads.List] = []
        for pair in node.pairs ?? [] {
            if let values = pair.value.elements {
                let texts = values.compactMap(\.text)
                if texts.count != values.count { report.refuse(.value, "\(inner.place).\(pair.key)", pair.value.line) }
                lists.append(Payloads.List(name: pair.key, values: texts))
            } else if let file = inner.text(pair.key, &report) {
                lists.append(Payloads.List(name: pair.key, values: lines(of: file, pair.value.line)))
            }
        }
        if lists.contains(where: \.values.isEmpty), report.refusals.isEmpty {
            report.refuse(.value, "\(inner.place) has an empty list", node.line)
        }
        return Payloads(attack: attack, lists: lists)
    }

    /// The lines of a file of payloads, or of a text that holds them itself.
    private mutating func lines(of file: String, _ line: Int) -> [String] {
        if file.contains("\n") { return file.split(separator: "\n").map(String.init) }
        guard let bytes = words(file) else {
            report.refuse(.payloadFile, file, line)
            return []
        }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }

    /// Text with placeholders; those that cannot be read are refused where the text becomes a request.
    mutating func text(_ source: String, _ place: String, _ line: Int) -> TextTemplate {
        let template = TextTemplate(source)
        for unread in template.unread {
            let name = String(unread.prefix(80))
            report.refuse(.expression, "\(place): {{\(name)}}", line)
        }
        return template
    }

    /// Refuses what a request's text uses and nothing sets, and functions that are not there.
    mutating func check(_ template: TextTemplate, _ place: String, _ line: Int) {
        for expression in template.expressions { check(expression, place, line, variables: known) }
    }

    /// Refuses unknown functions and patterns, and variables beyond those given; nil for any, which answers may set.
    mutating func check(_ expression: Expression, _ place: String, _ line: Int, variables: Set<String>?) {
        checkCalls(expression, place, line)
        for pattern in expression.constantPatterns { check(pattern: pattern, place, line) }
        guard let variables else { return }
        for name in expression.mentions.variables.sorted() where !variables.contains(name) && !Self.isRandom(name) {
            if name.hasPrefix("interactsh") || name == "oast" {
                report.refuse(.outOfBand, "\(place): {{\(name)}}", line)
            } else {
                report.refuse(.variable, "\(place): {{\(name)}}", line)
            }
        }
    }

    private mutating func checkCalls(_ expression: Expression, _ place: String, _ line: Int) {
        for name in expression.mentions.functions.sorted() where !Functions.names.contains(name) {
            let reason = Functions.forbidden[name].map { ", which \($0)" } ?? ""
            report.refuse(.expression, "\(place): the function \(name)\(reason)", line)
        }
    }

    /// Whether it is `randstr` or `randstr_1`.
    static func isRandom(_ name: String) -> Bool {
        name == "randstr" || name.hasPrefix("randstr_") && name.dropFirst(8).allSatisfy(\.isNumber)
    }

    mutating func check(pattern: String, _ place: String, _ line: Int) {
        do throws(Pattern.Fault) { _ = try Pattern(pattern) } catch {
            report.refuse(.pattern, "\(place): \(error.what): \(pattern.prefix(120))", line)
        }
    }
}
