package import Domain
import Foundation
package import GRDB

// Values are stored as the text by which people know them, so that the file can be read with any SQLite tool.

/// A value whose column holds its text, not the JSON that GRDB would write for a Codable value.
package protocol TextColumn: DatabaseValueConvertible, LosslessStringConvertible, Codable {}

extension TextColumn {
    package var databaseValue: DatabaseValue { description.databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> Self? {
        String.fromDatabaseValue(value).flatMap(Self.init(_:))
    }
}

extension IPAddress: TextColumn {}
extension Endpoint: TextColumn {}
extension Digest: TextColumn {}
extension WebAddress: TextColumn {}
extension PathName: TextColumn {}
extension RunID: TextColumn {}
extension JobID: TextColumn {}
extension AddressSet: TextColumn {}

extension Timestamp: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue { microseconds.databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> Timestamp? {
        Int64.fromDatabaseValue(value).map(Timestamp.init(microseconds:))
    }
}

/// A nested value in a column of JSON.
struct JSONText<Value: Codable> {
    var text: String

    init(_ value: Value) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        text = String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// The column's text, or nil for nil.
    static func text(_ value: Value?) throws -> String? {
        try value.map { try JSONText($0).text }
    }
}

extension Row {
    /// The value in a column of JSON.
    func decoded<Value: Codable>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        let text: String = self[column]
        return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    /// The value in a column of JSON that may be empty.
    func decodedIfPresent<Value: Codable>(_ column: String, as type: Value.Type = Value.self) throws -> Value? {
        let text: String? = self[column]
        return try text.map { try JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
    }
}
