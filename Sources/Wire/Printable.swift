/// Bytes of a server as text for facts: UTF-8 where it is valid; control characters and stray bytes made visible.
package func printable(_ bytes: some Collection<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self), text.unicodeScalars.allSatisfy({ $0.value >= 0x20 }),
        !text.unicodeScalars.contains("\u{7f}")
    {
        return text
    }
    return bytes.map { byte in
        (0x20...0x7e).contains(byte)
            ? String(UnicodeScalar(byte)) : "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
}
