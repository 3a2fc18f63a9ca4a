import Domain

/// A reply of a name server (RFC 1035 4).
package struct DNSMessage: Hashable, Sendable {
    /// Why bytes are no message.
    package enum Fault: Error, Hashable, Sendable {
        case short
        /// A name that is too long, or whose pointers lead forward or round in a circle.
        case badName
        /// More records than ``maximumRecords``.
        case tooManyRecords
    }

    /// Records that one message may hold; 64 KiB has no room for more than this many.
    package static let maximumRecords = 6_000

    package var id: UInt16
    package var isReply: Bool
    package var isAuthoritative: Bool
    package var isTruncated: Bool
    /// The response code: 0 no error, 3 no such name, 5 refused (RFC 1035 4.1.1).
    package var code: UInt8
    package var questions: [DNSQuestion]
    package var answers: [DNSRecord]
    package var authorities: [DNSRecord]
    package var additional: [DNSRecord]

    /// Reads a whole message. Bytes behind the last record are ignored; records cut short are a fault.
    package init(parsing bytes: some Sequence<UInt8>) throws(Fault) {
        var parser = DNSParser(bytes)
        do {
            let counts = try Self.header(&parser)
            (id, isReply, isAuthoritative, isTruncated, code) = counts.header
            questions = []
            for _ in 0..<min(counts.sections[0], 16) { questions.append(try parser.question()) }
            guard counts.sections[1...].reduce(0, +) <= Self.maximumRecords else { throw Fault.tooManyRecords }
            (answers, authorities, additional) = ([], [], [])
            for _ in 0..<counts.sections[1] { answers.append(try parser.record()) }
            for _ in 0..<counts.sections[2] { authorities.append(try parser.record()) }
            for _ in 0..<counts.sections[3] { additional.append(try parser.record()) }
        } catch let fault as Fault {
            throw fault
        } catch {
            throw .short
        }
    }

    private static func header(
        _ parser: inout DNSParser
    ) throws -> (header: (UInt16, Bool, Bool, Bool, UInt8), sections: [Int]) {
        let id = try parser.reader.readUInt16()
        let flags = try parser.reader.readUInt16()
        var sections: [Int] = []
        for _ in 0..<4 { sections.append(Int(try parser.reader.readUInt16())) }
        let has = { (bit: UInt16) in flags & bit != 0 }
        return ((id, has(0x8000), has(0x0400), has(0x0200), UInt8(flags & 0xf)), sections)
    }
}
