package import Domain

/// Bytes to be sealed that are no HTTP exchange: a banner, a DNS answer, a file fetched over FTP, a stage's own state.
package struct ResourceRecord: Sendable {
    /// How the WARC record is typed.
    package enum Kind: String, Sendable {
        /// Something that was received.
        case resource
        /// Something that was made here to describe what was received.
        case metadata
    }

    /// What the bytes are of: a URI, such as `ftp://…`, `dns:…`, `ajar:outcome/…`. At most 8 KiB, no blanks.
    package var target: String
    /// The media type of the bytes.
    package var contentType: String
    package var bytes: [UInt8]
    /// When they were received or made.
    package var at: Timestamp
    package var kind: Kind
    /// The peer they came from.
    package var endpoint: Endpoint?

    package init(
        target: String,
        contentType: String,
        bytes: [UInt8],
        at: Timestamp,
        kind: Kind = .resource,
        endpoint: Endpoint? = nil
    ) {
        self.target = target
        self.contentType = contentType
        self.bytes = bytes
        self.at = at
        self.kind = kind
        self.endpoint = endpoint
    }
}
