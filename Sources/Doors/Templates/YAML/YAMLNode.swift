/// A value of a YAML document, with the line it stands on.
package struct YAMLNode: Hashable, Sendable {
    package indirect enum Content: Hashable, Sendable {
        /// Text as written, without quotes; `isPlain` where it had none, so that `200` and `true` may be more than text.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        /// In the order of the document; no key stands twice.
        case mapping([Pair])
    }

    /// One entry of a mapping.
    package struct Pair: Hashable, Sendable {
        package var key: String
        package var value: YAMLNode
    }

    package var content: Content
    /// Counted from 1.
    package var line: Int

    package init(_ content: Content, line: Int) {
        self.content = content
        self.line = line
    }

    /// The text of a scalar.
    package var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// Whether nothing is written: an empty plain scalar, `~` or `null` (YAML 1.2 10.3.2).
    package var isNull: Bool {
        if case .scalar(let text, true) = content { ["", "~", "null", "Null", "NULL"].contains(text) } else { false }
    }

    /// A plain `true` or `false`.
    package var truth: Bool? {
        guard case .scalar(let text, _) = content else { return nil }
        return switch text.lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// A plain whole number.
    package var number: Int? { text.flatMap { Int($0) } }

    package var elements: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    package var pairs: [Pair]? {
        if case .mapping(let pairs) = content { pairs } else { nil }
    }
}
