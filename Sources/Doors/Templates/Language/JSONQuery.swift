/// A query over JSON in the part of jq's language that templates use: paths, `[]`, `,`, `|`, `+`, texts, and a few functions.
package struct JSONQuery: Hashable, Sendable {
    indirect enum Step: Hashable, Sendable {
        case identity
        case constant(JSONValue)
        case member(Step, String, isOptional: Bool)
        case element(Step, Int, isOptional: Bool)
        case each(Step, isOptional: Bool)
        case pipe(Step, Step)
        case both(Step, Step)
        case sum(Step, Step)
        case call(String)
    }

    /// The query as it is written.
    package let source: String
    private let step: Step

    /// Values that one step may give.
    private static let mostValues = 10_000

    package init(_ source: String) throws(ExpressionFault) {
        self.source = source
        step = try JSONQueryParser.parse(source)
    }

    /// What the query gives; an error within it is thrown, as jq ends with it.
    package func values(in document: JSONValue) throws(ExpressionFault) -> [JSONValue] {
        try Self.run(step, document)
    }

    private static func run(_ step: Step, _ input: JSONValue) throws(ExpressionFault) -> [JSONValue] {
        var values: [JSONValue] = []
        switch step {
        case .identity: values = [input]
        case .constant(let value): values = [value]
        case .call(let name): values = [try call(name, input)]
        case .both(let left, let right): values = try run(left, input) + run(right, input)
        case .pipe(let left, let right):
            for value in try run(left, input) {
                values += try run(right, value)
                guard values.count <= mostValues else { break }
            }
        case .sum(let left, let right):
            for second in try run(right, input) {
                for first in try run(left, input) { values.append(try sum(first, second)) }
                guard values.count <= mostValues else { break }
            }
        case .member(let inner, let name, let isOptional):
            for value in try run(inner, input) {
                if case .object = value {
                    values.append(value.member(name) ?? .null)
                } else if value == .null {
                    values.append(.null)
                } else if !isOptional {
                    throw .type("no object to take \(name) from")
                }
            }
        case .element(let inner, let number, let isOptional):
            for value in try run(inner, input) {
                if case .list(let list) = value {
                    let place = number < 0 ? list.count + number : number
                    values.append(list.indices.contains(place) ? list[place] : .null)
                } else if value == .null {
                    values.append(.null)
                } else if !isOptional {
                    throw .type("no list")
                }
            }
        case .each(let inner, let isOptional):
            for value in try run(inner, input) {
                switch value {
                case .list(let list): values += list
                case .object(let members): values += members.map(\.value)
                default: if !isOptional { throw .type("nothing to go through") }
                }
            }
        }
        guard values.count <= mostValues else { throw .tooLarge("a query with over \(mostValues) values") }
        return values
    }

    private static func sum(_ left: JSONValue, _ right: JSONValue) throws(ExpressionFault) -> JSONValue {
        switch (left, right) {
        case (.null, let value), (let value, .null): return value
        case (.number(let left), .number(let right)): return .number(left + right)
        case (.text(let left), .text(let right)): return .text(left + right)
        case (.list(let left), .list(let right)): return .list(left + right)
        default: throw .type("'+' of two kinds")
        }
    }

    /// Functions without arguments.
    static let functions: Set<String> = [
        "tostring", "length", "keys", "first", "last", "ascii_downcase", "ascii_upcase", "type", "not",
    ]

    private static func call(_ name: String, _ input: JSONValue) throws(ExpressionFault) -> JSONValue {
        switch (name, input) {
        case ("tostring", _): return .text(input.shown)
        case ("length", .null): return .number(0)
        case ("length", .text(let text)): return .number(Double(text.unicodeScalars.count))
        case ("length", .list(let list)): return .number(Double(list.count))
        case ("length", .object(let members)): return .number(Double(members.count))
        case ("keys", .object(let members)): return .list(members.map(\.name).sorted().map { .text($0) })
        case ("first", .list(let list)): return list.first ?? .null
        case ("last", .list(let list)): return list.last ?? .null
        case ("ascii_downcase", .text(let text)): return .text(text.lowercased())
        case ("ascii_upcase", .text(let text)): return .text(text.uppercased())
        case ("not", _): return .truth(input == .null || input == .truth(false))
        case ("type", _): return .text(kind(input))
        default: throw .type("\(name) of this")
        }
    }

    private static func kind(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .truth: "boolean"
        case .number: "number"
        case .text: "string"
        case .list: "array"
        case .object: "object"
        }
    }
}
