package import Domain
package import Wire

/// What a server answered, and what may be said of how it came.
package struct HTTPReply: Sendable {
    /// Why a body is not whole; the words are WARC's (WARC/1.1 5.13).
    package enum Truncation: String, Codable, CaseIterable, Sendable {
        /// It was longer than the limit.
        case length
        /// It came too slowly, or took too long.
        case time
        /// The server closed the connection, or broke its own framing.
        case disconnect
    }

    package var address: WebAddress
    /// The address that the socket was pinned to.
    package var endpoint: Endpoint
    /// The request, exactly as it was sent.
    package var request: [UInt8]
    /// Status line and fields, exactly as they came, with the empty line.
    package var rawHead: [UInt8]
    /// Interim responses (RFC 9110 15.2) that came before, exactly as they came.
    package var interim: [UInt8]
    package var status: Int
    /// Such as `HTTP/1.1`.
    package var version: String
    package var headers: HTTPFields
    /// Bytes of content received so far, without chunk framing.
    package var contentLength: UInt64
    package var isChunked: Bool
    package var truncated: Truncation?
    /// Where the server broke the protocol, and how; what came before it stands.
    package var fault: String?
    package var began: Timestamp
    package var ended: Timestamp
    package var tls: TLSFacts?
}

/// The parts of a reply, in the order they come: one head, then the body in pieces.
package enum ExchangePart: Sendable {
    /// The reply as known at the end of its head.
    case head(HTTPReply)
    /// `raw` as it came, chunk framing included; `content` without it. Equal when the body is not chunked.
    case body(raw: [UInt8], content: [UInt8])
}

/// How much, and how slowly, a server may answer.
package struct ExchangeLimits: Hashable, Sendable {
    /// Bytes of content, after which the reply is truncated.
    package var contentLength: UInt64
    /// Bytes a second, averaged over ``rateWindow``, below which a reply is truncated.
    package var minimumRate: Int
    package var rateWindow: Duration
    /// How long the head may take from the request on.
    package var head: Duration
    /// How long the whole exchange may take.
    package var total: Duration
    package var connect: Duration

    package init(
        contentLength: UInt64 = 4 << 30,
        minimumRate: Int = 1_024,
        rateWindow: Duration = .seconds(60),
        head: Duration = .seconds(30),
        total: Duration = .seconds(3_600),
        connect: Duration = .seconds(5)
    ) {
        self.contentLength = contentLength
        self.minimumRate = minimumRate
        self.rateWindow = rateWindow
        self.head = head
        self.total = total
        self.connect = connect
    }
}
