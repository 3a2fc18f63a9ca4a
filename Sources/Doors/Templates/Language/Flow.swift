/// The order and conditions of a template's blocks: `http(1) && (http(2) || dns())`.
///
/// nuclei takes JavaScript here; read is what calls blocks and joins them by `&&`, `||` and `!`. Everything else is refused.
package indirect enum Flow: Hashable, Sendable {
    /// One block by its number in ``Template/blocks``.
    case block(Int)
    /// All blocks of one protocol, in order; true where each matches.
    case all([Int])
    case and(Flow, Flow)
    case or(Flow, Flow)
    case not(Flow)
    /// One statement after the other; the value is the last one's.
    case sequence([Flow])

    /// Reads a flow. `blocks` has the protocol's name and the id of each block.
    package static func parse(
        _ source: String,
        blocks: [(name: String, id: String?)]
    ) throws(ExpressionFault) -> Flow {
        var statements: [Flow] = []
        for line in source.split(whereSeparator: { $0 == "\n" || $0 == ";" }) {
            let line = String(line).trimmingBlanks
            if line.isEmpty || line.hasPrefix("//") { continue }
            statements.append(try Flow(ExpressionParser.parse(line), blocks))
            guard statements.count <= 64 else { throw .tooLarge("a flow of over 64 statements") }
        }
        guard let first = statements.first else { throw .syntax("an empty flow") }
        return statements.count == 1 ? first : .sequence(statements)
    }

    private init(_ expression: Expression, _ blocks: [(name: String, id: String?)]) throws(ExpressionFault) {
        switch expression {
        case .binary(.and, let left, let right): self = .and(try Flow(left, blocks), try Flow(right, blocks))
        case .binary(.or, let left, let right): self = .or(try Flow(left, blocks), try Flow(right, blocks))
        case .negation(let inner): self = .not(try Flow(inner, blocks))
        case .call(let name, let arguments): self = try Self.call(name, arguments, blocks)
        default: throw .syntax("a flow that does more than call requests")
        }
    }

    private static func call(
        _ name: String,
        _ arguments: [Expression],
        _ blocks: [(name: String, id: String?)]
    ) throws(ExpressionFault) -> Flow {
        let name = ["requests": "http", "network": "tcp"][name] ?? name
        let own = blocks.indices.filter { blocks[$0].name == name }
        guard !own.isEmpty else { throw .syntax("the flow calls \(name), which the template has not") }
        guard !arguments.isEmpty else { return own.count == 1 ? .block(own[0]) : .all(own) }
        var called: [Int] = []
        for argument in arguments {
            guard case .constant(let value) = argument else { throw .syntax("a flow that computes what it calls") }
            if case .number(let number) = value, number >= 1, number <= Double(own.count), number == number.rounded() {
                called.append(own[Int(number) - 1])
            } else if case .text = value,
                let block = own.first(where: { blocks[$0].id == value.string })
                    ?? Int(value.string).flatMap({ number in
                        (1...own.count).contains(number) ? own[number - 1] : nil
                    })
            {
                called.append(block)
            } else {
                throw .syntax("the flow calls \(name)(\(value.string.prefix(40))), which the template has not")
            }
        }
        return called.count == 1 ? .block(called[0]) : .all(called)
    }
}
