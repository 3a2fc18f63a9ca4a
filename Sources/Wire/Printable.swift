/// Bytes of a server as text for facts: UTF-8 where it is valid; control characters and stray bytes made visible.
package func printable(_ bytes: some Collection<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self), text.unicodeScalars.allSatisfy(\.isHarmless) { return text }
    return bytes.map { byte in
        (0x20...0x7e).contains(byte)
            ? String(UnicodeScalar(byte)) : "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
}

extension UnicodeScalar {
    /// Whether showing it changes nothing but itself. What joins letters (U+200C, U+200D) belongs to some scripts; what
    /// turns the direction of writing, and what terminals take for commands, is never shown.
    fileprivate var isHarmless: Bool {
        switch value {
        case 0..<0x20, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: false
        default: true
        }
    }
}
