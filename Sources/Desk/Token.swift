import Crypto

/// The secret that opens the desk: 256 bits, made anew at each start.
package struct Token: Sendable {
    /// 64 hexadecimal digits.
    package let text: String

    /// A fresh one.
    package init() {
        let digits = Array("0123456789abcdef".utf8)
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        text = String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Eight digits by which one desk's token is told from another's: of its SHA-256, which does not lead back to it.
    var mark: String {
        SHA256.hash(data: Array(text.utf8)).prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Compares without telling by its time where the two differ.
    func matches(_ candidate: String) -> Bool {
        let (expected, given) = (Array(text.utf8), Array(candidate.utf8))
        guard expected.count == given.count else { return false }
        return zip(expected, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
