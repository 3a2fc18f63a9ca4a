/// Why an expression cannot be read, or has no value.
package enum ExpressionFault: Error, Hashable, Sendable, CustomStringConvertible {
    case syntax(String)
    case unknownVariable(String)
    case unknownFunction(String)
    /// A function was given what it cannot work with.
    case type(String)
    /// The value would be too large, or the work too much.
    case tooLarge(String)

    package var description: String {
        switch self {
        case .syntax(let what), .type(let what), .tooLarge(let what): what
        case .unknownVariable(let name): "the variable \(name) is not known"
        case .unknownFunction(let name): "the function \(name) is not known"
        }
    }
}

/// Reads expressions: precedence climbing over ``Expression/Operator/strength``.
package struct ExpressionParser {
    /// Bytes of one expression.
    package static let longest = 64 << 10
    /// Parentheses, calls and prefixes inside each other.
    package static let deepest = 64

    private var lexer: ExpressionLexer
    private var token = ExpressionLexer.Token.end
    private let textDepth: Int

    private init(_ source: String, _ depth: Int) throws(ExpressionFault) {
        lexer = ExpressionLexer(source)
        textDepth = depth
        token = try lexer.next()
    }

    /// Reads a whole expression.
    package static func parse(_ source: String, depth: Int = 0) throws(ExpressionFault) -> Expression {
        guard source.utf8.count <= longest else { throw .tooLarge("an expression of over \(longest) bytes") }
        var parser = try ExpressionParser(source, depth)
        let expression = try parser.expression(0)
        guard parser.token == .end else { throw .syntax("something follows the end of the expression") }
        return expression
    }

    /// Reads what stands in double braces: there a name may have hyphens, which nuclei replaces before it reads.
    static func parse(placeholder source: String, depth: Int) throws(ExpressionFault) -> Expression {
        let name = source.trimmingBlanks
        let isName =
            name.contains("-") && name.first?.isLetter == true
            && name.utf8.allSatisfy {
                $0 == 0x2d || $0 == 0x5f || (0x30...0x39).contains($0) || (0x41...0x5a).contains($0)
                    || (0x61...0x7a).contains($0)
            }
        return isName ? .variable(name) : try parse(source, depth: depth)
    }

    private mutating func advance() throws(ExpressionFault) { token = try lexer.next() }

    private mutating func take(_ symbol: String) throws(ExpressionFault) {
        guard token == .symbol(symbol) else { throw .syntax("'\(symbol)' is missing") }
        try advance()
    }

    private mutating func expression(_ depth: Int) throws(ExpressionFault) -> Expression {
        let condition = try binary(0, depth)
        guard token == .symbol("?") else { return condition }
        try advance()
        let yes = try expression(depth + 1)
        guard token == .symbol(":") else { return .choice(condition, yes, nil) }
        try advance()
        return .choice(condition, yes, try expression(depth + 1))
    }

    private mutating func binary(_ least: Int, _ depth: Int) throws(ExpressionFault) -> Expression {
        var left = try prefix(depth)
        while let symbol = operatorHere, symbol.strength > least {
            try advance()
            left = .binary(symbol, left, try binary(symbol.strength, depth + 1))
        }
        return left
    }

    private var operatorHere: Expression.Operator? {
        switch token {
        case .symbol(let symbol): Expression.Operator(rawValue: symbol)
        case .name("in"), .name("IN"): .within
        default: nil
        }
    }

    private mutating func prefix(_ depth: Int) throws(ExpressionFault) -> Expression {
        guard depth < Self.deepest else { throw .tooLarge("more than \(Self.deepest) levels of an expression") }
        switch token {
        case .symbol("!"):
            try advance()
            return .negation(try prefix(depth + 1))
        case .symbol("-"):
            try advance()
            return .minus(try prefix(depth + 1))
        default: return try primary(depth)
        }
    }

    private mutating func primary(_ depth: Int) throws(ExpressionFault) -> Expression {
        let here = token
        try advance()
        switch here {
        case .number(let number): return .constant(.number(number))
        case .text(let text):
            guard text.contains("{{") else { return .constant(Value(text)) }
            return .text(TextTemplate(text, depth: textDepth))
        case .name("true"): return .constant(.truth(true))
        case .name("false"): return .constant(.truth(false))
        case .name(let name):
            guard token == .symbol("(") else { return .variable(name) }
            try advance()
            return .call(name, try arguments(depth + 1))
        case .symbol("("):
            let parts = try arguments(depth + 1)
            if parts.isEmpty { throw .syntax("empty parentheses") }
            return parts.count == 1 ? parts[0] : .list(parts)
        case .symbol(let symbol): throw .syntax("'\(symbol)' where a value is due")
        case .end: throw .syntax("the expression ends where a value is due")
        }
    }

    /// Up to the closing parenthesis.
    private mutating func arguments(_ depth: Int) throws(ExpressionFault) -> [Expression] {
        var arguments: [Expression] = []
        if token == .symbol(")") {
            try advance()
            return []
        }
        while true {
            arguments.append(try expression(depth))
            guard token == .symbol(",") else {
                try take(")")
                return arguments
            }
            try advance()
        }
    }
}

extension String {
    /// Without blanks and line ends before and behind.
    var trimmingBlanks: String {
        let bytes = Array(utf8)
        let isBlank = { (byte: UInt8) in [0x20, 0x09, 0x0a, 0x0d].contains(byte) }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}
