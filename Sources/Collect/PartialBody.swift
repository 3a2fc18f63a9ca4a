import Domain
import Wire

/// The beginning of a file whose bytes broke off, sealed as it came, so that the rest can be asked for later.
struct PartialBody: Codable, Hashable, Sendable {
    /// Pieces of one file at most; beyond them it is read anew.
    static let maximumPieces = 500

    /// The sealed answers, each beginning where the one before ends.
    var pieces: [Seal]
    /// What vouches for their being of one file: by HTTP the strong entity tag (RFC 9110 8.8.3) under which they were served.
    var validator: String
    /// The length of the whole file, where the server told it.
    var total: UInt64?
    /// Time and size in the words of the listing while they were read.
    var shown: String

    /// Bytes that came so far.
    var length: UInt64 { pieces.reduce(0) { $0 + $1.length } }

    /// Nil where the answer does not begin with the file, the server gave no strong validator, or nothing came.
    init?(_ answer: BodyAnswer, _ row: ListingRow) {
        guard case .start(let total) = answer.extent, answer.seal.length > 0, let validator = answer.validator else {
            return nil
        }
        pieces = [answer.seal]
        self.validator = validator
        self.total = total
        shown = row.shown
    }

    /// Adds an answer that goes on; false where it is not the rest of this file.
    mutating func add(_ answer: BodyAnswer) -> Bool {
        guard case .rest(let from, let end, let total) = answer.extent, from == length, answer.seal.length > 0,
            pieces.count < Self.maximumPieces, end.map({ answer.seal.length <= $0 - from }) ?? true,
            answer.validator.map({ $0 == validator }) ?? true,
            self.total == nil || total == nil || self.total == total
        else { return false }
        self.total = self.total ?? total
        pieces.append(answer.seal)
        return true
    }

    var isWhole: Bool { length == total }
}
