/// Encodings and sums that functions use, on bytes.
extension Functions {
    private static let hexDigits = Array("0123456789abcdef".utf8)

    static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { [hexDigits[Int($0 >> 4)], hexDigits[Int($0 & 15)]] }
    }

    /// The bytes that an even number of hexadecimal digits stands for.
    static func bytes(hexadecimal text: [UInt8]) throws(ExpressionFault) -> [UInt8] {
        guard text.count.isMultiple(of: 2) else { throw .type("an odd number of hexadecimal digits") }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: text.count, by: 2) {
            guard let high = nibble(text[place]), let low = nibble(text[place + 1]) else {
                throw .type("no hexadecimal digits")
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        case 0x41...0x46: digit - 0x41 + 10
        default: nil
        }
    }

    /// As Go's `url.QueryEscape`, save that a blank is `%20`.
    static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: [byte]
            default: [0x25] + hexadecimal([byte]).map { (0x61...0x66).contains($0) ? $0 - 0x20 : $0 }
            }
        }
    }

    static func percentDecoded(_ text: [UInt8]) throws(ExpressionFault) -> [UInt8] {
        var (bytes, place): ([UInt8], Int) = ([], 0)
        while place < text.count {
            if text[place] == 0x25 {
                guard place + 2 < text.count else { throw .type("a percent sign without its digits") }
                bytes += try Self.bytes(hexadecimal: Array(text[(place + 1)...(place + 2)]))
                place += 3
            } else {
                bytes.append(text[place] == 0x2b ? 0x20 : text[place])
                place += 1
            }
        }
        return bytes
    }

    private static let entities: [(String, String)] = [
        ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&#34;"), ("'", "&#39;"),
    ]

    static func htmlEscaped(_ text: [UInt8]) -> [UInt8] {
        text.flatMap { byte in
            entities.first { $0.0.utf8.first == byte }.map { Array($0.1.utf8) } ?? [byte]
        }
    }

    static func htmlUnescaped(_ text: [UInt8]) -> [UInt8] {
        let named = entities.reversed() + [("\"", "&quot;"), ("'", "&apos;"), ("/", "&#x2F;"), ("'", "&#x27;")]
        var string = String(decoding: text, as: UTF8.self)
        for (character, entity) in named where entity != "&amp;" { string = string.replacing(entity, with: character) }
        return Array(string.replacing("&amp;", with: "&").utf8)
    }

    /// MurmurHash3, 32 bits, without a seed, read as a number with a sign: the sum that favicons are known by.
    package static func murmur3(_ bytes: [UInt8]) -> Int32 {
        var hash: UInt32 = 0
        let mix = { (word: UInt32) -> UInt32 in
            let scrambled = word &* 0xcc9e_2d51
            return (scrambled << 15 | scrambled >> 17) &* 0x1b87_3593
        }
        let whole = bytes.count / 4 * 4
        for place in stride(from: 0, to: whole, by: 4) {
            let word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
            hash ^= mix(word)
            hash = (hash << 13 | hash >> 19) &* 5 &+ 0xe654_6b64
        }
        let tail = (whole..<bytes.count).reduce(UInt32(0)) { $0 | UInt32(bytes[$1]) << UInt32(8 * ($1 - whole)) }
        if whole < bytes.count { hash ^= mix(tail) }
        hash ^= UInt32(truncatingIfNeeded: bytes.count)
        hash = (hash ^ hash >> 16) &* 0x85eb_ca6b
        hash = (hash ^ hash >> 13) &* 0xc2b2_ae35
        return Int32(bitPattern: hash ^ hash >> 16)
    }

    /// CRC-32 as Ethernet and gzip have it.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xedb8_8320 : sum >> 1 }
        }
    }
}
