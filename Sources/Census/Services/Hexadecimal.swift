/// Bytes as lower-case hexadecimal digits.
enum Hexadecimal {
    static func pair(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
