import Domain
import Foundation

/// The segments of a vault: which one takes small records, and which are lent to long bodies.
///
/// A body that is too long for memory gets a segment to itself while it streams, so that bodies can arrive side by side
/// and each is still one contiguous record.
struct SegmentPool {
    private let folder: Folder
    private let limit: UInt64
    private var free: [Segment] = []
    private var next: UInt32
    private var current: Segment?
    /// Segments with whole records that are not durable yet.
    private var unsynced: [UInt32: Segment] = [:]
    /// Leaves of segments that were begun and are not yet in the ledger.
    private var begun: [Leaf] = []

    init(folder: Folder, limit: UInt64, free: [Segment], next: UInt32) {
        self.folder = folder
        self.limit = limit
        self.free = free
        self.next = next
    }

    /// The segment for a record of `length` bytes.
    mutating func segment(for length: UInt64, at time: Timestamp) throws(VaultError) -> Segment {
        if let current, current.end + length <= limit {
            unsynced[current.number] = current
            return current
        }
        let segment = try lend(for: length, at: time)
        current = segment
        unsynced[segment.number] = segment
        return segment
    }

    /// A segment that nobody else writes to until it is given back, with room for `length` bytes where that is possible.
    mutating func lend(for length: UInt64, at time: Timestamp) throws(VaultError) -> Segment {
        if let index = free.lastIndex(where: { $0.end + length <= limit }) { return free.remove(at: index) }
        let name = Segment.name(next)
        let segment = Segment(number: next, file: try OpenFile(folder.path(name), for: .making), end: 0)
        try folder.sync()
        next += 1
        try begin(segment, name: name, at: time)
        unsynced[segment.number] = segment
        return segment
    }

    /// Says that a lent segment ends with a whole record, which the next ``sync()`` makes durable.
    mutating func complete(_ segment: Segment) {
        unsynced[segment.number] = segment
    }

    mutating func giveBack(_ segment: Segment) {
        if segment.end < limit { free.append(segment) }
    }

    /// Never gives out a segment again.
    mutating func retire(_ number: UInt32) {
        if current?.number == number { current = nil }
        free.removeAll { $0.number == number }
    }

    private mutating func begin(_ segment: Segment, name: String, at time: Timestamp) throws(VaultError) {
        let text =
            "software: ajar/\(ajarVersion)\r\nformat: WARC File Format 1.1\r\n"
            + "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        let block = Array(text.utf8)
        var leaf = Leaf(.segment, at: time)
        leaf.target = name
        leaf.record = newRecordName()
        leaf.contentType = "application/warc-fields"
        leaf.block = Digest(of: block)
        try segment.append(&leaf, header: WARCHeader(leaf, blockLength: UInt64(block.count)), block: [block])
        begun.append(leaf)
    }

    /// The leaves of new segments, which go before those of the records in them.
    mutating func takeBegun() -> [Leaf] {
        defer { begun = [] }
        return begun
    }

    /// Returns when every whole record is on the disk.
    mutating func sync() throws(VaultError) {
        for segment in unsynced.values { try segment.sync() }
        unsynced = [:]
    }
}

/// A name for a record that no other record has.
func newRecordName() -> String { "urn:uuid:\(UUID().uuidString.lowercased())" }
