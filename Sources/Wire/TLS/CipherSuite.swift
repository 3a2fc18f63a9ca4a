/// Reads from the first flight of a TLS server which cipher suite it chose (RFC 8446 4.1.3, RFC 5246 7.4.1.3).
package enum CipherSuite {
    /// The suite's number, or nil while the bytes hold no whole ServerHello up to it.
    package static func chosen(inServerFlight bytes: some Sequence<UInt8>) -> UInt16? {
        var reader = ByteReader(bytes)
        do {
            guard try reader.readUInt8() == 22 else { return nil }
            try reader.skip(4)
            guard try reader.readUInt8() == 2 else { return nil }
            try reader.skip(3 + 2 + 32)
            try reader.skip(Int(reader.readUInt8()))
            return try reader.readUInt16()
        } catch {
            return nil
        }
    }

    /// The registered name (IANA TLS Cipher Suites) of a suite that servers commonly choose, else its number.
    package static func name(of suite: UInt16) -> String {
        if let name = names[suite] { return name }
        let digits = String(suite, radix: 16)
        return "0x" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    private static let names: [UInt16: String] = [
        0x000a: "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        0x002f: "TLS_RSA_WITH_AES_128_CBC_SHA",
        0x0035: "TLS_RSA_WITH_AES_256_CBC_SHA",
        0x009c: "TLS_RSA_WITH_AES_128_GCM_SHA256",
        0x009d: "TLS_RSA_WITH_AES_256_GCM_SHA384",
        0x1301: "TLS_AES_128_GCM_SHA256",
        0x1302: "TLS_AES_256_GCM_SHA384",
        0x1303: "TLS_CHACHA20_POLY1305_SHA256",
        0xc009: "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        0xc00a: "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        0xc013: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        0xc014: "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
        0xc027: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
        0xc02b: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        0xc02c: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        0xc02f: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        0xc030: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        0xcca8: "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        0xcca9: "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    ]
}
