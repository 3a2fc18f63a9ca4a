/// What an expression of a template works with. Text is bytes: bodies are in no certain encoding.
package enum Value: Hashable, Sendable {
    case text([UInt8])
    case number(Double)
    case truth(Bool)
    case list([Value])

    package init(_ text: String) { self = .text(Array(text.utf8)) }

    package init(_ number: Int) { self = .number(Double(number)) }

    /// As text: whole numbers without a point, a list's parts within brackets and apart by blanks.
    package var bytes: [UInt8] {
        switch self {
        case .text(let bytes): bytes
        case .truth(let truth): Array("\(truth)".utf8)
        case .number(let number): Array(Self.written(number).utf8)
        case .list(let values): Array("[".utf8) + values.map(\.bytes).joined(separator: [0x20]) + Array("]".utf8)
        }
    }

    package var string: String { String(decoding: bytes, as: UTF8.self) }

    static func written(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
        return "\(number)"
    }

    var truth: Bool? {
        if case .truth(let truth) = self { truth } else { nil }
    }

    /// The number, also where text holds one.
    var number: Double? {
        switch self {
        case .number(let number): number
        case .text(let bytes): Double(String(decoding: bytes, as: UTF8.self))
        case .truth, .list: nil
        }
    }

    /// The parts of a list; a single value is a list of one.
    var parts: [Value] {
        if case .list(let values) = self { values } else { [self] }
    }
}
