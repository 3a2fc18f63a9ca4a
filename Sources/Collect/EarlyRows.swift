import Domain
import Wire

/// The first rows of a long listing, while the rest of it is still coming.
struct EarlyRows: Sendable {
    let task: FolderTask
    /// Of the page as far as it had come.
    let look: FolderLook
    let listing: Listing

    /// Bytes of a page after which its first rows are told.
    static let pageLength = 1 << 19
    /// Rows that are told early at most; many more than are asked for until the rest has come.
    static let most = 4_096
}

/// Where those who read listings leave early rows for the walk.
struct EarlyPost: Sendable {
    private let rows: AsyncStream<EarlyRows>
    private let continuation: AsyncStream<EarlyRows>.Continuation

    init() { (rows, continuation) = AsyncStream.makeStream() }

    func send(_ early: EarlyRows) { continuation.yield(early) }

    /// The next; nil when there are to be none, or the task is cancelled. One task may wait at a time.
    func next() async -> EarlyRows? {
        for await early in rows { return early }
        return nil
    }

    func close() { continuation.finish() }
}

extension Mirror {
    /// Has the first files of a long listing read before the whole of it is there. What is missing is decided by the whole.
    mutating func take(_ early: EarlyRows) {
        let (task, listing) = (early.task, early.listing)
        // The whole may have come in the meantime.
        guard asked.contains(task.path), parts[task.path] == nil, task.after == nil else { return }
        let seen = PartsSeen(began: early.look.began, digest: nil, look: state.beginLook())
        var taken = RowsTaken(listing, early.look, task, seen, before: state[task.path])
        for row in listing.rows.prefix(EarlyRows.most) where !row.isFolder && access.canAsk(for: row) {
            guard take(row, of: &taken) else { break }
        }
        taken.seen.isCut = false
        parts[task.path] = taken.seen
    }
}
