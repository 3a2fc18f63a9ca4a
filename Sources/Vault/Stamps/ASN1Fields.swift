import SwiftASN1

/// The fields of a structure in DER, taken one after the other.
struct ASN1Fields {
    private var rest: ArraySlice<ASN1Node>

    /// Throws ``StampFault`` for what is no structure of the kind.
    init(_ node: ASN1Node, _ identifier: ASN1Identifier = .sequence) throws(StampFault) {
        guard node.identifier == identifier, case .constructed(let nodes) = node.content else {
            throw StampFault("a field is not what the standard says")
        }
        rest = Array(nodes)[...]
    }

    init(nodes: [ASN1Node]) {
        rest = nodes[...]
    }

    /// The number in a context-specific tag.
    static func tag(_ number: UInt) -> ASN1Identifier {
        ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }

    mutating func next(_ identifier: ASN1Identifier) throws(StampFault) -> ASN1Node {
        guard let node = optional(identifier) else { throw StampFault("a field is missing") }
        return node
    }

    mutating func optional(_ identifier: ASN1Identifier) -> ASN1Node? {
        guard rest.first?.identifier == identifier else { return nil }
        return rest.popFirst()
    }

    mutating func sequence() throws(StampFault) -> ASN1Fields { try ASN1Fields(try next(.sequence)) }

    mutating func name() throws(StampFault) -> ASN1ObjectIdentifier {
        let node = try next(.objectIdentifier)
        return try StampFault.reading { try ASN1ObjectIdentifier(derEncoded: node) }
    }

    mutating func bytes() throws(StampFault) -> [UInt8] {
        let node = try next(.octetString)
        return try StampFault.reading { Array(try ASN1OctetString(derEncoded: node).bytes) }
    }

    mutating func number() throws(StampFault) -> [UInt8] {
        guard case .primitive(let bytes) = try next(.integer).content else { throw StampFault("a number is none") }
        return Array(bytes)
    }

    /// All that is left.
    mutating func others() -> [ASN1Node] {
        defer { rest = [] }
        return Array(rest)
    }
}

/// What is wrong with a time-stamp, in words.
struct StampFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    static func reading<Value>(_ work: () throws -> Value) throws(StampFault) -> Value {
        do { return try work() } catch { throw StampFault("cannot be read as the standard says: \(error)") }
    }
}
