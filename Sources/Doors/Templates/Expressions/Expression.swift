/// An expression as matchers, variables and placeholders hold them: Go's govaluate with the functions of nuclei.
package indirect enum Expression: Hashable, Sendable {
    case constant(Value)
    /// Text with placeholders in it.
    case text(TextTemplate)
    case variable(String)
    case call(String, [Expression])
    case negation(Expression)
    case minus(Expression)
    case binary(Operator, Expression, Expression)
    /// Condition, then, else; without an else the value is false where the condition is.
    case choice(Expression, Expression, Expression?)
    case list([Expression])

    /// Operators, by how they are written.
    package enum Operator: String, Hashable, Sendable, CaseIterable {
        case or = "||"
        case and = "&&"
        case equal = "=="
        case unequal = "!="
        case atMost = "<="
        case atLeast = ">="
        case less = "<"
        case more = ">"
        case matches = "=~"
        case matchesNot = "!~"
        case within = "in"
        case otherwise = "??"
        case bitAnd = "&"
        case bitOr = "|"
        case bitXor = "^"
        case shiftLeft = "<<"
        case shiftRight = ">>"
        case plus = "+"
        case minus = "-"
        case times = "*"
        case power = "**"
        case dividedBy = "/"
        case modulo = "%"

        /// The higher, the tighter; the order of govaluate.
        var strength: Int {
            switch self {
            case .otherwise: 1
            case .or: 2
            case .and: 3
            case .equal, .unequal, .atMost, .atLeast, .less, .more, .matches, .matchesNot, .within: 4
            case .bitAnd, .bitOr, .bitXor: 5
            case .shiftLeft, .shiftRight: 6
            case .plus, .minus: 7
            case .times, .dividedBy, .modulo: 8
            case .power: 9
            }
        }
    }

    /// What it reads, and the functions that it calls.
    var mentions: (variables: Set<String>, functions: Set<String>) {
        switch self {
        case .constant: ([], [])
        case .text(let text): text.mentions
        case .variable(let name): ([name], [])
        case .call(let name, let arguments): Self.joined(arguments, calling: name)
        case .negation(let inner), .minus(let inner): inner.mentions
        case .binary(_, let left, let right): Self.joined([left, right])
        case .choice(let condition, let yes, let no): Self.joined([condition, yes] + (no.map { [$0] } ?? []))
        case .list(let parts): Self.joined(parts)
        }
    }

    private static func joined(_ parts: [Expression], calling name: String? = nil) -> (Set<String>, Set<String>) {
        parts.reduce(into: ([], name.map { [$0] } ?? [])) { sum, part in
            let mentions = part.mentions
            sum.0.formUnion(mentions.variables)
            sum.1.formUnion(mentions.functions)
        }
    }

    /// The patterns that it matches with, where they are constants: they are compiled before anything is asked.
    var constantPatterns: [String] {
        switch self {
        case .constant, .variable: []
        case .text(let text): text.expressions.flatMap(\.constantPatterns)
        case .call(let name, let arguments):
            arguments.flatMap(\.constantPatterns) + Functions.patternArguments(name, arguments)
        case .negation(let inner), .minus(let inner): inner.constantPatterns
        case .binary(.matches, let left, .constant(let value)), .binary(.matchesNot, let left, .constant(let value)):
            left.constantPatterns + [value.string]
        case .binary(_, let left, let right): left.constantPatterns + right.constantPatterns
        case .choice(let condition, let yes, let no):
            condition.constantPatterns + yes.constantPatterns + (no?.constantPatterns ?? [])
        case .list(let parts): parts.flatMap(\.constantPatterns)
        }
    }
}
