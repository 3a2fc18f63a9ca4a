/// A message of MongoDB's wire protocol in its one form since version 3.6: OP_MSG with one document.
package struct MongoMessage: Hashable, Sendable {
    /// Why bytes are no such message.
    package enum Fault: Error, Hashable, Sendable {
        case unfinished
        case notMongo
        case document(BSONDocument.Fault)
    }

    private static let code: UInt32 = 2_013
    /// Header, flags, and the byte that says that a document follows.
    private static let head = 21

    package var document: BSONDocument
    /// Where the message ends in the bytes.
    package var end: Int

    package init(parsing bytes: some Sequence<UInt8>) throws(Fault) {
        let bytes = Array(bytes.prefix(BSONDocument.longest + Self.head))
        guard bytes.count >= Self.head else { throw .unfinished }
        let number: (Int) -> UInt32 = { start in
            bytes[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        let length = number(0)
        guard number(12) == Self.code, length >= UInt32(Self.head + 5), length <= UInt32(BSONDocument.longest),
            bytes[Self.head - 1] == 0
        else { throw .notMongo }
        guard bytes.count >= Int(length) else { throw .unfinished }
        do throws(BSONDocument.Fault) {
            document = try BSONDocument(parsing: bytes[Self.head..<Int(length)])
        } catch {
            throw .document(error)
        }
        end = Int(length)
    }

    /// A question to the database `admin`: a command whose value is 1, and a flag that is set where one is named.
    package static func question(_ command: String, flag: String? = nil) -> [UInt8] {
        var elements: [UInt8] = [0x10] + command.utf8 + [0, 1, 0, 0, 0]
        if let flag { elements += [0x08] + flag.utf8 + [0, 1] }
        elements += [0x02] + "$db".utf8 + [0, 6, 0, 0, 0] + "admin".utf8 + [0]
        let document = bytes(elements.count + 5) + elements + [0]
        return bytes(head + document.count) + bytes(1) + bytes(0) + bytes(Int(code)) + bytes(0) + [0] + document
    }

    private static func bytes(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}
