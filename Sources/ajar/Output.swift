import Foundation

/// Prints what was asked for on standard output: a table for people, JSON for programs.
enum Output {
    static func print(_ table: TextTable, or value: some Encodable, asJSON: Bool) throws {
        Swift.print(asJSON ? try json(value) : table.text)
    }

    static func print(_ text: String, or value: some Encodable, asJSON: Bool) throws {
        Swift.print(asJSON ? try json(value) : text)
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
