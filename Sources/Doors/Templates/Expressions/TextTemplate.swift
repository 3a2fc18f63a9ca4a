/// Text with `{{placeholders}}`, each an expression. What a placeholder gives is never read for placeholders again.
package struct TextTemplate: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case literal([UInt8])
        case expression(Expression, source: String)
    }

    package let parts: [Part]

    /// Placeholders that are no expression stay literal text, as they do for nuclei; ``unread`` names them.
    package init(_ text: String, depth: Int = 0) {
        var parts: [Part] = []
        var unread: [String] = []
        var rest = Array(text.utf8)[...]
        var literal: [UInt8] = []
        while !rest.isEmpty {
            let open = rest.firstPair(UInt8(ascii: "{")) ?? rest.endIndex
            literal += rest[..<open]
            rest = rest[open...]
            guard !rest.isEmpty else { break }
            let close = Self.close(of: rest.prefix(Self.longest))
            let source = close.map { String(decoding: rest[(open + 2)..<$0], as: UTF8.self) }
            if let close, let source, depth < Self.deepest,
                let expression = try? ExpressionParser.parse(placeholder: source, depth: depth + 1)
            {
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = []
                parts.append(.expression(expression, source: source))
                rest = rest[(close + 2)...]
            } else {
                if let source { unread.append(source) }
                literal.append(rest[open])
                rest = rest.dropFirst()
            }
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        self.parts = parts
        self.unread = unread
    }

    /// Bytes without a placeholder.
    package init(literal: [UInt8]) {
        parts = literal.isEmpty ? [] : [.literal(literal)]
        unread = []
    }

    /// What stands in double braces and is no expression.
    package let unread: [String]

    /// Placeholders inside the texts of placeholders.
    private static let deepest = 4
    /// Bytes of one placeholder.
    private static let longest = 16_384

    var expressions: [Expression] {
        parts.compactMap { if case .expression(let expression, _) = $0 { expression } else { nil } }
    }

    var mentions: (variables: Set<String>, functions: Set<String>) {
        Expression.list(expressions).mentions
    }

    /// The text with its placeholders as they are written.
    package var source: String {
        parts.map { part in
            switch part {
            case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
            case .expression(_, let source): "{{\(source)}}"
            }
        }.joined()
    }

    /// The text where it has no placeholder.
    package var constant: String? {
        switch parts.count {
        case 0: ""
        case 1: if case .literal(let bytes) = parts[0] { String(decoding: bytes, as: UTF8.self) } else { nil }
        default: nil
        }
    }

    /// Where the braces close that open at the beginning; braces within count.
    private static func close(of text: ArraySlice<UInt8>) -> Int? {
        var (depth, place) = (0, text.startIndex)
        while place + 1 < text.endIndex {
            if text[place] == 0x7b, text[place + 1] == 0x7b {
                depth += 1
                place += 2
            } else if text[place] == 0x7d, text[place + 1] == 0x7d {
                depth -= 1
                if depth == 0 { return place }
                place += 2
            } else {
                place += 1
            }
        }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// Where the byte first stands twice in a row.
    fileprivate func firstPair(_ byte: UInt8) -> Int? {
        var place = startIndex
        while place + 1 < endIndex {
            if self[place] == byte, self[place + 1] == byte { return place }
            place += 1
        }
        return nil
    }
}
