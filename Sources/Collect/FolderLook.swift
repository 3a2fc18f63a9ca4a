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

    var depth: Int { above.count }
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
    var seal: Seal?
    var began: Timestamp
    var ended: Timestamp
}

extension SealedFetch {
    /// Asks for a folder, and reads the answer as a listing while it is sealed.
    func list(_ task: FolderTask, at endpoint: Endpoint, upTo limit: Int) async throws -> FolderLook {
        var reader = ListingReader(at: task.address)
        let began = gate.clock.now()
        let result = try await get(
            task.address,
            at: endpoint,
            upTo: UInt64(limit),
            begin: { reader = ListingReader(at: task.address) },
            receive: { reader.feed($0) }
        )
        let answer: Answer
        switch result {
        case .failure(let error):
            let finding = FolderLook.Finding(error)
            return FolderLook(finding: finding, seal: nil, began: began, ended: gate.clock.now())
        case .success(let success): answer = success
        }
        var look = FolderLook(
            finding: .unlisted(answer.words),
            seal: answer.response,
            began: answer.reply.began,
            ended: answer.reply.ended
        )
        guard answer.reply.status == 200 else { return look }
        if var listing = reader.finish() {
            listing.isComplete = listing.isComplete && answer.reply.truncated == nil
            look.finding = .listed(listing)
        } else if answer.reply.truncated == nil {
            look.finding = .unlisted("status 200, but the page is no listing that is known")
        }
        return look
    }
}

extension FolderLook.Finding {
    fileprivate init(_ error: GateError) {
        switch error.code {
        case .cancelled: self = .interrupted
        case .outOfScope: self = .unlisted("\(error)")
        default: self = .unreached("\(error)")
        }
    }
}

extension Listing {
    /// The same for the same rows, wherever they are listed and in whatever order.
    var rowsDigest: Domain.Digest? {
        var hash = SHA256()
        for row in rows.sorted(by: { ($0.name, $0.isFolder ? 1 : 0) < ($1.name, $1.isFolder ? 1 : 0) }) {
            hash.update(data: row.name.bytes + (row.isFolder ? [0x2f, 0] : [0]) + Array(row.shown.utf8) + [0])
        }
        return Domain.Digest(bytes: hash.finalize())
    }
}
