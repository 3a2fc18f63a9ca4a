import Domain
import Scope
import Wire

/// A listing, or a part of one, whose rows are being taken.
struct RowsTaken: Sendable {
    let listing: Listing
    let look: FolderLook
    let task: FolderTask
    /// The last whole look at the folder.
    let lastLook: Timestamp?
    /// Whether that look saw the same kind of listing.
    let isSameFormat: Bool
    var seen: PartsSeen
    /// How many rows were known from earlier parts.
    let known: Int
    /// The row that is next.
    var next = 0
    /// Rows that nobody can ask for.
    var unaskable = 0

    /// `earlier` is what was seen so far.
    init(
        _ listing: Listing,
        _ look: FolderLook,
        _ task: FolderTask,
        _ earlier: PartsSeen,
        before: KnownEntry?
    ) {
        (self.listing, self.look, self.task) = (listing, look, task)
        seen = earlier
        lastLook = before?.looked ?? task.notBefore
        isSameFormat = before?.format == listing.format
        known = seen.count
        seen.isCut = seen.isCut || !listing.isWhole || !listing.isExhaustive
        seen.format = listing.format
    }
}

/// What follows from the rows of a listing, some at a time: files are read while there is more of a long listing to take.
extension Mirror {
    /// Rows that are taken at one time.
    private static let rowsAtOnce = 4_096

    /// Takes the first rows; the others wait until the files among these are being read.
    mutating func begin(_ taken: consuming RowsTaken) {
        if let rest = advance(taken, by: Self.rowsAtOnce) { waiting.append(rest) }
    }

    /// Takes further rows of a listing that waits; false where none does.
    mutating func advance() -> Bool {
        guard let taken = waiting.popLast() else { return false }
        if let rest = advance(taken, by: Self.rowsAtOnce) { waiting.append(rest) }
        return true
    }

    private mutating func advance(_ taken: consuming RowsTaken, by most: Int) -> RowsTaken? {
        let rows = taken.listing.rows
        let end = rows.count - taken.next > most ? taken.next + most : rows.count
        while taken.next < end {
            let row = rows[taken.next]
            taken.next += 1
            guard access.canAsk(for: row) else {
                taken.unaskable += 1
                continue
            }
            guard take(row, of: &taken) else {
                taken.next = rows.count
                break
            }
        }
        guard taken.next >= rows.count else { return taken }
        finish(taken)
        return nil
    }

    /// False where no more may be taken.
    mutating func take(_ row: ListingRow, of taken: inout RowsTaken) -> Bool {
        let path = taken.task.path.appending(row)
        guard rows < job.limits.entries, !state.isFull else {
            fallShort("the limit of \(job.limits.entries) entries a run was reached")
            taken.seen.isCut = true
            return false
        }
        guard state.mark(path, by: taken.seen.look) else { return true }
        rows += 1
        taken.seen.count += 1
        if row.isFolder {
            take(folder: row, at: path, of: taken)
        } else {
            counts.entries += 1
            judge(row, at: path, of: taken)
        }
        return true
    }

    /// Asks for the next part, or draws what follows from all of them.
    private mutating func finish(_ taken: consuming RowsTaken) {
        let (listing, look, number) = (taken.listing, taken.look, taken.task.number)
        var task = taken.task
        if taken.unaskable > 0 {
            let what =
                "\(taken.unaskable) rows have names that cannot be asked for, being too long or no part of a request"
            faults.append(Fault(what: what, address: task.address, seal: look.seal))
        }
        taken.seen.replacements = listing.rows
        let new = taken.seen.count - taken.known
        switch taken.seen.next(after: listing, number: number, bringing: new) {
        case .part(let after) where rows < job.limits.entries:
            parts[task.path] = taken.seen
            (task.after, task.number) = (after, number + 1)
            add(task)
        case .part:
            fallShort("the limit of \(job.limits.entries) entries a run was reached")
            taken.seen.isCut = true
            settle(task, taken.seen, "the listing of its folder was not whole", at: look.ended)
        case .end(let fault):
            taken.seen.isCut = taken.seen.isCut || fault != nil
            if let fault { faults.append(Fault(what: fault, address: task.address, seal: look.seal)) }
            let lack = listing.isExhaustive ? "was not whole" : "is of no known format"
            if taken.seen.isCut { fallShort("a listing \(lack)") }
            settle(task, taken.seen, "the listing of its folder \(lack)", at: look.ended)
        }
    }

    /// What follows from all parts of a listing together.
    mutating func settle(_ task: FolderTask, _ seen: PartsSeen, _ lack: String, at instant: Timestamp) {
        let absent = state.absent(from: seen.look, in: task.path)
        if seen.isCut {
            doubt(absent, lack, at: instant)
        } else {
            lookFor(absent, beside: seen)
        }
        var folder = state[task.path] ?? KnownEntry(path: task.path, seen: seen.began)
        folder.seen = seen.began
        folder.removed = nil
        if !seen.isCut { folder.looked = seen.began }
        folder.format = seen.format
        state.settle(folder)
    }
}

extension PathName {
    fileprivate func appending(_ row: ListingRow) -> PathName {
        PathName(bytes: bytes + row.name.bytes + (row.isFolder ? [UInt8(ascii: "/")] : []))
    }
}
