import Crypto
import Domain

/// Checks the records that sound leaves speak of, and that there is nothing in the segments beside them.
struct RecordVerification {
    let layout: VaultLayout
    private let segments: SegmentStore
    let isBeingWritten: Bool
    private(set) var faults: [VerificationReport.Fault] = []
    var remarks: [String] = []
    let withheld: WithheldIndex
    var withheldRecords: UInt64 = 0
    /// The encrypted files that were looked at.
    var locked: Set<String> = []
    private(set) var records: UInt64 = 0
    private(set) var bytes: UInt64 = 0

    /// The checkpoints that leaves say were signed, by size.
    private(set) var checkpoints: [UInt64: Domain.Digest] = [:]
    /// The last leaf that says when it was sealed.
    private var dated: Leaf?
    private var ends: [UInt32: UInt64] = [:]
    private var open: (number: UInt32, file: any SegmentBytes)?
    /// What could not be read because a store gives no answer, by the segment.
    private(set) var unreachable: [UInt32: VerificationReport.Unreachable] = [:]
    private var payloads: Set<PayloadIndex.Key> = []
    private var quarantined: Set<String> = []
    /// The time-stamps that were sealed, by the name that each has beside the ledger.
    private var stamps: [String: Leaf] = [:]
    /// Whom each of them is from.
    private(set) var authorities: [String: String] = [:]

    init(_ layout: VaultLayout, isBeingWritten: Bool, withheld: WithheldIndex, segments: SegmentStore) {
        self.layout = layout
        self.withheld = withheld
        self.segments = segments
        self.isBeingWritten = isBeingWritten
    }

    /// Checks the records of leaves that follow one another; nil stands for a leaf that is not sound.
    mutating func verify(_ entries: [[UInt8]?], from first: UInt64) {
        let measures = RecordMeasure.all(of: entries, from: first, in: segments)
        for (index, measure) in measures.enumerated() {
            if let measure { verify(measure, number: first + UInt64(index)) }
        }
    }

    private mutating func verify(_ measure: RecordMeasure, number: UInt64) {
        do throws(VaultError) {
            let leaf = try measure.leaf.get()
            if let checkpoint = leaf.checkpoint { checkpoints[number] = checkpoint }
            if leaf.kind.isDated { remarkOnClock(leaf) }
            if leaf.kind == .recovered { try verifyQuarantine(leaf) }
            if leaf.kind == .disowned, let other = leaf.refersTo {
                remarks.append(
                    "leaf \(number): leaf \(other) would withhold something, was found unsigned, and counts for nothing"
                )
            }
            if leaf.kind == .unknown { remarks.append("leaf \(number) is of a kind that only a later version knows") }
            noteStamp(leaf)
            if let place = leaf.place { try verifyWhereReachable(leaf, place, measure) }
        } catch {
            var fault = VerificationReport.Fault(leaf: number, error)
            fault.file = error.path.map(layout.relative) ?? fault.file
            faults.append(fault)
        }
    }

    private mutating func noteStamp(_ leaf: Leaf) {
        let authority = leaf.facts?[VaultLayout.authority]
        if let name = VaultLayout.stampName(of: leaf) {
            stamps[name] = leaf
            authorities[name] = authority
        }
        guard let size = VaultLayout.unstampedSize(of: leaf) else { return }
        let who = authority ?? "an authority"
        remarks.append("leaf \(leaf.number): \(who) gave no time-stamp for the checkpoint over \(size) leaves")
    }

    /// A clock that goes back shows between leaves; one that leaps was noticed when the leaf was sealed.
    private mutating func remarkOnClock(_ leaf: Leaf) {
        if let dated, dated.at.microseconds - leaf.at.microseconds > 1_000_000 {
            let before = "leaf \(dated.number), \(dated.at)"
            remarks.append("the clock went back between \(before), and leaf \(leaf.number), \(leaf.at)")
        }
        if let jump = leaf.facts?[Leaf.clockJump].flatMap({ Int64($0) }) {
            remarks.append("the clock had jumped by \(jump / 1_000_000) seconds before leaf \(leaf.number)")
        }
        dated = leaf
    }

    // MARK: Records

