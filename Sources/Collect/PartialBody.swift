import Domain
import Scope
import Wire

/// The beginning of a file whose bytes broke off, sealed as it came, so that the rest can be asked for later.
struct PartialBody: Codable, Hashable, Sendable {
    /// Pieces of one file at most; beyond them it is read anew.
    static let maximumPieces = 500

    /// The sealed answers, each beginning where the one before ends.
    var pieces: [Seal]
    /// The strong entity tag (RFC 9110 8.8.3) under which all of them were served.
    var validator: String
    /// The length of the whole file, where the server told it.
    var total: UInt64?
    /// Time and size in the words of the listing while they were read.
    var shown: String

    /// Bytes that came so far.
    var length: UInt64 { pieces.reduce(0) { $0 + $1.length } }

    /// Nil where the server gave no strong validator, or nothing came.
    init?(_ answer: SealedFetch.Answer, _ row: ListingRow) {
        guard answer.reply.status == 200, answer.response.length > 0, let validator = answer.reply.strongValidator
        else {
            return nil
        }
        pieces = [answer.response]
        self.validator = validator
        total = answer.reply.headers["content-length"].flatMap { UInt64($0) }
        shown = row.shown
    }

    /// What asks for the rest, and for all of it where the file has changed (RFC 9110 13.1.5, 14.2).
    var headers: [(name: String, value: String)] { [("Range", "bytes=\(length)-"), ("If-Range", validator)] }

    /// Adds an answer with status 206; false where it is not the rest of this file.
    mutating func add(_ answer: SealedFetch.Answer) -> Bool {
        let reply = answer.reply
        guard reply.status == 206, let range = reply.headers["content-range"].flatMap(ContentRange.init),
            range.first == length, answer.response.length > 0, pieces.count < Self.maximumPieces,
            answer.response.length <= range.last - range.first + 1,
            reply.strongValidator.map({ $0 == validator }) ?? true,
            total == nil || range.total == nil || range.total == total
        else { return false }
        total = total ?? range.total
        pieces.append(answer.response)
        return true
    }

    var isWhole: Bool { length == total }
}

extension HTTPReply {
    /// An entity tag that stands for the very bytes: quoted, not weak, visible, of reasonable length.
    var strongValidator: String? {
        guard let tag = headers["etag"], tag.utf8.count <= 200, tag.utf8.count > 2, tag.hasPrefix("\""),
            tag.hasSuffix("\""),
            tag.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return nil }
        return tag
    }
}
