/// Character references of HTML (`&amp;`, `&#x4E2D;`), decoded to UTF-8 bytes.
package enum HTMLReferences {
    /// The longest reference that is looked at, from `&` to `;`.
    private static let maximumLength = 12

    private static let named: [String: UInt32] = [
        "amp": 0x26, "lt": 0x3c, "gt": 0x3e, "quot": 0x22, "apos": 0x27, "nbsp": 0xa0, "copy": 0xa9, "reg": 0xae,
        "laquo": 0xab, "raquo": 0xbb, "middot": 0xb7, "shy": 0xad, "ndash": 0x2013, "mdash": 0x2014, "lsquo": 0x2018,
        "rsquo": 0x2019, "ldquo": 0x201c, "rdquo": 0x201d, "bull": 0x2022, "hellip": 0x2026, "trade": 0x2122,
        "colon": 0x3a, "sol": 0x2f, "period": 0x2e, "num": 0x23, "lpar": 0x28, "rpar": 0x29, "Tab": 0x09,
        "NewLine": 0x0a,
    ]

    /// The bytes with every known reference replaced. What is no reference, or an unknown one, stays as it stands.
    package static func decode(_ bytes: [UInt8]) -> [UInt8] {
        guard var next = bytes.firstIndex(of: UInt8(ascii: "&")) else { return bytes }
        var decoded = Array(bytes[..<next])
        while next < bytes.endIndex {
            if bytes[next] == UInt8(ascii: "&"), let (scalar, end) = reference(in: bytes, at: next) {
                decoded += Array(String(scalar).utf8)
                next = end
            } else {
                decoded.append(bytes[next])
                next += 1
            }
        }
        return decoded
    }

    private static func reference(in bytes: [UInt8], at start: Int) -> (UnicodeScalar, end: Int)? {
        let rest = bytes[(start + 1)...].prefix(maximumLength)
        if rest.first == UInt8(ascii: "#") { return number(rest.dropFirst()) }
        let name = rest.prefix { $0 != UInt8(ascii: ";") }
        guard name.endIndex < rest.endIndex, let value = named[String(decoding: name, as: UTF8.self)] else {
            return nil
        }
        return UnicodeScalar(value).map { ($0, name.endIndex + 1) }
    }

    private static func number(_ text: ArraySlice<UInt8>) -> (UnicodeScalar, end: Int)? {
        let isHexadecimal = text.first == UInt8(ascii: "x") || text.first == UInt8(ascii: "X")
        let radix = isHexadecimal ? 16 : 10
        let digits = (isHexadecimal ? text.dropFirst() : text).prefix { isDigit($0, radix) }
        guard let value = UInt32(String(decoding: digits, as: UTF8.self), radix: radix) else { return nil }
        let end = digits.endIndex < text.endIndex && text[digits.endIndex] == UInt8(ascii: ";") ? 1 : 0
        return (UnicodeScalar(value) ?? "\u{fffd}", digits.endIndex + end)
    }

    private static func isDigit(_ byte: UInt8, _ radix: Int) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
        default: false
        }
    }
}
