/// A mapping of the template while it is decoded: each key is asked for by name, and what nobody asked for is unknown.
struct Fields {
    private let values: [String: YAMLNode]
    private let order: [String]
    /// Where the mapping stands, such as `http[1].matchers[2]`.
    let place: String
    let line: Int

    /// Nil where the node is no mapping; that is refused.
    init?(_ node: YAMLNode, _ place: String, _ report: inout Report) {
        guard let pairs = node.pairs else {
            report.refuse(.value, "\(place) is no mapping", node.line)
            return nil
        }
        values = Dictionary(pairs.map { ($0.key, $0.value) }) { first, _ in first }
        order = pairs.map(\.key)
        self.place = place
        line = node.line
    }

    subscript(key: String) -> YAMLNode? {
        values[key].flatMap { $0.isNull ? nil : $0 }
    }

    /// Refuses every key that is not among these.
    func allow(_ keys: Set<String>, _ report: inout Report) {
        for key in order where !keys.contains(key) {
            report.refuse(.unknownKey, "\(place.isEmpty ? "" : place + ".")\(key)", values[key]?.line ?? line)
        }
    }

    private func named(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }

    func text(_ key: String, _ report: inout Report) -> String? {
        guard let node = self[key] else { return nil }
        if node.text == nil { report.refuse(.value, "\(named(key)) is no text", node.line) }
        return node.text
    }

    func needed(_ key: String, _ report: inout Report) -> String? {
        if self[key] == nil { report.refuse(.missingKey, named(key), line) }
        return text(key, &report)
    }

    func truth(_ key: String, _ report: inout Report) -> Bool {
        guard let node = self[key] else { return false }
        if node.truth == nil { report.refuse(.value, "\(named(key)) is neither true nor false", node.line) }
        return node.truth ?? false
    }

    func number(_ key: String, _ report: inout Report) -> Int? {
        guard let node = self[key] else { return nil }
        if node.number == nil { report.refuse(.value, "\(named(key)) is no whole number", node.line) }
        return node.number
    }

    /// A sequence; a single scalar counts as a sequence of one.
    func elements(_ key: String, _ report: inout Report) -> [YAMLNode] {
        guard let node = self[key] else { return [] }
        if let elements = node.elements { return elements }
        if node.text != nil { return [node] }
        report.refuse(.value, "\(named(key)) is no list", node.line)
        return []
    }

    func texts(_ key: String, _ report: inout Report) -> [String] {
        elements(key, &report).compactMap { node in
            if node.text == nil { report.refuse(.value, "\(named(key)) holds what is no text", node.line) }
            return node.text
        }
    }

    func numbers(_ key: String, _ report: inout Report) -> [Int] {
        elements(key, &report).compactMap { node in
            if node.number == nil { report.refuse(.value, "\(named(key)) holds what is no whole number", node.line) }
            return node.number
        }
    }

    /// One of the words that `Choice` knows.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        _ default: Choice,
        _ report: inout Report
    ) -> Choice where Choice.RawValue == String {
        guard let text = text(key, &report) else { return `default` }
        if let choice = Choice(rawValue: text.lowercased()) { return choice }
        report.refuse(.value, "\(named(key)) is '\(text)'", self[key]?.line ?? line)
        return `default`
    }
}

/// What is wrong with a template, gathered while it is decoded: all of it, not the first alone.
struct Report {
    private(set) var refusals: [TemplateRefusal] = []

    mutating func refuse(_ rule: TemplateRefusal.Rule, _ what: String, _ line: Int) {
        let refusal = TemplateRefusal(rule, what, line: line)
        guard refusals.count < Self.most, !refusals.contains(refusal) else { return }
        refusals.append(refusal)
    }

    private static let most = 100
}
