import Domain
import Scope
import Wire

/// Entries of which nothing can be said, and why.
struct Doubts: Sendable {
    var places: ArraySlice<EntryTree.ID>
    let reason: String
    let instant: Timestamp
}

/// What follows from a listing.
extension Mirror {
    /// More of one segment in a path than this is a loop: `a/a/a/a`.
    private static let repeatedSegments = 3

    mutating func take(_ look: FolderLook, of task: FolderTask) {
        listings += look.earlier + [look.seal].compactMap(\.self)
        switch look.finding {
        case .listed(let listing): take(listing, look, task)
        case .unlisted(let reason), .unreached(let reason):
            faults.append(Fault(what: "could not list: \(reason)", address: task.address, seal: look.seal))
            fallShort("a folder could not be listed")
            let words = "its folder could not be listed: \(reason)"
            guard var seen = parts.removeValue(forKey: task.path) else {
                return doubt(below: task.path, words, at: look.ended)
            }
            seen.isCut = true
            settle(task, seen, words, at: look.ended)
        case .interrupted: fallShort("interrupted")
        }
    }

    private mutating func take(_ listing: Listing, _ look: FolderLook, _ task: FolderTask) {
        let digest = task.after == nil ? listing.rowsDigest : parts[task.path]?.digest
        if task.after == nil, let digest, task.above.contains(digest) {
            parts[task.path] = nil
            faults.append(Fault(what: "holds itself, and is not followed", address: task.address, seal: look.seal))
            return
        }
        noteOddities(listing, look, task)
        var seen =
            parts.removeValue(forKey: task.path)
            ?? PartsSeen(began: look.began, digest: nil, look: state.beginLook())
        seen.digest = digest
        if task.after == nil { counts.folders += 1 }
        begin(RowsTaken(listing, look, task, seen, before: state[task.path]))
    }

    mutating func take(
        folder row: ListingRow,
        at path: PathName,
        of taken: RowsTaken
    ) {
        let (look, task) = (taken.look, taken.task)
        let began = taken.seen.began
        var entry = state[path] ?? KnownEntry(path: path, seen: began)
        // A folder that was away may have held anything in the meantime.
        if entry.removed != nil { entry.looked = nil }
        let isNew = state[path] == nil
        entry.seen = began
        entry.removed = nil
        entry.target = spelling(row, path)
        state.set(entry)
        if let limit = limit(on: path, below: task) {
            faults.append(Fault(what: "not followed: \(limit)", address: job.source.base.with(row.target)))
            fallShort(limit)
            doubt(below: path, limit, at: look.ended)
            return
        }
        let address = job.source.base.with(row.target)
        let above = task.above + [taken.seen.digest].compactMap(\.self)
        add(FolderTask(path: path, address: address, notBefore: isNew ? taken.lastLook : nil, above: above))
    }

    private func limit(on path: PathName, below task: FolderTask) -> String? {
        if task.depth + 1 > job.limits.depth { return "the limit of \(job.limits.depth) folders below one another" }
        if counts.folders >= job.limits.folders { return "the limit of \(job.limits.folders) folders a run" }
        let name = path.lastComponent
        return path.components.count { $0 == name } > Self.repeatedSegments ? "its path repeats itself" : nil
    }

    private mutating func noteOddities(_ listing: Listing, _ look: FolderLook, _ task: FolderTask) {
        if listing.outside > 0 {
            let what = "\(listing.outside) links lead outside the folder, and are not followed"
            faults.append(Fault(what: what, address: task.address, seal: look.seal))
        }
        if listing.unread > 0 {
            let what = "\(listing.unread) rows are in no form that is known, so what is missing is unknown"
            faults.append(Fault(what: what, address: task.address, seal: look.seal))
        }
        if listing.unusable > 0 {
            let what = "\(listing.unusable) rows have names that no file can have"
            faults.append(Fault(what: what, address: task.address, seal: look.seal))
        }
    }

    /// Has the entries asked for that a whole listing no longer shows, and all that is known below them.
    mutating func lookFor(_ absent: [EntryTree.ID], beside seen: PartsSeen) {
        guard !absent.isEmpty else { return }
        let known = absent.count + seen.count
        let isSudden = seen.count == 0 || (absent.count > 5 && absent.count * 2 > known)
        let entries = absent.compactMap { state.entry(at: $0) }.flatMap { entry -> [AbsenceTask.Entry] in
            guard entry.isFolder else { return [.init(path: entry.path, address: address(of: entry))] }
            let name = entry.path.lastComponent
            let file = seen.replacements?.first { !$0.isFolder && $0.name == name }.map {
                job.source.base.with($0.target)
            }
            return ([entry] + state.liveFiles(below: entry.path).compactMap { state.entry(at: $0) }).map {
                .init(path: $0.path, address: address(of: $0), replacedBy: file)
            }
        }
        add(AbsenceTask(entries: entries, isSudden: isSudden))
    }

    mutating func take(_ absence: Absence, of path: PathName) {
        guard let entry = state[path], entry.isLive else { return }
        switch absence {
        case .interrupted: fallShort("interrupted")
        case .unknown(let reason):
            fallShort("an entry is neither listed nor gone")
            doubt(entry, "not listed, but when asked for: \(reason)", at: asking.gate.clock.now())
        case .confirmed(let instant):
            let when = TimeBounds(notBefore: entry.seen, notAfter: instant)
            state.change(path) {
                $0.removed = when
                $0.owed = nil
            }
            guard !entry.isFolder else { return }
            tell(EntryChange(path: path, kind: .removed, when: when, before: entry.version, after: nil))
        }
    }

    /// Tells of every file known below a folder that nothing can be said of it.
    mutating func doubt(below folder: PathName, _ reason: String, at instant: Timestamp) {
        doubt(state.liveFiles(below: folder), reason, at: instant)
    }

    /// Tells of many entries, some at a time, that nothing can be said of them.
    mutating func doubt(_ places: [EntryTree.ID], _ reason: String, at instant: Timestamp) {
        doubts.append(Doubts(places: places[...], reason: reason, instant: instant))
    }

    /// Tells of further entries that are in doubt; false where none is.
    mutating func tellDoubts(upTo most: Int) -> Bool {
        guard var some = doubts.popLast() else { return false }
        for place in some.places.prefix(most) {
            if let entry = state.entry(at: place) { doubt(entry, some.reason, at: some.instant) }
        }
        some.places = some.places.dropFirst(most)
        if !some.places.isEmpty { doubts.append(some) }
        return true
    }

    mutating func doubt(_ entry: KnownEntry, _ reason: String, at instant: Timestamp) {
        guard !entry.isFolder else { return doubt(below: entry.path, reason, at: instant) }
        let when = TimeBounds(notBefore: entry.seen, notAfter: instant)
        tell(
            EntryChange(path: entry.path, kind: .unknown, when: when, before: entry.version, after: nil, reason: reason)
        )
    }

    /// The row's target, where it is not the one that the path spells.
    func spelling(_ row: ListingRow, _ path: PathName) -> String? {
        row.target == job.source.base.path + path.description ? nil : row.target
    }
}

extension WebAddress {
    /// The same server, another path.
    func with(_ target: String) -> WebAddress {
        var address = self
        address.target = target
        return address
    }
}
