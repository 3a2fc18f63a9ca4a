import Crypto
import Domain
import Scope
import Wire

/// A folder that is to be listed.
struct FolderTask: Sendable {
    /// Below the base; ends in a slash, or is empty for the base itself.
    var path: PathName
    var address: WebAddress
    /// The last look before which nothing below this folder was there; nil where there was none.
    var notBefore: Timestamp?
    /// What the folders above it hold, to notice a folder that contains itself.
    var above: [Domain.Digest]
    /// Where the part begins that is asked for now; nil for the first.
    var after: ListingContinuation?
    /// Which part that is, counted from 1.
    var number = 1

    var depth: Int { above.count }
    /// Whether it is the first part of the source's base.
    var isBase: Bool { path.bytes.isEmpty && after == nil }
}

/// What became of the attempt to list a folder.
struct FolderLook: Sendable {
    enum Finding: Sendable {
        case listed(Listing)
        /// Nothing can be said of what is in it, and why.
        case unlisted(String)
        /// The run was interrupted.
        case interrupted
        /// The server could not be reached.
        case unreached(String)
    }

    var finding: Finding
    /// Of the listing as it came; nil where nothing came.
    var seal: Seal?
    var began: Timestamp
    var ended: Timestamp
    /// Seals of answers that only showed which way to ask.
    var earlier: [Seal] = []
}

extension FolderLook.Finding {
    init(_ error: GateError) {
        switch error.code {
        case .cancelled: self = .interrupted
        case .outOfScope: self = .unlisted("\(error)")
        default: self = .unreached("\(error)")
        }
    }
}

extension Listing {
    /// The same for the same rows, wherever they are listed and in whatever order; nil where none of them is a folder.
    var rowsDigest: Domain.Digest? {
        guard hasFolders else { return nil }
        var sums = [UInt64](repeating: 0, count: 4)
        for row in rows {
            var hash = SHA256()
            hash.update(data: row.name.bytes + (row.isFolder ? [0x2f, 0] : [0]) + Array(row.shown.utf8))
            for (place, byte) in hash.finalize().enumerated() { sums[place / 8] &+= UInt64(byte) << (place % 8 * 8) }
        }
        return Domain.Digest(bytes: sums.flatMap { sum in (0..<8).map { UInt8(truncatingIfNeeded: sum >> ($0 * 8)) } })
    }
}
