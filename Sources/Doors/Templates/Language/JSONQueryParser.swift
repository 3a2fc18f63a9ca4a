/// Reads the queries that ``JSONQuery`` runs: `|` binds loosest, then `,`, then `+`.
struct JSONQueryParser {
    private let text: [Unicode.Scalar]
    private var place = 0

    private init(_ source: String) { text = Array(source.unicodeScalars) }

    /// Parentheses inside each other.
    private static let deepest = 32

    static func parse(_ source: String) throws(ExpressionFault) -> JSONQuery.Step {
        guard source.utf8.count <= 8_192 else { throw .tooLarge("a query of over 8 KiB") }
        var parser = JSONQueryParser(source)
        let step = try parser.pipe(0)
        guard parser.peek() == nil else { throw .syntax("a query that is not understood") }
        return step
    }

    private mutating func peek() -> Unicode.Scalar? {
        while place < text.count, text[place].properties.isWhitespace { place += 1 }
        return place < text.count ? text[place] : nil
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        place += 1
        return true
    }

    private mutating func pipe(_ depth: Int) throws(ExpressionFault) -> JSONQuery.Step {
        guard depth < Self.deepest else { throw .tooLarge("a query of over \(Self.deepest) levels") }
        var step = try comma(depth)
        while take("|") { step = .pipe(step, try comma(depth)) }
        return step
    }

    private mutating func comma(_ depth: Int) throws(ExpressionFault) -> JSONQuery.Step {
        var step = try sum(depth)
        while take(",") { step = .both(step, try sum(depth)) }
        return step
    }

    private mutating func sum(_ depth: Int) throws(ExpressionFault) -> JSONQuery.Step {
        var step = try term(depth)
        while take("+") { step = .sum(step, try term(depth)) }
        return step
    }

    private mutating func term(_ depth: Int) throws(ExpressionFault) -> JSONQuery.Step {
        guard let next = peek() else { throw .syntax("the query ends where a value is due") }
        var step: JSONQuery.Step
        if take("(") {
            step = try pipe(depth + 1)
            guard take(")") else { throw .syntax("')' is missing") }
        } else if next == "\"" {
            step = .constant(.text(try quoted()))
        } else if next == "." {
            step = .identity
            if place + 1 < text.count, text[place + 1] == "[" { place += 1 }
        } else if next.properties.numericType != nil {
            step = .constant(.number(Double(try number())))
        } else {
            let name = name()
            guard JSONQuery.functions.contains(name), peek() != "(" else { throw .syntax("the function \(name)") }
            step = .call(name)
        }
        return try suffixes(of: step)
    }

    private mutating func suffixes(of start: JSONQuery.Step) throws(ExpressionFault) -> JSONQuery.Step {
        var step = start
        while place < text.count {
            if text[place] == "." {
                place += 1
                guard place < text.count else { return step }
                if text[place] == "[" { continue }
                let name = text[place] == "\"" ? try quoted() : name()
                if name.isEmpty { return step }
                step = .member(step, name, isOptional: mark())
            } else if text[place] == "[" {
                place += 1
                step = try bracket(after: step)
            } else {
                return step
            }
        }
        return step
    }

    private mutating func bracket(after step: JSONQuery.Step) throws(ExpressionFault) -> JSONQuery.Step {
        if take("]") { return .each(step, isOptional: mark()) }
        if peek() == "\"" {
            let name = try quoted()
            guard take("]") else { throw .syntax("']' is missing") }
            return .member(step, name, isOptional: mark())
        }
        let isNegative = take("-")
        let place = try number()
        guard take("]") else { throw .syntax("']' is missing") }
        return .element(step, isNegative ? -place : place, isOptional: mark())
    }

    /// The question mark that lets a step give nothing.
    private mutating func mark() -> Bool {
        guard place < text.count, text[place] == "?" else { return false }
        place += 1
        return true
    }

    private mutating func name() -> String {
        let start = place
        while place < text.count,
            text[place] == "_" || text[place].properties.isAlphabetic
                || text[place].properties.numericType != nil
        { place += 1 }
        return String(String.UnicodeScalarView(text[start..<place]))
    }

    private mutating func number() throws(ExpressionFault) -> Int {
        guard let number = Int(name()) else { throw .syntax("a number is due") }
        return number
    }

    private mutating func quoted() throws(ExpressionFault) -> String {
        _ = take("\"")
        var letters = String.UnicodeScalarView()
        while place < text.count {
            let scalar = text[place]
            place += 1
            if scalar == "\"" { return String(letters) }
            if scalar == "\\" {
                guard place < text.count, text[place] != "(" else { throw .syntax("a text within a text") }
                letters.append(text[place])
                place += 1
            } else {
                letters.append(scalar)
            }
        }
        throw .syntax("a text without its closing quote")
    }
}
