import Domain
import Foundation

/// Whom withheld bytes are encrypted to: an X25519 public key (RFC 7748), written `ajar-lock+ID+BASE64`.
///
/// The ID is made of the key, so that a slip of the pen is found before bytes are encrypted to a key that nobody has.
package struct Recipient: Hashable, Sendable {
    static let mark = "ajar-lock"

    /// The key's 32 bytes.
    let key: Data

    init(key: Data) {
        self.key = key
    }

    /// Nil for what is no key as ``description`` writes it.
    package init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.mark, let key = Data(base64Encoded: String(parts[2])), key.count == 32
        else { return nil }
        self.init(key: key)
        // As bytes: nothing that merely looks the same is the same key.
        guard description.utf8.elementsEqual(text.utf8) else { return nil }
    }
}

extension Recipient: CustomStringConvertible {
    package var description: String { "\(Self.mark)+\(id)+\(key.base64EncodedString())" }
}

extension Recipient: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let recipient = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no key of a recipient")
        }
        self = recipient
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
