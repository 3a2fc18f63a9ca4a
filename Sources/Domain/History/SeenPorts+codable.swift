extension SeenPorts: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let bytes = [UInt8](base64: text), let ports = SeenPorts(coded: bytes) else {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no coded ports")
            throw DecodingError.dataCorrupted(context)
        }
        self = ports
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(coded.base64)
    }
}

/// The 64 digits of RFC 4648, section 4.
private let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

extension [UInt8] {
    /// RFC 4648, section 4.
    fileprivate var base64: String {
        var text: [UInt8] = []
        text.reserveCapacity((count + 2) / 3 * 4)
        var place = 0
        while place < count {
            let left = Swift.min(3, count - place)
            let second = left > 1 ? UInt32(self[place + 1]) : 0
            let third = left > 2 ? UInt32(self[place + 2]) : 0
            let group = UInt32(self[place]) << 16 | second << 8 | third
            for digit in 0..<4 {
                let isPadding = digit > left
                text.append(isPadding ? UInt8(ascii: "=") : digits[Int(group >> UInt32(18 - 6 * digit)) & 63])
            }
            place += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for a text that is no base64.
    fileprivate init?(base64 text: String) {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        self = []
        reserveCapacity(text.utf8.count / 4 * 3)
        var (group, bits): (UInt32, UInt32) = (0, 0)
        for digit in text.utf8 where digit != UInt8(ascii: "=") {
            let value = values[Int(digit)]
            guard value < 64 else { return nil }
            group = group << 6 | UInt32(value)
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            append(UInt8(truncatingIfNeeded: group >> bits))
            group &= (1 << bits) - 1
        }
    }
}
