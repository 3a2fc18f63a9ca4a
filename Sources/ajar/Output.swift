import Foundation

/// Prints what was asked for on standard output: a table for people, JSON for programs.
enum Output {
    static func print(_ table: TextTable, or value: some Encodable, asJSON: Bool) throws {
        Swift.print(asJSON ? try json(value) : table.text)
    }

    static func print(_ text: String, or value: some Encodable, asJSON: Bool) throws {
        Swift.print(asJSON ? try json(value) : text)
    }

    static func json(_ value: some Encodable, isPretty: Bool = true) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(value), as: UTF8.self).escapingControls
    }
}

extension String {
    /// JSON in which no string holds what a terminal could take for a command, or what turns the direction of writing.
    fileprivate var escapingControls: String {
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff:
                let digits = String(scalar.value, radix: 16)
                text += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars
            default: text.append(scalar)
            }
        }
        return String(text)
    }
}
