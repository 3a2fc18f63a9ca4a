package import Domain
package import Wire

/// What a name server answered, with the bytes that prove it.
package struct DNSReply: Hashable, Sendable {
    package var question: DNSQuestion
    package var server: Endpoint
    package var transport: Transport
    /// The query as it was sent, without TCP's length.
    package var query: [UInt8]
    /// The messages as they came, without TCP's lengths: one, or for a zone transfer as many as it took.
    package var messages: [[UInt8]]
    /// The response code of the first message.
    package var code: UInt8
    package var isAuthoritative: Bool
    package var answers: [DNSRecord]
    package var authorities: [DNSRecord]
    package var additional: [DNSRecord]
    /// Whether a zone transfer came to its end, or an answer was whole.
    package var isComplete: Bool
    package var at: Timestamp

    /// The records of the answer section in the catalogue's form.
    package func nameRecords(seal: Seal?) -> [NameRecord] {
        answers.map { NameRecord(owner: "\($0.owner)", type: "\($0.type)", data: $0.data, seal: seal) }
    }
}
