/// The header fields of a message, in order and as they came (RFC 9110 5).
package struct HTTPFields: Hashable, Sendable {
    /// One field line.
    package struct Field: Hashable, Sendable {
        package var name: String
        /// The value without the white space around it: bytes, for servers put any encoding here.
        package var value: [UInt8]

        package init(_ name: String, _ value: some Sequence<UInt8>) {
            self.name = name
            self.value = Array(value)
        }

        /// The value as text; bytes that are no UTF-8 read as replacement characters.
        package var text: String { String(decoding: value, as: UTF8.self) }
    }

    package var fields: [Field]

    package init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// The value of the first field of that name, whatever the letters' case.
    package subscript(name: String) -> String? { first(name)?.text }

    /// The bytes of the first field of that name.
    package func bytes(of name: String) -> [UInt8]? { first(name)?.value }

    /// The values of all fields of that name, in order.
    package func all(_ name: String) -> [String] {
        let wanted = name.lowercased()
        return fields.filter { $0.name.lowercased() == wanted }.map(\.text)
    }

    private func first(_ name: String) -> Field? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }
    }
}

extension HTTPFields: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { fields.count }
    package subscript(position: Int) -> Field { fields[position] }
}
