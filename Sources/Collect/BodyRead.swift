import Domain
import Scope
import Wire

/// A file whose bytes are to be read, and what is told once they are.
struct BodyTask: Sendable {
    enum Purpose: Sendable {
        /// To tell this change, with the bytes.
        case telling(OwedChange)
        /// The listing shows another size or time; whether the bytes changed is to be seen.
        case comparing(OwedChange)
        /// The last reading was too long ago.
        case rereading
        /// The entry is known, its bytes are not.
        case completing
    }

    var path: PathName
    var address: WebAddress
    var row: ListingRow
    /// When the look began that saw the row.
    var seen: Timestamp
    var purpose: Purpose
}

/// What became of the attempt to read a file.
enum BodyRead: Sendable {
    case read(EntryVersion)
    case failed(String, Seal?)
    case interrupted
    /// The server could not be reached.
    case unreached(String)
}

extension SealedFetch {
    func read(_ task: BodyTask, at endpoint: Endpoint, upTo limit: UInt64) async throws -> BodyRead {
        switch try await get(task.address, at: endpoint, upTo: limit) {
        case .failure(let error):
            switch error.code {
            case .cancelled: return .interrupted
            case .outOfScope: return .failed("\(error)", nil)
            default: return .unreached("\(error)")
            }
        case .success(let answer):
            guard answer.isWhole else { return .failed(answer.words, answer.response) }
            return .read(task.row.version(answer))
        }
    }
}

extension ListingRow {
    /// What the listing alone says.
    var version: EntryVersion {
        EntryVersion(size: size, modified: time?.bounds, payload: nil, seal: nil, readAt: nil)
    }

    /// What the listing says, made exact by the bytes that came and by `Last-Modified` where it agrees with the listing.
    func version(_ answer: SealedFetch.Answer) -> EntryVersion {
        var version = version
        version.size = ListedSize(exactly: answer.response.length)
        version.payload = answer.response.payload
        version.seal = answer.response
        version.readAt = answer.reply.ended
        guard let stated = answer.reply.headers["last-modified"].flatMap(HTTPDate.parse) else { return version }
        if time?.isShown(of: stated) ?? true { version.modified = TimeBounds(at: stated) }
        return version
    }
}
