package import Domain

/// What is known of an exchange before the answer comes.
package struct ExchangeHead: Sendable {
    package var address: WebAddress
    /// The peer the connection was pinned to.
    package var endpoint: Endpoint
    /// The request, byte for byte as it was sent.
    package var request: [UInt8]
    package var began: Timestamp
    /// What else is known of the connection, by name, such as `tls.spki`; written into the ledger.
    package var facts: [String: String]
    /// The most bytes of names and values in `facts`.
    package static let longestFacts = 4_096

    /// The exchange whose answer the request asked to compare with; a 304 is then sealed as a revisit of it.
    package var prior: Seal?

    package init(
        address: WebAddress,
        endpoint: Endpoint,
        request: [UInt8],
        began: Timestamp,
        facts: [String: String] = [:],
        prior: Seal? = nil
    ) {
        self.address = address
        self.endpoint = endpoint
        self.request = request
        self.began = began
        self.facts = facts
        self.prior = prior
    }

    /// Whether the address and the facts, as they are escaped there, leave a leaf the room it needs for all else.
    var fitsLeaf: Bool {
        let target = WARCHeader.target(address.description).utf8.count
        let facts = facts.reduce(0) { $0 + Self.escapedLength($1.key) + Self.escapedLength($1.value) + 6 }
        return target + facts <= EntryBundle.longestEntry - 4_096
    }

    /// The length of a text in JSON, at most.
    private static func escapedLength(_ text: String) -> Int {
        text.utf8.reduce(0) { $0 + ($1 < 0x20 || $1 == 0x7f ? 6 : $1 == 0x22 || $1 == 0x5c ? 2 : 1) }
    }
}

/// An exchange whose every byte is durable.
package struct SealedExchange: Hashable, Codable, Sendable {
    package var request: Seal
    /// Its payload is the SHA-256 of the content, its length the content's.
    package var response: Seal
    /// Whether the payload was known before, so that a revisit was written and no second copy.
    package var isIdentical: Bool

    package init(request: Seal, response: Seal, isIdentical: Bool) {
        self.request = request
        self.response = response
        self.isIdentical = isIdentical
    }
}
