import Domain
import Foundation

/// What a locked file begins with: lines of text, and an empty one.
///
/// All lines but the last are authenticated with every piece of the bytes, so that no file opens in another's place.
struct LockHeader: Hashable {
    /// A longer header is none.
    static let longest = 4_096
    private static let form = "ajar-locked/1"
    /// The numbers of RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305.
    private static let suite = "0x0020 0x0001 0x0003"
    /// The length of an encapsulated X25519 key.
    static let encapsulatedLength = 32

    /// The most bytes that are encrypted at a time.
    static let piece = 1 << 20
    /// By how many bytes each piece is longer when it is encrypted.
    static let tag = 16

    var recipient: Recipient
    /// The WARC-Record-ID of the record that the bytes are of.
    var record: String
    /// The SHA-256 of that record's block, with its HTTP header.
    var block: Digest
    /// How many bytes are encrypted.
    var length: UInt64
    /// The sender's ephemeral public key (RFC 9180, section 4.1).
    var encapsulated: Data

    /// What every piece is bound to: the `info` of RFC 9180.
    var info: String {
        """
        \(Self.form)
        suite: \(Self.suite)
        recipient: \(recipient)
        record: \(record)
        block: \(block)
        piece: \(Self.piece)
        length: \(length)

        """
    }

    /// The header as it is written.
    var bytes: [UInt8] { Array("\(info)encapsulated: \(encapsulated.base64EncodedString())\n\n".utf8) }

    /// The length of a whole file.
    var fileLength: UInt64 {
        let pieces = (length + UInt64(Self.piece) - 1) / UInt64(Self.piece)
        return UInt64(bytes.count) + length + pieces * UInt64(Self.tag)
    }

    init(recipient: Recipient, record: String, block: Digest, length: UInt64, encapsulated: Data) {
        self.recipient = recipient
        self.record = record
        self.block = block
        self.length = length
        self.encapsulated = encapsulated
    }

    /// Reads what a file begins with; nil when it is no header as it is written here.
    init?(beginningOf bytes: [UInt8]) {
        let front = bytes.prefix(Self.longest)
        guard let end = front.firstEmptyLine, let text = String(validating: front[..<end], as: UTF8.self) else {
            return nil
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        func value(_ line: Int, _ name: String) -> String? {
            lines[line].hasPrefix("\(name): ") ? String(lines[line].dropFirst(name.count + 2)) : nil
        }
        guard lines.count == 8, let recipient = value(2, "recipient").flatMap({ Recipient($0) }),
            let record = value(3, "record"), let block = value(4, "block").flatMap({ Digest($0) }),
            let length = value(6, "length").flatMap({ UInt64($0) }), length <= UInt64(Int64.max) >> 1,
            let encapsulated = value(7, "encapsulated").flatMap({ Data(base64Encoded: $0) }),
            encapsulated.count == Self.encapsulatedLength
        else { return nil }
        self.init(recipient: recipient, record: record, block: block, length: length, encapsulated: encapsulated)
        // Written in one way alone: whatever else stood in it would be nobody's word.
        guard self.bytes.elementsEqual(front[..<(end + 2)]) else { return nil }
    }
}

extension ArraySlice<UInt8> {
    /// Where the line end before the first empty line is.
    fileprivate var firstEmptyLine: Int? {
        indices.dropLast().first { self[$0] == 0x0a && self[$0 + 1] == 0x0a }
    }
}
