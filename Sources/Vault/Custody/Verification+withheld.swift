import Domain

extension LedgerVerification {
    /// What sound leaves say is withheld, and kept in a store. It must be known before the records are read, for it stands
    /// behind them.
    func fates() throws(VaultError) -> (withheld: WithheldIndex, stored: StoredIndex) {
        var found: [Leaf] = []
        var number: UInt64 = 0
        while number < size {
            let page = try leaves(from: number)
            guard !page.isEmpty else { break }
            for bytes in page {
                // A leaf that cannot be read is named when the records are checked.
                if let bytes, Leaf.mayWithhold(bytes) || Leaf.mayStore(bytes),
                    let leaf = try? Leaf(bytes, number: number)
                {
                    found.append(leaf)
                }
                number += 1
            }
        }
        let stored = StoredIndex()
        stored.add(found)
        return (WithheldIndex(found, signed: folded, key: key), stored)
    }
}

extension RecordVerification {
    /// Checks a record whose bytes are withheld: what is left must be exactly what the ledger says is left.
    mutating func verify(
        _ leaf: Leaf,
        _ place: Leaf.Place,
        withheldBy entry: WithheldIndex.Entry,
        _ name: String,
        in file: any SegmentBytes
    ) throws(VaultError) {
        withheldRecords += 1
        let withholding = entry.withholding
        let start = place.offset + UInt64(place.header)
        let length = place.length - UInt64(place.header + Segment.recordEnd.count)
        let digest = try file.digest(from: start, count: length)
        let lock = withholding.lock.map { verify($0, of: leaf, name) } ?? verifyDestroyed(entry, leaf, name)
        switch digest {
        case withholding.remains:
            remarks.append("leaf \(leaf.number): the bytes of \(name) were \(withholding.sentence)\(lock)")
        case leaf.block:
            let when = entry.isCleared ? "and are there again" : "and are still there: the next opening removes them"
            remarks.append("leaf \(leaf.number): the bytes of \(name) were \(withholding.sentence), \(when)")
        case _ where !entry.isCleared:
            let when = "and may be half removed: the next opening goes on"
            remarks.append("leaf \(leaf.number): the bytes of \(name) were \(withholding.sentence), \(when)")
        default:
            let what = "what was left of \(name) when its bytes were \(withholding.sentence) was changed"
            add(
                leaf,
                place,
                at: start,
                what,
                "the HTTP header, and what stands in place of the bytes",
                "the WARC header, where no fault names it"
            )
        }
    }

    /// Checks the file that has the bytes encrypted. Gives what is to be said of it.
    private mutating func verify(_ lock: Lock, of leaf: Leaf, _ name: String) -> String {
        let file = "locked/\(LockedFiles.name(leaf.number))"
        locked.insert(LockedFiles.name(leaf.number))
        func fault(_ what: String) {
            let affects =
                "the bytes of \(name), which are not to be had from it by whoever has the key \(lock.recipient.id)"
            add(file, what, affects, "that they were withheld, and all else", leaf: leaf.number)
        }
        guard layout.locked.has(LockedFiles.name(leaf.number)) else {
            fault("is not there, and the ledger says that it has withheld bytes, encrypted")
            return ""
        }
        guard let digest = attempt(file, { (file) throws(VaultError) in try file.digest() }) else { return "" }
        guard digest == lock.digest else {
            fault("is not what was encrypted")
            return ""
        }
        return "; \(file) has them whole, encrypted"
    }

    /// Checks that what was encrypted before is gone where it was to be destroyed. Gives what is to be said of it.
    private mutating func verifyDestroyed(_ entry: WithheldIndex.Entry, _ leaf: Leaf, _ name: String) -> String {
        let file = LockedFiles.name(leaf.number)
        guard entry.withholding.destroyed != nil, layout.locked.has(file) else { return "" }
        locked.insert(file)
        guard entry.isErased else { return "; locked/\(file) is still there: the next opening removes it" }
        let what = "is there, and the ledger says that it was destroyed"
        add(
            "locked/\(file)",
            what,
            "that the bytes of \(name) are with nobody",
            "all that is sealed",
            leaf: leaf.number
        )
        return ""
    }

    /// Leaves that nobody signed, and files that no leaf speaks of.
    mutating func verifyWithholdings() throws(VaultError) {
        for leaf in withheld.unfounded {
            let what = "leaf \(leaf.number) would withhold something, and the ledger's key did not sign it"
            add(
                "ledger/\(PendingLog.name)",
                what,
                "nothing: it is not believed",
                "what it speaks of",
                leaf: leaf.number
            )
        }
        for name in try layout.locked.names() where !locked.contains(name) && !isBeingWritten {
            let file = "locked/\(name)"
            if name.hasSuffix(Folder.temporarySuffix) {
                remarks.append("\(file) was being written when a process ended")
            } else if UInt64(name).flatMap({ withheld[leaf: $0]?.withholding.lock }) == nil {
                let affects = "this file: a withholding that did not come about, or something that was added"
                add(file, "no leaf speaks of it", affects, "all that is sealed")
            }
        }
    }
}
