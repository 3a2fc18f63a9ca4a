import Domain
import Scope
import Wire

/// What follows from a file's row, and from its bytes.
extension Mirror {
    /// Files of each extension that the level `sample` reads.
    private static let samplesEach = 3

    /// Compares a row with what was known, and has the bytes read where they may tell more.
    mutating func judge(
        _ row: ListingRow,
        at path: PathName,
        of taken: RowsTaken
    ) {
        let known = state[path]
        let since = TimeBounds(notBefore: taken.lastLook, notAfter: taken.look.ended)
        let purpose: BodyTask.Purpose
        if let known, known.removed == nil {
            let words = known.differs(from: row, isSameFormat: taken.isSameFormat)
            let seen = TimeBounds(notBefore: known.seen, notAfter: taken.look.ended)
            if let owed = known.owed {
                purpose = .telling(owed)
            } else if let words {
                purpose = .comparing(OwedChange(kind: .changed, when: seen, before: known.version, reason: words))
            } else if known.version?.payload == nil {
                purpose = .completing
            } else if let isDrawn = isAudited(known) {
                purpose = .rereading(isDrawn: isDrawn)
            } else {
                return state.touch(path, at: taken.seen.began)
            }
        } else {
            let kind: ChangeKind = known == nil ? .added : .back
            purpose = .telling(OwedChange(kind: kind, when: since, before: known?.version))
        }
        let address = job.source.base.with(row.target)
        var task = BodyTask(path: path, address: address, row: row, seen: taken.seen.began, purpose: purpose)
        if let partial = known?.partial, partial.shown == row.shown { task.partial = partial }
        if wantsBody(task, known) { add(task) } else { settle(task, row.version) }
    }

    private mutating func wantsBody(_ task: BodyTask, _ known: KnownEntry?) -> Bool {
        switch job.level {
        case .observe: return false
        case .mirror: return true
        case .sample:
            if known?.version?.payload != nil, known?.removed == nil { return true }
            let kind = task.path.fileExtension
            guard samples[kind, default: 0] < Self.samplesEach else { return false }
            samples[kind, default: 0] += 1
            return true
        }
    }

    mutating func take(_ read: BodyRead, of task: BodyTask) {
        counts.bodyBytes += read.received
        switch read.end {
        case .read(let version):
            noteLength(of: version, task)
            settle(task, version)
        case .failed(let reason, let seal), .unreached(let reason, let seal):
            faults.append(Fault(what: "could not read: \(reason)", address: task.address, seal: seal))
            settleUnread(task, reason)
        case .unfinished(let reason):
            fallShort(reason)
            owe(task)
        }
        state.change(task.path) { $0.partial = read.partial }
    }

    /// Writes down what is known now, and tells the change if there is one.
    private mutating func settle(_ task: BodyTask, _ version: EntryVersion) {
        let before = state[task.path]?.version
        store(task, version)
        switch task.purpose {
        case .telling(let owed): tell(task.path, owed, version)
        case .comparing(let owed):
            // The same bytes under another time: the file was touched, and nothing changed.
            if version.payload == nil || version.payload != owed.before?.payload { tell(task.path, owed, version) }
        case .rereading(let isDrawn):
            noteAudit(isDrawn: isDrawn, isChanged: version.payload != before?.payload)
            guard version.payload != before?.payload else { return }
            let when = TimeBounds(notBefore: before?.readAt, notAfter: version.readAt)
            tell(
                task.path,
                OwedChange(kind: .changed, when: when, before: before, reason: "size and time kept"),
                version
            )
        case .completing:
            // Nothing changed: the bytes only came later than the entry.
            if version.payload != nil { tell(LateBytes(path: task.path, version: version)) }
        }
    }

    /// The listing shows the file, but its bytes did not come.
    private mutating func settleUnread(_ task: BodyTask, _ reason: String) {
        fallShort("a file could not be read")
        switch task.purpose {
        case .telling: settle(task, task.row.version)
        case .comparing(let owed): doubtUnread(task, [owed.reason, reason])
        case .rereading:
            audit.unread += 1
            doubtUnread(task, [reason])
        case .completing: doubtUnread(task, [reason])
        }
    }

    /// What was known stays, so that the next run compares with it again.
    private mutating func doubtUnread(_ task: BodyTask, _ reasons: [String?]) {
        guard let entry = state[task.path] else { return }
        let words = reasons.compactMap(\.self).joined(separator: "; ")
        doubt(entry, "its bytes could not be read: \(words)", at: asking.gate.clock.now())
    }

    /// Keeps a change that cannot be told yet for the next run.
    mutating func owe(_ task: BodyTask) {
        switch task.purpose {
        case .telling(let owed):
            store(task, task.row.version)
            state.change(task.path) { $0.owed = owed }
        case .comparing, .rereading, .completing: break
        }
    }

    private mutating func store(_ task: BodyTask, _ version: EntryVersion) {
        state.set(
            KnownEntry(
                path: task.path,
                version: version,
                shown: task.row.shown,
                target: spelling(task.row, task.path),
                seen: task.seen
            )
        )
    }

    private mutating func tell(_ path: PathName, _ owed: OwedChange, _ version: EntryVersion) {
        tell(
            EntryChange(
                path: path,
                kind: owed.kind,
                when: owed.when,
                before: owed.before,
                after: version,
                reason: owed.reason
            )
        )
    }

    private mutating func noteLength(of version: EntryVersion, _ task: BodyTask) {
        guard let listed = task.row.size, let seal = version.seal, !listed.contains(seal.length) else { return }
        let what = "\(seal.length) bytes came, the listing says \(listed.atLeast) to \(listed.atMost)"
        faults.append(Fault(what: what, address: task.address, seal: seal))
    }
}

extension KnownEntry {
    /// How a row differs from what was known, in a few words; nil where it does not.
    ///
    /// Two looks at the same kind of listing are compared in the listing's own words: its zone is unknown, but the same.
    func differs(from row: ListingRow, isSameFormat: Bool) -> String? {
        guard let version else { return nil }
        if isSameFormat, let shown {
            if shown == row.shown || isOnlyOlder(row, shown) { return nil }
            return "the listing says \(row.shown), and said \(shown)"
        }
        if let size = row.size, let known = version.size, size.atLeast > known.atMost || size.atMost < known.atLeast {
            return "the listing says another size"
        }
        guard let now = row.time?.bounds, let then = version.modified, let nowStart = now.notBefore,
            let nowEnd = now.notAfter, let thenStart = then.notBefore, let thenEnd = then.notAfter
        else { return nil }
        return nowStart > thenEnd || nowEnd < thenStart ? "the listing says another time" : nil
    }

    /// Whether the row says the same as `shown` did, of a file that is older now: after half a year FTP servers write the
    /// year where the time of day stood.
    private func isOnlyOlder(_ row: ListingRow, _ shown: String) -> Bool {
        guard ListedColumns.isAged(row.shown, from: shown), let now = row.time?.bounds, let then = version?.modified,
            let nowStart = now.notBefore, let nowEnd = now.notAfter, let start = then.notBefore, let end = then.notAfter
        else { return false }
        return nowStart <= end && start <= nowEnd
    }
}
