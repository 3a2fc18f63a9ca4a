import Domain
import Foundation

/// One line of the ledger: what happened, and where the bytes that prove it lie.
struct Leaf: Codable, Hashable, Sendable {
    enum Kind: String, Codable {
        /// The ledger's first leaf: its key, clock and the tool that made it.
        case created
        /// A segment was begun.
        case segment
        case request
        /// An answer with its payload.
        case captured
        /// An answer, or other bytes, whose payload was sealed before.
        case identical
        /// An answer that said that nothing changed.
        case notModified
        case resource
        case metadata
        case runStarted
        case runEnded
        case outcome
        /// Bytes of an unfinished write, set aside when the vault was opened.
        case recovered
        /// Something that a person did with the case.
        case custody
        /// That the bytes of an earlier record are withheld, by whom and why. Sealed before they are removed.
        case withheld
        /// That the bytes which an earlier leaf withheld are removed.
        case erased
        /// That an earlier leaf, which would withhold something and was found unsigned, counts for nothing.
        case disowned
        /// That a whole segment is kept in the case's store, or no longer is.
        case stored
        /// Something that a later version writes. It is never written.
        case unknown

        init(from decoder: any Decoder) throws {
            self = Self(rawValue: try decoder.singleValueContainer().decode(String.self)) ?? .unknown
        }

        /// Whether `at` is when it was sealed, and not when something was seen.
        var isDated: Bool { [.created, .runStarted, .runEnded, .outcome, .recovered].contains(self) }

        /// What a record of this kind is called when something is wrong with it.
        var noun: String {
            switch self {
            case .segment: "description"
            case .captured: "answer"
            case .identical, .notModified: "revisit"
            case .runStarted: "beginning"
            case .runEnded: "end"
            case .unknown: "record"
            case .custody: "act"
            case .withheld: "withholding"
            case .created, .request, .resource, .metadata, .outcome, .recovered, .erased, .disowned, .stored: rawValue
            }
        }
    }

    /// Where a WARC record lies, and what its header was.
    struct Place: Codable, Hashable {
        /// The most bytes of a WARC header: the longest target, percent-encoded, twice, and the other fields.
        static let longestHeader = 1 << 18

        /// The number of the segment.
        var segment: UInt32
        var offset: UInt64
        /// The whole record, with the four bytes that end it.
        var length: UInt64
        /// The length of the WARC header, with the empty line.
        var header: Int
        /// The SHA-256 of the WARC header.
        var digest: Digest
    }

    /// What a record holds for its readers.
    struct Payload: Codable, Hashable {
        var digest: Digest
        var length: UInt64
        /// The length of the HTTP header before it in the block.
        var head: Int
        /// Whether the block has it in chunks (RFC 9112, section 7.1).
        var isChunked: Bool
    }

    /// The fact by which a leaf says that the clock had jumped, and by how many microseconds.
    static let clockJump = "clockJump"

    var number: UInt64 = 0
    var kind: Kind
    /// When what it tells of began.
    var at: Timestamp
    var ended: Timestamp?
    var target: String?
    /// The WARC record's name, `urn:uuid:…`.
    var record: String?
    var place: Place?
    /// The SHA-256 of the record's block.
    var block: Digest?
    var payload: Payload?
    var contentType: String?
    var endpoint: Endpoint?
    /// The record of the same exchange.
    var concurrent: String?
    /// The leaf that has the payload, for `identical` and `notModified`.
    var refersTo: UInt64?
    /// Why the body is cut, in WARC's words.
    var truncated: String?
    /// The SHA-256 of the checkpoint that was signed over exactly the leaves before this one; nil where none was. So the
    /// ledger itself says which checkpoints there were, and one that is taken away is missed.
    var checkpoint: Digest?
    var facts: [String: String]?

    /// Canonical JSON: sorted keys, no blanks.
    func encoded() throws(VaultError) -> [UInt8] {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let bytes = Array(try encoder.encode(self))
            guard bytes.count <= EntryBundle.longestEntry else { throw VaultError(.tooLong, "write a leaf") }
            return bytes
        } catch let error as VaultError { throw error } catch { throw VaultError(.tooLong, "write a leaf: \(error)") }
    }

    init(_ bytes: [UInt8], number: UInt64) throws(VaultError) {
        do { self = try JSONDecoder().decode(Leaf.self, from: Data(bytes)) } catch {
            throw VaultError(.damaged, "read leaf \(number): \(error)")
        }
        guard self.number == number else { throw VaultError(.damaged, "find leaf \(number): it says \(self.number)") }
        guard isPossible else { throw VaultError(.damaged, "read leaf \(number): no record can lie where it says") }
    }

    /// Whether its numbers can be reckoned with. Leaves that no checkpoint covers may have been written by anybody.
    private var isPossible: Bool {
        if let payload, payload.head < 0 || payload.head > Int32.max { return false }
        guard let place else { return true }
        let (end, overflows) = place.offset.addingReportingOverflow(place.length)
        guard !overflows, end <= UInt64(Int64.max), (0...Place.longestHeader).contains(place.header) else {
            return false
        }
        let around = UInt64(place.header + Segment.recordEnd.count)
        return place.length >= around && place.length - around >= UInt64(payload?.head ?? 0)
    }

    init(_ kind: Kind, at: Timestamp) {
        self.kind = kind
        self.at = at
    }

    /// The handle that the rest of the program holds.
    var seal: Seal {
        Seal(leaf: number, record: record ?? "", payload: payload?.digest, length: payload?.length ?? 0)
    }
}
