/// Where in the vault something lies: the handle by which every later fact, claim and exhibit leads back to bytes.
package struct Seal: Hashable, Codable, Sendable {
    /// The number of the leaf in the ledger.
    package var leaf: UInt64
    /// The record's name, `urn:uuid:…`, as in its WARC-Record-ID.
    package var record: String
    /// The SHA-256 of the payload: a response's decoded body, or the whole block of a record that is no response.
    package var payload: Digest?
    /// The payload's length in bytes.
    package var length: UInt64
    /// Where in the payload the part begins that proves a fact, for records that hold many; nil for the whole of it.
    package var offset: UInt64?

    package init(leaf: UInt64, record: String, payload: Digest?, length: UInt64, offset: UInt64? = nil) {
        self.leaf = leaf
        self.record = record
        self.payload = payload
        self.length = length
        self.offset = offset
    }
}
