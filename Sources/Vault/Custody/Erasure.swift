import Crypto
import Domain
import Logging

/// Takes bytes out of a segment. The record keeps its place and its headers, so that everything else keeps its offset.
///
/// It is done only when the ledger says so durably, and may be done again any number of times: whoever opens the vault
/// finishes what a process left in the middle.
struct Erasure {
    private static let zeros = [UInt8](repeating: 0, count: 1 << 20)

    let layout: VaultLayout
    let segments: SegmentStore

    /// What a record's block will be without its payload, and whether it was what its leaf says when it was first withheld.
    func remains(
        of target: WithholdingPlan.Target,
        _ place: Leaf.Place
    ) throws(VaultError) -> (digest: Domain.Digest, wasSound: Bool) {
        if let before = target.locked?.withholding { return (before.remains, before.wasSound) }
        return try remains(of: target.leaf, place)
    }

    private func remains(
        of leaf: Leaf,
        _ place: Leaf.Place
    ) throws(VaultError) -> (digest: Domain.Digest, wasSound: Bool) {
        let file = try segments.file(place.segment)
        let (start, length) = Self.block(place)
        let head = leaf.payload?.head ?? 0
        let wasSound = try file.digest(from: start, count: length) == leaf.block
        var hash = SHA256()
        hash.update(data: try file.read(at: start, upTo: head))
        var rest = length - UInt64(head)
        while rest > 0 {
            let count = Int(min(rest, UInt64(Self.zeros.count)))
            hash.update(data: Self.zeros.prefix(count))
            rest -= UInt64(count)
        }
        return (Domain.Digest(hash.finalize()), wasSound)
    }

    /// Does what a withholding says: takes the bytes out of the segment, and destroys what was kept encrypted.
    func erase(_ leaf: Leaf, _ withholding: Withholding, isCleared: Bool) throws(VaultError) {
        if !isCleared { try erase(leaf) }
        if withholding.destroyed != nil { try LockedFiles(layout).destroy(leaf.number) }
    }

    /// Overwrites what a leaf's record holds behind its HTTP header. The bytes are gone from the file when this returns;
    /// what a disk or a file system keeps of older contents is not in its hands.
    private func erase(_ leaf: Leaf) throws(VaultError) {
        guard let place = leaf.place else { throw VaultError(.damaged, "find the record of leaf \(leaf.number)") }
        let file = try OpenFile(layout.segments.path(Segment.name(place.segment)), for: .changing)
        let (start, length) = Self.payload(of: leaf, place)
        guard try file.size() >= start + length else {
            throw VaultError(.damaged, "find the record of leaf \(leaf.number)", path: file.path)
        }
        let end = start + length
        var position = start
        while position < end {
            let count = Int(min(end - position, UInt64(Self.zeros.count)))
            try file.write(Self.zeros.prefix(count), at: position)
            position += UInt64(count)
        }
        try file.sync()
    }

    /// Removes what was made from the item.
    func remove(derived: [Domain.Digest]) throws(VaultError) {
        for digest in derived {
            let name = digest.description
            try layout.derived.folder(String(name.prefix(2))).remove(name)
        }
    }

    /// Does what signed leaves withheld and no leaf says was done, and gives the leaves that will say so.
    func finish(_ withheld: WithheldIndex, _ files: LedgerFiles, at time: Timestamp) throws(VaultError) -> [Leaf] {
        let signed = files.checkpoint.size
        var leaves: [Leaf] = []
        var touched: Set<UInt32> = []
        for entry in withheld.all where !entry.isErased && entry.saidBy < signed {
            guard mayErase(entry.withholding) else { continue }
            let leaf = try files.leaf(entry.withholding.leaf)
            try remove(derived: entry.withholding.derived)
            if !entry.isCleared, let number = leaf.place?.segment {
                // Collecting does not wait for a store: what cannot be done without it is done by a later opening.
                do throws(VaultError) { try segments.fetch(number) } catch {
                    Logger.current.warning("withheld bytes are still to be removed", metadata: ["error": "\(error)"])
                    continue
                }
                touched.insert(number)
            }
            try erase(leaf, entry.withholding, isCleared: entry.isCleared)
            leaves.append(Self.done(entry.saidBy, at: time))
        }
        let removed: [Leaf]
        do throws(VaultError) { removed = try removeCopies(of: touched, at: time) } catch {
            guard error.code == .unreachable else { throw error }
            Logger.current.warning("withheld bytes are still in the store", metadata: ["error": "\(error)"])
            return []
        }
        return leaves + removed
    }

    /// Removes what the store has of segments whose bytes were overwritten, and gives the leaves that will say so.
    func removeCopies(of numbers: Set<UInt32>, at time: Timestamp) throws(VaultError) -> [Leaf] {
        var leaves: [Leaf] = []
        for number in numbers.sorted() {
            guard let copy = segments.stored[number] else { continue }
            try segments.reachable(to: "remove withheld bytes of \(Segment.name(number))").remove(copy.object)
            leaves.append(.removed(from: copy, at: time))
        }
        return leaves
    }

    /// Whether nothing is lost that was to be kept: bytes go only when their encrypted form is on the disk.
    func mayErase(_ withholding: Withholding) -> Bool {
        withholding.lock.map { LockedFiles(layout).holds($0, of: withholding.leaf) } ?? true
    }

    /// The leaf that says that the bytes are gone.
    static func done(_ withheld: UInt64, at time: Timestamp) -> Leaf {
        var leaf = Leaf(.erased, at: time)
        leaf.refersTo = withheld
        return leaf
    }

    /// Where the bytes lie that are taken out: the block without the HTTP header.
    static func payload(of leaf: Leaf, _ place: Leaf.Place) -> (start: UInt64, length: UInt64) {
        let (start, length) = block(place)
        let head = UInt64(leaf.payload?.head ?? 0)
        return (start + head, length - head)
    }

    private static func block(_ place: Leaf.Place) -> (start: UInt64, length: UInt64) {
        let around = UInt64(place.header + Segment.recordEnd.count)
        return (place.offset + UInt64(place.header), place.length - around)
    }
}
