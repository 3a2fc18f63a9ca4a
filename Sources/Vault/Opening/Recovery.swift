import Domain
import Glibc

/// Sets aside what was being written when the process before this one ended.
///
/// None of it was ever acknowledged. It is kept in `quarantine/` all the same, and the ledger says so.
struct Recovery {
    private static let piece = 1 << 20

    let vault: VaultLayout
    let clock: CaseClock

    /// Cuts an unfinished frame off the pending log, and returns where its whole frames end.
    func recover(_ log: PendingLog.Contents) throws(VaultError) -> UInt64 {
        let file = try OpenFile(vault.ledger.path(PendingLog.name), for: .changing)
        let sound = UInt64(log.sound)
        switch log.rest {
        case .nothing: break
        case .damaged:
            throw VaultError(.damaged, "read the pending leaves behind byte \(sound)", path: file.path)
        case .unfinished:
            try setAside(file, from: sound, name: PendingLog.name)
            try file.truncate(to: sound)
            try file.sync()
        }
        for name in try vault.ledger.files() where name.hasSuffix(Folder.temporarySuffix) {
            try vault.ledger.remove(name)
        }
        return sound
    }

    /// Cuts what no leaf covers off the segments, and returns those that may be added to. What is kept in
    /// a store as well is never added to.
    func recover(
        _ ends: [UInt32: UInt64],
        limit: UInt64,
        except stored: StoredIndex
    ) throws(VaultError) -> (free: [Segment], next: UInt32) {
        var free: [Segment] = []
        var highest = ends.keys.max() ?? 0
        for name in try vault.segments.names() {
            guard let number = Segment.number(name) else { continue }
            highest = max(highest, number)
            let file = try OpenFile(vault.segments.path(name), for: .changing)
            let (end, size) = (ends[number] ?? 0, try file.size())
            if size > end {
                try setAside(file, from: end, name: name)
                try file.truncate(to: end)
                try file.sync()
            }
            if end == 0 {
                try vault.segments.remove(name)
            } else if size >= end, end < limit, stored[number] == nil {
                free.append(Segment(number: number, file: file, end: end))
            }
        }
        guard highest < UInt32.max else {
            throw VaultError(.damaged, "number a further segment", path: vault.segments.path)
        }
        return (free, highest + 1)
    }

    private func setAside(_ file: OpenFile, from offset: UInt64, name: String) throws(VaultError) {
        try vault.quarantine.make()
        let size = try file.size()
        let unfinished = vault.quarantine.path(name + Folder.temporarySuffix)
        let copy = try OpenFile(unfinished, for: .changingOrMaking)
        try copy.truncate(to: 0)
        var position = offset
        while position < size {
            let bytes = try file.read(at: position, upTo: Int(min(UInt64(Self.piece), size - position)))
            guard !bytes.isEmpty else { break }
            try copy.write(bytes, at: position - offset)
            position += UInt64(bytes.count)
        }
        try copy.sync()
        let kept = vault.quarantine.path(try place("\(name)-\(offset)-\(size - offset)", for: copy.digest()))
        guard rename(unfinished, kept) == 0 else { throw VaultError.last("put in place", kept) }
        try vault.quarantine.sync()
    }

    /// Moves what was encrypted for a withholding that never came about out of the way: the bytes are still in their record.
    func setAside(lockedUnless withheld: WithheldIndex) throws(VaultError) {
        // What is still to be destroyed is not kept a second time.
        let isSpokenOf = { (entry: WithheldIndex.Entry) in
            entry.withholding.lock != nil || (entry.withholding.destroyed != nil && !entry.isErased)
        }
        let spokenOf = Set(withheld.all.filter(isSpokenOf).map(\.withholding.leaf))
        let others = try vault.locked.names().filter { UInt64($0).map { !spokenOf.contains($0) } ?? true }
        guard !others.isEmpty else { return }
        try vault.quarantine.make()
        for name in others {
            let path = vault.locked.path(name)
            if name.hasSuffix(Folder.temporarySuffix) {
                try vault.locked.remove(name)
                continue
            }
            let kept = vault.quarantine.path(try place("locked-\(name)", for: OpenFile(path, for: .reading).digest()))
            guard rename(path, kept) == 0 else { throw VaultError.last("put in place", kept) }
        }
        try vault.quarantine.sync()
        try vault.locked.sync()
    }

    /// A name that holds these bytes or none: two processes may have been stopped at the same place, and the ledger speaks
    /// of what the first one left.
    private func place(_ name: String, for digest: Digest?) throws(VaultError) -> String {
        var (candidate, number) = (name, 1)
        while vault.quarantine.has(candidate),
            try OpenFile(vault.quarantine.path(candidate), for: .reading).digest() != digest
        {
            number += 1
            candidate = "\(name)-\(number)"
        }
        return candidate
    }

    /// A leaf for each file in quarantine that the ledger does not know yet.
    func leaves(knowing known: Set<String>) throws(VaultError) -> [Leaf] {
        var leaves: [Leaf] = []
        for name in try vault.quarantine.names()
        where !known.contains("quarantine/\(name)") && !name.hasSuffix(Folder.temporarySuffix) {
            let file = try OpenFile(vault.quarantine.path(name), for: .reading)
            var leaf = Leaf(.recovered, at: clock.now())
            leaf.target = "quarantine/\(name)"
            leaf.block = try file.digest()
            leaf.facts = ["length": String(try file.size()), "why": "unfinished when the vault was opened"]
            leaves.append(leaf)
        }
        return leaves
    }
}
