extension Decoder {
    /// Decodes a single string and reads it as a value, or fails with what was expected.
    package func decodeText<Value: LosslessStringConvertible>(_ expected: String) throws -> Value {
        let container = try singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Value(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not \(expected)")
        }
        return value
    }
}

extension Encoder {
    /// Encodes a value as its text.
    package func encodeText(_ value: some LosslessStringConvertible) throws {
        var container = singleValueContainer()
        try container.encode(value.description)
    }
}