    /// What a store does not give is neither sound nor damaged.
    private mutating func verifyWhereReachable(
        _ leaf: Leaf,
        _ place: Leaf.Place,
        _ measure: RecordMeasure
    ) throws(VaultError) {
        cover(leaf, place)
        let known = (records, bytes, faults.count)
        giveUp(on: place.segment)
        if unreachable[place.segment] == nil {
            do throws(VaultError) { return try verify(leaf, place, measure) } catch {
                guard error.code == .unreachable else { throw error }
                let why = error.attempted
                unreachable[place.segment] = .init(file: "segments/\(Segment.name(place.segment))", why: why)
                (records, bytes) = (known.0, known.1)
                faults.removeLast(faults.count - known.2)
            }
        }
        unreachable[place.segment]?.records += 1
        if let digest = leaf.payload?.digest, PayloadLocation(leaf) != nil { payloads.insert(PayloadIndex.Key(digest)) }
    }

    /// A store that gave nothing of two segments is not waited for again.
    private mutating func giveUp(on number: UInt32) {
        guard unreachable.count >= 2, unreachable[number] == nil, segments.stored[number] != nil,
            !segments.isLocal(number), let why = unreachable.values.first?.why
        else { return }
        unreachable[number] = .init(file: "segments/\(Segment.name(number))", why: why)
    }

    private mutating func verify(_ leaf: Leaf, _ place: Leaf.Place, _ measure: RecordMeasure) throws(VaultError) {
        let file = try segment(place.segment)
        let header = try file.read(at: place.offset, upTo: place.header)
        records += 1
        bytes += place.length
        let name = "the \(leaf.kind.noun) of \(leaf.target ?? "nothing")"
        if Digest(of: header) != place.digest {
            let what = "the WARC header of \(name) was changed"
            add(
                leaf,
                place,
                at: place.offset,
                what,
                "what the header says",
                "its block and payload, where no fault names them"
            )
        }
        let end = place.offset + place.length - UInt64(Segment.recordEnd.count)
        if try file.read(at: end, upTo: Segment.recordEnd.count) != Segment.recordEnd {
            add(
                leaf,
                place,
                at: end,
                "the end of \(name) was changed",
                "nothing but the form",
                "header, block and payload"
            )
        }
        try verifyBlock(leaf, place, measure, name, in: file)
        if leaf.kind == .identical { verifyReference(leaf, place, name) }
    }

    private mutating func verifyBlock(
        _ leaf: Leaf,
        _ place: Leaf.Place,
        _ measure: RecordMeasure,
        _ name: String,
        in file: any SegmentBytes
    ) throws(VaultError) {
        let own = PayloadLocation(leaf)
        if let digest = leaf.payload?.digest, own != nil { payloads.insert(PayloadIndex.Key(digest)) }
        if let entry = withheld[leaf: leaf.number] { return try verify(leaf, place, withheldBy: entry, name, in: file) }
        let payload = leaf.payload?.digest.description ?? ""
        let measure = measure.block == nil ? try RecordMeasure(leaf, place, in: file) : measure
        guard measure.block == leaf.block else {
            let what = "the block of \(name) was changed"
            let affects = own == nil ? "these bytes" : "these bytes and payload \(payload), with all that refers to it"
            return add(leaf, place, at: place.block, what, affects, "the header, where no fault names it")
        }
        let fault: String
        switch measure.payload {
        case .none, .sound: return
        case .otherBytes: fault = "is not the one sealed"
        case .otherLength: fault = "has another length"
        }
        add(leaf, place, at: place.block, "the payload of \(name) \(fault)", "payload \(payload)", "the block")
    }

    private mutating func verifyReference(_ leaf: Leaf, _ place: Leaf.Place, _ name: String) {
        guard let digest = leaf.payload?.digest, !payloads.contains(PayloadIndex.Key(digest)) else { return }
        let what = "\(name) refers to payload \(digest), which no sound leaf before it has"
        add(
            leaf,
            place,
            at: place.offset,
            what,
            "the content of this answer",
            "that it was the same as one seen before"
        )
    }

    private mutating func segment(_ number: UInt32) throws(VaultError) -> any SegmentBytes {
        if let open, open.number == number { return open.file }
        let file = try segments.segment(number)
        open = (number, file)
        return file
    }

    // MARK: Coverage

