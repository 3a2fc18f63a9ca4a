package import Domain
import Synchronization

/// What the variables of an expression stand for, and the bounds of the work.
package struct Bindings: Sendable {
    package var values: [String: Value]
    package let surroundings: Surroundings

    package init(_ values: [String: Value] = [:], in surroundings: Surroundings = Surroundings()) {
        self.values = values
        self.surroundings = surroundings
    }

    package subscript(name: String) -> Value? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// The longest text that an expression may make.
    package static let longestText = 16 << 20

    /// The value of an expression; an error is "cannot tell", never false.
    package func value(of expression: Expression) throws(ExpressionFault) -> Value {
        switch expression {
        case .constant(let value): return value
        case .text(let text): return .text(try self.text(of: text))
        case .variable(let name):
            guard let value = values[name] else { throw .unknownVariable(name) }
            return value
        case .call(let name, let arguments):
            var values: [Value] = []
            for argument in arguments { values.append(try value(of: argument)) }
            return try Functions.call(name, values, in: surroundings)
        case .negation(let inner): return .truth(try truth(of: inner) ? false : true)
        case .minus(let inner): return .number(-(try number(of: inner)))
        case .binary(let symbol, let left, let right): return try binary(symbol, left, right)
        case .choice(let condition, let yes, let no):
            if try truth(of: condition) { return try value(of: yes) }
            guard let no else { return .truth(false) }
            return try value(of: no)
        case .list(let parts):
            var values: [Value] = []
            for part in parts { values.append(try value(of: part)) }
            return .list(values)
        }
    }

    /// The value of an expression that must be true or false.
    package func truth(of expression: Expression) throws(ExpressionFault) -> Bool {
        guard let truth = try value(of: expression).truth else {
            throw .type("a condition that is neither true nor false")
        }
        return truth
    }

    private func number(of expression: Expression) throws(ExpressionFault) -> Double {
        guard case .number(let number) = try value(of: expression) else { throw .type("a number is due") }
        return number
    }

    /// The text with its placeholders filled in. Throws where one cannot be.
    package func text(of template: TextTemplate) throws(ExpressionFault) -> [UInt8] {
        var text: [UInt8] = []
        for part in template.parts {
            switch part {
            case .literal(let bytes): text += bytes
            case .expression(let expression, _): text += try value(of: expression).bytes
            }
            guard text.count <= Self.longestText else { throw .tooLarge("a text of over \(Self.longestText) bytes") }
        }
        return text
    }

    /// The text in which placeholders that have no value stay as they are written.
    package func textAsFarAsKnown(of template: TextTemplate) -> [UInt8] {
        var text: [UInt8] = []
        for part in template.parts {
            switch part {
            case .literal(let bytes): text += bytes
            case .expression(let expression, let source):
                do { text += try value(of: expression).bytes } catch { text += Array("{{\(source)}}".utf8) }
            }
        }
        return text
    }

    private func binary(
        _ symbol: Expression.Operator,
        _ left: Expression,
        _ right: Expression
    ) throws(ExpressionFault) -> Value {
        switch symbol {
        case .and: return .truth(try truth(of: left) ? truth(of: right) : false)
        case .or: return .truth(try truth(of: left) ? true : truth(of: right))
        case .otherwise:
            do { return try value(of: left) } catch { return try value(of: right) }
        default: return try symbol.apply(try value(of: left), try value(of: right), in: surroundings)
        }
    }
}

/// What expressions reach beyond their variables: the clock, chance, and the patterns that were compiled.
package final class Surroundings: Sendable {
    package let now: Timestamp
    private let seed: @Sendable () -> UInt64
    /// Guards the patterns compiled so far; more than ``mostPatterns`` are compiled each time anew.
    private let patterns = Mutex<[String: Pattern]>([:])
    private static let mostPatterns = 20_000

    package init(
        now: Timestamp = Timestamp(microseconds: 0),
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
    ) {
        self.now = now
        seed = random
    }

    package func pattern(_ source: String) throws(Pattern.Fault) -> Pattern {
        if let known = patterns.withLock({ $0[source] }) { return known }
        let made = try Pattern(source)
        patterns.withLock { if $0.count < Self.mostPatterns { $0[source] = made } }
        return made
    }

    /// A random number below `bound`.
    func random(below bound: Int) -> Int { Int(seed() % UInt64(max(bound, 1))) }

    /// So many random characters of an alphabet.
    package func text(_ count: Int, of alphabet: String) -> [UInt8] {
        let letters = Array(alphabet.utf8)
        return (0..<max(count, 0)).map { _ in letters[random(below: letters.count)] }
    }
}
