extension Expression.Operator {
    /// The value of two operands; `&&`, `||` and `??` look at their right side only where they must, and so not here.
    func apply(_ left: Value, _ right: Value, in surroundings: Surroundings) throws(ExpressionFault) -> Value {
        switch self {
        case .equal: return .truth(left == right)
        case .unequal: return .truth(left != right)
        case .less, .more, .atMost, .atLeast: return .truth(try compare(left, right))
        case .matches, .matchesNot:
            let isMatch = try Functions.matches(right.string, left.bytes, in: surroundings)
            return .truth(isMatch == (self == .matches))
        case .within:
            guard case .list(let parts) = right else { throw .type("'in' needs a list") }
            return .truth(parts.contains(left))
        case .plus: return try sum(left, right)
        case .minus, .times, .dividedBy, .modulo, .power: return .number(try arithmetic(left, right))
        case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight: return .number(try bits(left, right))
        case .and, .or, .otherwise: throw .type("\(rawValue) is not applied to values")
        }
    }

    private func compare(_ left: Value, _ right: Value) throws(ExpressionFault) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): return inOrder(left, right)
        case (.text(let left), .text(let right)):
            if self == .atMost || self == .atLeast, left == right { return true }
            let isLess = left.lexicographicallyPrecedes(right)
            return self == .less || self == .atMost ? isLess : !isLess && left != right
        default: throw .type("'\(rawValue)' compares two numbers or two texts")
        }
    }

    private func inOrder(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .less: left < right
        case .more: left > right
        case .atMost: left <= right
        default: left >= right
        }
    }

    private func sum(_ left: Value, _ right: Value) throws(ExpressionFault) -> Value {
        if case .number(let left) = left, case .number(let right) = right { return .number(left + right) }
        guard left.isText || right.isText else { throw .type("'+' adds numbers or joins texts") }
        let text = left.bytes + right.bytes
        guard text.count <= Bindings.longestText else {
            throw .tooLarge("a text of over \(Bindings.longestText) bytes")
        }
        return .text(text)
    }

    private func arithmetic(_ left: Value, _ right: Value) throws(ExpressionFault) -> Double {
        guard case .number(let left) = left, case .number(let right) = right else {
            throw .type("'\(rawValue)' needs two numbers")
        }
        switch self {
        case .minus: return left - right
        case .times: return left * right
        case .power: return power(left, right)
        default:
            guard right != 0 else { throw .type("a division by nothing") }
            return self == .modulo ? left.truncatingRemainder(dividingBy: right) : left / right
        }
    }

    /// Whole powers only; others are no part of any template.
    private func power(_ base: Double, _ exponent: Double) -> Double {
        guard exponent == exponent.rounded(), abs(exponent) <= 1_024 else { return .nan }
        let product = (0..<Int(abs(exponent))).reduce(1.0) { product, _ in product * base }
        return exponent < 0 ? 1 / product : product
    }

    private func bits(_ left: Value, _ right: Value) throws(ExpressionFault) -> Double {
        guard case .number(let left) = left, case .number(let right) = right, let left = Int64(exactly: left),
            let right = Int64(exactly: right)
        else { throw .type("'\(rawValue)' needs two whole numbers") }
        switch self {
        case .bitAnd: return Double(left & right)
        case .bitOr: return Double(left | right)
        case .bitXor: return Double(left ^ right)
        case .shiftLeft: return Double(left << min(max(right, 0), 63))
        default: return Double(left >> min(max(right, 0), 63))
        }
    }
}

extension Value {
    fileprivate var isText: Bool {
        if case .text = self { true } else { false }
    }
}
