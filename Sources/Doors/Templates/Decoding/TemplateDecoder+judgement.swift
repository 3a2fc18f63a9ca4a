extension TemplateDecoder {
    private enum Condition: String, CaseIterable { case or, and }

    private enum MatcherType: String, CaseIterable {
        case status, size, word, regex, binary, dsl, xpath
    }

    private enum ExtractorType: String, CaseIterable {
        case regex, kval, json, xpath, dsl
    }

    mutating func judgement(_ fields: Fields, part: String) -> Judgement {
        var matchers: [Matcher] = []
        for (number, node) in fields.elements("matchers", &report).enumerated() {
            let place = "\(fields.place).matchers[\(number + 1)]"
            guard let inner = Fields(node, place, &report), let matcher = matcher(inner, part) else { continue }
            matchers.append(matcher)
        }
        var extractors: [Extractor] = []
        for (number, node) in fields.elements("extractors", &report).enumerated() {
            let place = "\(fields.place).extractors[\(number + 1)]"
            guard let inner = Fields(node, place, &report), let extractor = extractor(inner, part) else { continue }
            extractors.append(extractor)
            if let name = extractor.name { known.insert(name) }
        }
        let condition = fields.choice("matchers-condition", Condition.or, &report)
        return Judgement(matchers: matchers, needsAll: condition == .and, extractors: extractors)
    }

    private mutating func matcher(_ fields: Fields, _ part: String) -> Matcher? {
        fields.allow(
            [
                "type", "condition", "part", "negative", "name", "status", "size", "words", "regex", "binary", "dsl",
                "xpath", "encoding", "case-insensitive", "match-all", "internal",
            ],
            &report
        )
        _ = fields.truth("match-all", &report)
        guard fields.needed("type", &report) != nil else { return nil }
        let type = fields.choice("type", MatcherType.status, &report)
        guard let test = test(fields, type) else { return nil }
        if test.isEmpty { report.refuse(.missingKey, "\(fields.place): what the matcher looks for", fields.line) }
        return Matcher(
            test: test,
            part: checkedPart(fields, part),
            needsAll: fields.choice("condition", Condition.or, &report) == .and,
            isNegative: fields.truth("negative", &report),
            name: fields.text("name", &report),
            isInternal: fields.truth("internal", &report)
        )
    }

    private mutating func checkedPart(_ fields: Fields, _ part: String) -> String {
        let part = fields.text("part", &report) ?? part
        if part.hasPrefix("interactsh") { report.refuse(.outOfBand, "\(fields.place).part: \(part)", fields.line) }
        return part
    }

    private mutating func test(_ fields: Fields, _ type: MatcherType) -> Matcher.Test? {
        let ignoresCase = fields.truth("case-insensitive", &report)
        if ignoresCase, type != .word {
            report.refuse(.value, "\(fields.place): case-insensitive is for words alone", fields.line)
        }
        let encoding = fields.text("encoding", &report)
        if let encoding, encoding != "hex" || type != .word {
            report.refuse(.value, "\(fields.place).encoding: \(encoding)", fields.line)
        }
        switch type {
        case .status: return .status(fields.numbers("status", &report))
        case .size: return .size(fields.numbers("size", &report))
        case .word: return .words(words(fields, isHex: encoding == "hex"), ignoresCase: ignoresCase)
        case .regex: return .patterns(patterns(fields))
        case .binary: return .binary(fields.texts("binary", &report).compactMap { hexadecimal($0, fields) })
        case .dsl: return .expressions(expressions(fields))
        case .xpath: return .paths(paths(fields))
        }
    }

    private mutating func words(_ fields: Fields, isHex: Bool) -> [TextTemplate] {
        fields.texts("words", &report).compactMap { word in
            guard isHex else { return TextTemplate(word) }
            return hexadecimal(word, fields).map { TextTemplate(literal: $0) }
        }
    }

    private mutating func hexadecimal(_ text: String, _ fields: Fields) -> [UInt8]? {
        do { return try Functions.bytes(hexadecimal: Array(text.utf8)) } catch {
            report.refuse(.value, "\(fields.place): \(text.prefix(60)) is not in hexadecimal digits", fields.line)
            return nil
        }
    }

    private mutating func patterns(_ fields: Fields) -> [String] {
        let patterns = fields.texts("regex", &report)
        for pattern in patterns { check(pattern: pattern, fields.place, fields.line) }
        return patterns
    }

    private mutating func expressions(_ fields: Fields) -> [Expression] {
        fields.texts("dsl", &report).compactMap { source in
            do throws(ExpressionFault) {
                let expression = try ExpressionParser.parse(source)
                check(expression, "\(fields.place).dsl", fields.line, variables: nil)
                if expression.mentions.variables.contains(where: { $0.hasPrefix("interactsh") }) {
                    report.refuse(.outOfBand, "\(fields.place).dsl: \(source.prefix(80))", fields.line)
                }
                return expression
            } catch {
                report.refuse(.expression, "\(fields.place).dsl: \(error): \(source.prefix(120))", fields.line)
                return nil
            }
        }
    }

    private mutating func paths(_ fields: Fields) -> [XPath] {
        fields.texts("xpath", &report).compactMap { source in
            do throws(ExpressionFault) { return try XPath(source) } catch {
                report.refuse(.expression, "\(fields.place).xpath: \(error): \(source.prefix(120))", fields.line)
                return nil
            }
        }
    }

    private mutating func extractor(_ fields: Fields, _ part: String) -> Extractor? {
        fields.allow(
            [
                "name", "type", "regex", "group", "kval", "json", "xpath", "attribute", "dsl", "part", "internal",
                "case-insensitive",
            ],
            &report
        )
        guard fields.needed("type", &report) != nil else { return nil }
        let ignoresCase = fields.truth("case-insensitive", &report)
        let test: Extractor.Test
        switch fields.choice("type", ExtractorType.regex, &report) {
        case .regex:
            let group = fields.number("group", &report) ?? 0
            if !(0...99).contains(group) { report.refuse(.value, "\(fields.place).group", fields.line) }
            test = .patterns(patterns(fields), group: group)
        case .kval: test = .keys(fields.texts("kval", &report), ignoresCase: ignoresCase)
        case .json: test = .json(queries(fields))
        case .xpath: test = .paths(paths(fields), attribute: fields.text("attribute", &report))
        case .dsl: test = .expressions(expressions(fields))
        }
        if test.isEmpty { report.refuse(.missingKey, "\(fields.place): what the extractor takes", fields.line) }
        return Extractor(
            test: test,
            part: checkedPart(fields, part),
            name: fields.text("name", &report),
            isInternal: fields.truth("internal", &report)
        )
    }

    private mutating func queries(_ fields: Fields) -> [JSONQuery] {
        fields.texts("json", &report).compactMap { source in
            do throws(ExpressionFault) { return try JSONQuery(source) } catch {
                report.refuse(.expression, "\(fields.place).json: \(error): \(source.prefix(120))", fields.line)
                return nil
            }
        }
    }
}

extension Matcher.Test {
    fileprivate var isEmpty: Bool {
        switch self {
        case .status(let values), .size(let values): values.isEmpty
        case .words(let words, _): words.isEmpty
        case .patterns(let patterns): patterns.isEmpty
        case .binary(let strings): strings.isEmpty
        case .expressions(let expressions): expressions.isEmpty
        case .paths(let paths): paths.isEmpty
        }
    }
}

extension Extractor.Test {
    fileprivate var isEmpty: Bool {
        switch self {
        case .patterns(let patterns, _): patterns.isEmpty
        case .keys(let keys, _): keys.isEmpty
        case .json(let queries): queries.isEmpty
        case .paths(let paths, _): paths.isEmpty
        case .expressions(let expressions): expressions.isEmpty
        }
    }
}
