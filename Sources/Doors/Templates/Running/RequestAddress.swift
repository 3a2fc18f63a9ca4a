import Domain

/// The address of a request from a template's text: bytes that an address may not hold are percent-encoded.
enum RequestAddress {
    static func read(_ text: [UInt8]) -> WebAddress? {
        let written = text.prefix { $0 != UInt8(ascii: "#") }.flatMap { byte -> [UInt8] in
            (0x21...0x7e).contains(byte) ? [byte] : [0x25] + Functions.hexadecimal([byte])
        }
        return WebAddress(String(decoding: written, as: UTF8.self))
    }
}
