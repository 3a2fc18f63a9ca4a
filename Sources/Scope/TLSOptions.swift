/// How to open a TLS connection. Certificates are never trusted and always recorded.
package struct TLSOptions: Hashable, Sendable {
    /// The name to ask for (SNI, RFC 6066 3); an address is never sent.
    package var serverName: String?
    /// Protocols to offer (ALPN, RFC 7301), such as `http/1.1`.
    package var alpn: [String]
    /// The versions to offer.
    package var versions: ClosedRange<TLSVersion>

    package init(
        serverName: String? = nil,
        alpn: [String] = [],
        versions: ClosedRange<TLSVersion> = .tls10 ... .tls13
    ) {
        self.serverName = serverName
        self.alpn = alpn
        self.versions = versions
    }
}

/// A version of TLS that a handshake can offer.
package enum TLSVersion: Int, Comparable, CaseIterable, Sendable {
    case tls10, tls11, tls12, tls13

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What a TLS handshake showed.
package struct TLSFacts: Hashable, Sendable {
    /// Such as `TLS 1.3`.
    package var version: String
    /// The cipher suite's name, or its number as `0xc02f` where it has none here.
    package var cipher: String
    /// The certificates as the server presented them, its own first.
    package var certificateChainDER: [[UInt8]]
    /// The protocol the server chose.
    package var alpn: String?
    /// The name that was asked for.
    package var serverName: String?

    package init(
        version: String,
        cipher: String,
        certificateChainDER: [[UInt8]],
        alpn: String?,
        serverName: String?
    ) {
        self.version = version
        self.cipher = cipher
        self.certificateChainDER = certificateChainDER
        self.alpn = alpn
        self.serverName = serverName
    }
}
