import Crypto
import Domain

/// Takes one exchange in as it arrives, and seals it.
///
/// The body may be of any length: up to ``VaultLimits/bodyInMemory`` it is held, beyond that it is streamed to the disk.
/// Exactly one of ``finish(truncated:)`` and ``abandon()`` ends it.
package actor ExchangeWriter {
    /// Bytes that are gathered before they go to the disk.
    private static let gathered = 1 << 18
    /// The room kept for the WARC header of a streamed response, its target not counted.
    private static let headerRoom = 1_536

    private let scribe: Scribe
    private let exchange: ExchangeHead
    private let limits: VaultLimits
    private let clock: CaseClock
    private let names = (request: newRecordName(), response: newRecordName())
    private var head: [UInt8] = []
    private var body: [UInt8] = []
    private var hashes = BodyHashes()
    private var stream: String?
    private var hasEnded = false

    init(scribe: Scribe, exchange: ExchangeHead, limits: VaultLimits, clock: CaseClock) {
        self.scribe = scribe
        self.exchange = exchange
        self.limits = limits
        self.clock = clock
    }

    /// The answer's status line and header as received, with the empty line. It comes before any of the body.
    package func append(head: [UInt8]) async throws(VaultError) {
        guard hashes.length == 0 else { throw VaultError(.closed, "add a header behind a body") }
        guard self.head.count + head.count <= limits.bodyInMemory else {
            throw VaultError(.tooLong, "seal the header of \(exchange.address)")
        }
        self.head += head
    }

    /// A piece of the body: as received, and without the transfer's framing. The two are equal when it is not chunked.
    package func append(raw: [UInt8], content: [UInt8]) async throws(VaultError) {
        guard !hasEnded else { throw VaultError(.closed, "add to an exchange that has ended") }
        hashes.begin(head)
        hashes.update(raw: raw, content: content)
        body += raw
        if stream == nil, body.count <= limits.bodyInMemory { return }
        if stream != nil, body.count < Self.gathered { return }
        try await spill()
    }

    private func spill() async throws(VaultError) {
        let bytes = body
        body = []
        if let stream { return try await scribe.write(bytes, to: stream) }
        let room = Self.headerRoom + (request.leaf.target?.utf8.count ?? 0)
        let opened = try await scribe.openStream(
            request: request,
            room: room,
            expecting: contentLength ?? UInt64(limits.bodyInMemory),
            at: exchange.began
        )
        stream = opened
        try await scribe.write(head + bytes, to: opened)
    }

    /// Seals the exchange. `truncated` is one of WARC's words (`length`, `time`, `disconnect`, `unspecified`) when the
    /// body was cut.
    package func finish(truncated: String? = nil) async throws(VaultError) -> SealedExchange {
        guard !hasEnded else { throw VaultError(.closed, "finish an exchange that has ended") }
        hasEnded = true
        hashes.begin(head)
        let response = response(truncated: truncated)
        let mayRevisit = truncated == nil && (response.payload?.length ?? 0) > 0
        let leaves: [Leaf]
        if let stream {
            try await scribe.write(body, to: stream)
            leaves = try await scribe.finish(stream, response: response, head: head, mayRevisit: mayRevisit)
        } else {
            let record = NewRecord(response, head: head, body: body, mayRevisit: mayRevisit)
            leaves = try await scribe.submit([.record(request), .record(record)])
        }
        return SealedExchange(
            request: leaves[0].seal,
            response: leaves[1].seal,
            isIdentical: leaves[1].kind == .identical
        )
    }

    /// Drops what was taken in; nothing of it is sealed.
    package func abandon() async {
        guard !hasEnded else { return }
        hasEnded = true
        body = []
        if let stream { await scribe.abandon(stream) }
    }

    private var request: NewRecord {
        var leaf = leaf(.request, record: names.request, concurrent: names.response)
        leaf.contentType = "application/http;msgtype=request"
        return NewRecord(leaf, block: exchange.request)
    }

    private func response(truncated: String?) -> Leaf {
        let isUnchanged = isNotModified && hashes.length == 0 && exchange.prior != nil
        var leaf = leaf(isUnchanged ? .notModified : .captured, record: names.response, concurrent: names.request)
        leaf.contentType = "application/http;msgtype=response"
        leaf.ended = clock.now()
        leaf.truncated = truncated.map(WARCHeader.mediaType)
        leaf.refersTo = isUnchanged ? exchange.prior?.leaf : nil
        leaf.facts = exchange.facts.isEmpty ? nil : exchange.facts
        let digests = hashes.finish()
        leaf.block = digests.block
        if !isUnchanged { leaf.payload = digests.payload }
        leaf.payload?.head = head.count
        return leaf
    }

    private func leaf(_ kind: Leaf.Kind, record: String, concurrent: String) -> Leaf {
        var leaf = Leaf(kind, at: exchange.began)
        leaf.target = WARCHeader.target(exchange.address.description)
        leaf.endpoint = exchange.endpoint
        leaf.record = record
        leaf.concurrent = concurrent
        return leaf
    }

    private var isNotModified: Bool {
        guard let status = head.prefix(16).split(separator: UInt8(ascii: " ")).dropFirst().first else { return false }
        return status.elementsEqual("304".utf8)
    }

    /// What the header promises of the body's length; only a hint for where to put it.
    private var contentLength: UInt64? {
        for line in head.split(separator: UInt8(ascii: "\n")).dropFirst() {
            let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1)
            guard parts.count == 2, String(decoding: parts[0], as: UTF8.self).lowercased() == "content-length" else {
                continue
            }
            let value = parts[1].filter { (0x30...0x39).contains($0) }
            return UInt64(String(decoding: value, as: UTF8.self)).map { min($0, 1 << 50) }
        }
        return nil
    }
}
