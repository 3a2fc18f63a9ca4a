import Crypto
import Foundation

extension Recipient {
    /// The first eight bytes of the key's SHA-256, in hexadecimal digits: by this people tell keys apart.
    package var id: String {
        SHA256.hash(data: key).prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
