import Crypto
package import Domain

/// Takes in what comes by another protocol than HTTP, as it arrives, and seals it with the dialogue that brought it.
///
/// It may be of any length: up to ``VaultLimits/bodyInMemory`` it is held, beyond that it is streamed to the disk. Exactly one
/// of ``finish(truncated:dialogue:)`` and ``abandon()`` ends it.
package actor ResourceWriter {
    /// Bytes that are gathered before they go to the disk.
    private static let gathered = 1 << 18
    /// The room kept for the WARC header of a streamed record, its target not counted.
    private static let headerRoom = 1_536

    private let scribe: Scribe
    private let record: ResourceRecord
    private let expected: UInt64
    private let limits: VaultLimits
    private let clock: CaseClock
    private var body: [UInt8]
    private var length: UInt64 = 0
    private var hash = SHA256()
    private var stream: String?
    private var hasEnded = false

    init(scribe: Scribe, record: ResourceRecord, expecting expected: UInt64, limits: VaultLimits, clock: CaseClock) {
        self.scribe = scribe
        self.record = record
        self.expected = expected
        self.limits = limits
        self.clock = clock
        body = record.bytes
        hash.update(data: record.bytes)
        length = UInt64(record.bytes.count)
    }

    /// The next bytes.
    package func append(_ bytes: [UInt8]) async throws(VaultError) {
        guard !hasEnded else { throw VaultError(.closed, "add to a record that has ended") }
        hash.update(data: bytes)
        length += UInt64(bytes.count)
        body += bytes
        if stream == nil, body.count <= limits.bodyInMemory { return }
        if stream != nil, body.count < Self.gathered { return }
        try await spill()
    }

    private func spill() async throws(VaultError) {
        let bytes = body
        body = []
        if let stream { return try await scribe.write(bytes, to: stream) }
        let opened = try await scribe.openStream(
            request: nil,
            room: Self.headerRoom + WARCHeader.target(record.target).utf8.count,
            expecting: max(expected, length),
            at: record.at
        )
        stream = opened
        try await scribe.write(bytes, to: opened)
    }

    /// Seals what came, and behind it the dialogue that brought it, where it is given; each names the other. `truncated` is
    /// one of WARC's words (`length`, `time`, `disconnect`, `unspecified`) when it is not whole.
    package func finish(
        truncated: String? = nil,
        dialogue: ResourceRecord? = nil
    ) async throws(VaultError) -> SealedResource {
        guard !hasEnded else { throw VaultError(.closed, "finish a record that has ended") }
        hasEnded = true
        let names = (own: newRecordName(), dialogue: newRecordName())
        var leaf = leaf(record, names.own, beside: dialogue == nil ? nil : names.dialogue)
        leaf.ended = clock.now()
        leaf.truncated = truncated.map(WARCHeader.mediaType)
        let mayRevisit = truncated == nil && length > 0
        let beside = dialogue.map {
            [Draft.record(NewRecord(self.leaf($0, names.dialogue, beside: names.own), block: $0.bytes))]
        }
        let leaves: [Leaf]
        if let stream {
            try await scribe.write(body, to: stream)
            let digest = Domain.Digest(hash.finalize())
            leaf.block = digest
            leaf.payload = Leaf.Payload(digest: digest, length: length, head: 0, isChunked: false)
            leaves = try await scribe.finish(
                stream,
                response: leaf,
                head: [],
                mayRevisit: mayRevisit,
                beside: beside ?? []
            )
        } else {
            let own = NewRecord(leaf, block: body, mayRevisit: mayRevisit)
            leaves = try await scribe.submit([.record(own)] + (beside ?? []))
        }
        return SealedResource(resource: leaves[0].seal, dialogue: leaves.count > 1 ? leaves[1].seal : nil)
    }

    /// Drops what was taken in; nothing of it is sealed.
    package func abandon() async {
        guard !hasEnded else { return }
        hasEnded = true
        body = []
        if let stream { await scribe.abandon(stream) }
    }

    private func leaf(_ record: ResourceRecord, _ name: String, beside other: String?) -> Leaf {
        var leaf = Leaf(record.kind == .resource ? .resource : .metadata, at: record.at)
        leaf.target = WARCHeader.target(record.target)
        leaf.contentType = WARCHeader.mediaType(record.contentType)
        leaf.endpoint = record.endpoint
        leaf.record = name
        leaf.concurrent = other
        return leaf
    }
}

/// A resource whose every byte is durable.
package struct SealedResource: Hashable, Sendable {
    package var resource: Seal
    /// Of the dialogue that brought it.
    package var dialogue: Seal?
}
