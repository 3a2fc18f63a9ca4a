import Domain
import Wire

/// What is known of a folder while the parts of its listing come one after another.
struct PartsSeen: Sendable {
    enum Next: Hashable, Sendable {
        case part(ListingContinuation)
        /// Nothing more is asked for; a fault where the listing had no honest end.
        case end(String?)
    }

    /// Parts in a row that bring nothing new, after which a server is not believed that there is more. A few are usual:
    /// a bucket shows a part as well where all its keys were deleted.
    private static let emptyParts = 16

    /// When the look at the first part began.
    var began: Timestamp
    /// The rows of the first part.
    var digest: Domain.Digest?
    /// The number of the look, which marks in the state what any part showed.
    let look: UInt32
    /// How many paths that is.
    var count = 0
    /// Whether something may be missing.
    var isCut = false
    var format: String?
    /// The last part's rows, among which may be what stands where something is missing.
    var replacements: ListingRows?
    /// Hashes of the continuations so far; they may be long.
    private var asked: Set<Int> = []
    private var fruitless = 0

    init(began: Timestamp, digest: Domain.Digest?, look: UInt32) {
        (self.began, self.digest, self.look) = (began, digest, look)
    }

    /// What follows a part that brought so many new rows.
    mutating func next(after listing: Listing, number: Int, bringing new: Int) -> Next {
        fruitless = new == 0 ? fruitless + 1 : 0
        guard listing.isPart else { return .end(nil) }
        if let total = listing.total, count >= total { return .end(nil) }
        guard listing.isWhole, let continuation = listing.continuation else {
            return .end("says that there is more, but not how to ask for it")
        }
        if continuation == .nextNumber {
            return new > 0 ? .part(continuation) : .end("says that there is more than it shows")
        }
        guard asked.insert(continuation.hashValue).inserted else {
            return .end("goes on with what was asked for before")
        }
        guard fruitless < Self.emptyParts, number < count + Self.emptyParts else {
            return .end("goes on for ever without anything new")
        }
        return .part(continuation)
    }
}
