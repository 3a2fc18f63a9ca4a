import Foundation
import Vault

/// Writes a JSON-LD document with a `@graph`, one node at a time: there may be a million.
struct JSONGraph {
    private let draft: BundleDraft
    private let name: String
    private let file: NewFile
    private let encoder: JSONEncoder
    private var isEmpty = true

    /// Begins a document with the members of `head`, which has at least one.
    init(in draft: BundleDraft, named name: String, head: some Encodable) throws(VaultError) {
        self.draft = draft
        self.name = name
        file = try draft.make(name)
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try file.append(Array(try Self.encode(head, encoder).dropLast()))
        try file.append(",\"@graph\":[\n")
    }

    mutating func add(_ node: some Encodable) throws(VaultError) {
        try separate()
        try file.append(try Self.encode(node, encoder))
    }

    /// Adds a node with at least one member, and one more member that is a list of any length.
    mutating func add(
        _ node: some Encodable,
        listing member: String,
        _ body: ((any Encodable) throws(VaultError) -> Void) throws(VaultError) -> Void
    ) throws(VaultError) {
        try separate()
        try file.append(Array(try Self.encode(node, encoder).dropLast()))
        try file.append(",\"\(member)\":[")
        let (file, encoder) = (file, encoder)
        var isFirst = true
        try body { (item) throws(VaultError) in
            if !isFirst { try file.append(",") }
            isFirst = false
            try file.append(try Self.encode(item, encoder))
        }
        try file.append("]}")
    }

    mutating func finish() throws(VaultError) {
        try file.append("\n]}\n")
        try draft.close(file, as: name)
    }

    private mutating func separate() throws(VaultError) {
        if !isEmpty { try file.append(",\n") }
        isEmpty = false
    }

    private static func encode(_ value: any Encodable, _ encoder: JSONEncoder) throws(VaultError) -> [UInt8] {
        do { return Array(try encoder.encode(value)) } catch { throw VaultError(.tooLong, "write JSON: \(error)") }
    }
}
