import Domain

extension LedgerVerification {
    /// What sound leaves say is withheld. It must be known before the records are read, for it stands behind them.
    func withheld() throws(VaultError) -> WithheldIndex {
        let index = WithheldIndex()
        var number: UInt64 = 0
        while number < size {
            let page = try leaves(from: number)
            guard !page.isEmpty else { return index }
            for bytes in page {
                // A leaf that cannot be read is named when the records are checked.
                if let bytes, Leaf.mayWithhold(bytes), let leaf = try? Leaf(bytes, number: number) { index.add([leaf]) }
                number += 1
            }
        }
        return index
    }
}

extension RecordVerification {
    /// Checks a record whose bytes are withheld: what is left must be exactly what the ledger says is left.
    mutating func verify(
        _ leaf: Leaf,
        _ place: Leaf.Place,
        withheldBy entry: WithheldIndex.Entry,
        _ name: String,
        in file: OpenFile
    ) throws(VaultError) {
        withheldRecords += 1
        let withholding = entry.withholding
        let start = place.offset + UInt64(place.header)
        let length = place.length - UInt64(place.header + Segment.recordEnd.count)
        let digest = try file.digest(from: start, count: length)
        switch digest {
        case withholding.remains:
            remarks.append("leaf \(leaf.number): the bytes of \(name) were \(withholding.sentence)")
        case leaf.block:
            let when = entry.isErased ? "and are there again" : "and are still there: the next opening removes them"
            remarks.append("leaf \(leaf.number): the bytes of \(name) were \(withholding.sentence), \(when)")
        case _ where !entry.isErased:
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
}
