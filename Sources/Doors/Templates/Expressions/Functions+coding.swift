import Crypto
import Foundation

extension Functions {
    /// Texts in other forms.
    static let codingFunctions: [Function] = [
        Function("base64", 1) { arguments, _ throws(ExpressionFault) in
            Value(Data(arguments[0].bytes).base64EncodedString())
        },
        Function("base64_py", 1) { arguments, _ throws(ExpressionFault) in
            .text(base64InLines(arguments[0].bytes))
        },
        Function("base64_decode", 1) { arguments, _ throws(ExpressionFault) in
            .text(try base64Decoded(arguments[0].bytes))
        },
        Function("hex_encode", 1) { arguments, _ throws(ExpressionFault) in
            .text(hexadecimal(arguments[0].bytes))
        },
        Function("hex_decode", 1) { arguments, _ throws(ExpressionFault) in
            .text(try Self.bytes(hexadecimal: arguments[0].bytes))
        },
        Function("url_encode", 1...2) { arguments, _ throws(ExpressionFault) in
            .text(percentEncoded(arguments[0].bytes))
        },
        Function("url_decode", 1) { arguments, _ throws(ExpressionFault) in
            .text(try percentDecoded(arguments[0].bytes))
        },
        Function("html_escape", 1) { arguments, _ throws(ExpressionFault) in
            .text(htmlEscaped(arguments[0].bytes))
        },
        Function("html_unescape", 1) { arguments, _ throws(ExpressionFault) in
            .text(htmlUnescaped(arguments[0].bytes))
        },
    ]

    /// Sums over texts.
    static let hashFunctions: [Function] = [
        Function("md5", 1) { arguments, _ throws(ExpressionFault) in
            .text(hexadecimal(Array(Insecure.MD5.hash(data: arguments[0].bytes))))
        },
        Function("sha1", 1) { arguments, _ throws(ExpressionFault) in
            .text(hexadecimal(Array(Insecure.SHA1.hash(data: arguments[0].bytes))))
        },
        Function("sha256", 1) { arguments, _ throws(ExpressionFault) in
            .text(hexadecimal(Array(SHA256.hash(data: arguments[0].bytes))))
        },
        Function("sha512", 1) { arguments, _ throws(ExpressionFault) in
            .text(hexadecimal(Array(SHA512.hash(data: arguments[0].bytes))))
        },
        Function("mmh3", 1) { arguments, _ throws(ExpressionFault) in
            Value("\(murmur3(arguments[0].bytes))")
        },
        Function("crc32", 1) { arguments, _ throws(ExpressionFault) in
            Value("\(crc32(arguments[0].bytes))")
        },
        Function("hmac", 3) { arguments, _ throws(ExpressionFault) in
            .text(try authenticated(arguments))
        },
    ]

    private static func authenticated(_ arguments: [Value]) throws(ExpressionFault) -> [UInt8] {
        let key = SymmetricKey(data: arguments[2].bytes)
        switch arguments[0].string {
        case "sha1":
            return hexadecimal(Array(HMAC<Insecure.SHA1>.authenticationCode(for: arguments[1].bytes, using: key)))
        case "sha256": return hexadecimal(Array(HMAC<SHA256>.authenticationCode(for: arguments[1].bytes, using: key)))
        case "sha512": return hexadecimal(Array(HMAC<SHA512>.authenticationCode(for: arguments[1].bytes, using: key)))
        default: throw .type("hmac with \(arguments[0].string)")
        }
    }

    private static func base64Decoded(_ text: [UInt8]) throws(ExpressionFault) -> [UInt8] {
        guard let data = Data(base64Encoded: Data(text), options: .ignoreUnknownCharacters) else {
            throw .type("no base64")
        }
        return Array(data)
    }

    /// As Python's `base64.encodebytes` has it: lines of 76 characters, each with its end.
    static func base64InLines(_ bytes: [UInt8]) -> [UInt8] {
        let text = Array(Data(bytes).base64EncodedString().utf8)
        return stride(from: 0, to: text.count, by: 76).flatMap { text[$0..<min($0 + 76, text.count)] + [0x0a] }
    }
}