    private mutating func cover(_ leaf: Leaf, _ place: Leaf.Place) {
        let end = ends[place.segment] ?? 0
        if place.offset != end {
            let what =
                "bytes from \(min(end, place.offset)) to \(max(end, place.offset)) are covered by "
                + (place.offset > end ? "no sound leaf" : "two leaves")
            add(leaf, place, at: end, what, "those bytes", "the records around them")
        }
        ends[place.segment] = max(end, place.offset + place.length)
    }

    /// Call when all leaves were given.
    mutating func finish() throws(VaultError) {
        for name in try layout.segments.files() {
            let end = Segment.number(name).flatMap { ends[$0] } ?? 0
            guard let size = attempt("segments/\(name)", { (file) throws(VaultError) in try file.size() }),
                size > end || (end == 0 && Segment.number(name) == nil)
            else { continue }
            let what = "\(size - end) bytes from \(end) are covered by no leaf"
            if isBeingWritten, Segment.number(name) != nil {
                remarks.append("segments/\(name): \(what); they may be being written just now")
            } else {
                let why = "those bytes: an unfinished write, or something that was added"
                add("segments/\(name)", what, why, "all records before them", offset: end)
            }
        }
        for name in try layout.quarantine.names() where !quarantined.contains(name) && !isBeingWritten {
            add("quarantine/\(name)", "no leaf speaks of it", "this file", "all that is sealed")
        }
        try verifyDerived()
        try verifyStamps()
        try verifyWithholdings()
    }

    /// That they are the sealed replies; what they say is checked elsewhere.
    private mutating func verifyStamps() throws(VaultError) {
        for name in try layout.stamps.names() where !name.hasSuffix(Folder.temporarySuffix) {
            let file = "ledger/stamps/\(name)"
            guard let leaf = stamps.removeValue(forKey: name) else {
                if !isBeingWritten { add(file, "no leaf speaks of it", "this file", "all that is sealed") }
                continue
            }
            let digest = attempt(file) { (file) throws(VaultError) in try file.digest() }
            guard let digest, digest != leaf.payload?.digest else { continue }
            add(file, "is not the reply that was sealed", "this file", "the reply, in its record", leaf: leaf.number)
        }
        for (name, leaf) in stamps.sorted(by: { $0.key < $1.key }) where !isBeingWritten {
            remarks.append("the time-stamp \(name) is not beside the ledger; leaf \(leaf.number) has it")
        }
    }

    private mutating func verifyQuarantine(_ leaf: Leaf) throws(VaultError) {
        guard let path = leaf.target, !path.contains("..") else { return }
        quarantined.insert(path.splitLast.name)
        remarks.append("leaf \(leaf.number): \(path) was unfinished when the vault was opened at \(leaf.at)")
        let file = try OpenFile(layout.root.path(path), for: .reading)
        if try file.digest() != leaf.block {
            add(path, "was changed since it was set aside", "this file, which was never sealed", "all that is sealed")
        }
    }

    private mutating func verifyDerived() throws(VaultError) {
        for path in try layout.derived.files() where !path.hasSuffix(Folder.temporarySuffix) {
            let digest = attempt("derived/\(path)") { (file) throws(VaultError) in try file.digest() }
            guard let digest else { continue }
            if digest?.description != path.splitLast.name {
                add(
                    "derived/\(path)",
                    "is not what was stored",
                    "this file, which can be made again",
                    "all that is sealed"
                )
            }
        }
    }

    // MARK: Faults

    /// What a file of the vault gives; one that cannot be read is a fault of its own, and ends nothing else.
    mutating func attempt<Value>(
        _ name: String,
        _ work: (OpenFile) throws(VaultError) -> Value
    ) -> Value? {
        do throws(VaultError) { return try work(try OpenFile(layout.root.path(name), for: .reading)) } catch {
            add(name, "cannot be read: \(error)", "all that is in it", "what no fault names")
            return nil
        }
    }

    mutating func add(
        _ leaf: Leaf,
        _ place: Leaf.Place,
        at offset: UInt64,
        _ what: String,
        _ affects: String,
        _ sound: String
    ) {
        add("segments/\(Segment.name(place.segment))", what, affects, sound, offset: offset, leaf: leaf.number)
    }

    mutating func add(
        _ file: String,
        _ what: String,
        _ affects: String,
        _ sound: String,
        offset: UInt64? = nil,
        leaf: UInt64? = nil
    ) {
        faults.append(.init(file: file, offset: offset, leaf: leaf, what: what, affects: affects, sound: sound))
    }
}
