import Dispatch
import Domain
import Foundation
import Synchronization

/// A leaf, and what the bytes that it speaks of are: all of the work that can be done for many records at one time,
/// before they are judged one after the other.
struct RecordMeasure: Sendable {
    enum Payload: Sendable {
        /// The record holds none of its own, or the block itself is the payload.
        case none
        case sound
        case otherBytes
        case otherLength
    }

    var leaf: Result<Leaf, VaultError>
    /// The SHA-256 of the block; nil where it could not be read, which whoever judges will find again.
    var block: Digest?
    /// Measured only where the block is the one that was sealed.
    var payload = Payload.none

    /// Measures the records of leaves that follow one another, on all processors; those whose segment is no file here are
    /// left to ``init(_:_:in:)``.
    static func all(of entries: [[UInt8]?], from first: UInt64, in segments: SegmentStore) -> [RecordMeasure?] {
        let workers = min(ProcessInfo.processInfo.activeProcessorCount, entries.count)
        // Guards the next entry to take, and what came of those before.
        let work = Mutex((next: 0, measures: [RecordMeasure?](repeating: nil, count: entries.count)))
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            var open: (number: UInt32, file: OpenFile)?
            while true {
                let index = work.withLock { work in
                    defer { work.next += 1 }
                    return work.next
                }
                guard index < entries.count else { return }
                guard let entry = entries[index] else { continue }
                let measure = RecordMeasure(entry, number: first + UInt64(index), in: segments, &open)
                work.withLock { $0.measures[index] = measure }
            }
        }
        return work.withLock { $0.measures }
    }

    private init(
        _ entry: [UInt8],
        number: UInt64,
        in segments: SegmentStore,
        _ open: inout (number: UInt32, file: OpenFile)?
    ) {
        do throws(VaultError) {
            let leaf = try Leaf(entry, number: number)
            self.leaf = .success(leaf)
            guard let place = leaf.place else { return }
            do throws(VaultError) {
                if open?.number != place.segment { open = (place.segment, try segments.file(place.segment)) }
                if let file = open?.file { self = try RecordMeasure(leaf, place, in: file) }
            } catch {
                // Whoever judges reads it again, and names what is wrong with it.
                block = nil
            }
        } catch {
            leaf = .failure(error)
        }
    }

    /// A block from which on its digest and its payload's are taken side by side: one such is all of a segment's work, and
    /// would leave the other processors idle.
    private static let long: UInt64 = 32 << 20

    /// Measures one record, wherever its bytes lie.
    init(_ leaf: Leaf, _ place: Leaf.Place, in file: some SegmentBytes) throws(VaultError) {
        self.leaf = .success(leaf)
        if place.blockLength >= Self.long, let file = file as? OpenFile {
            let (block, payload) = try Self.sideBySide(leaf, place, in: file)
            self.block = block
            if block == leaf.block { self.payload = payload }
            return
        }
        block = try file.digest(from: place.block, count: place.blockLength)
        if block == leaf.block { payload = try Self.payload(of: leaf, place, in: file) }
    }

    private static func sideBySide(
        _ leaf: Leaf,
        _ place: Leaf.Place,
        in file: OpenFile
    ) throws(VaultError) -> (block: Digest?, payload: Payload) {
        // Guards what each of the two came to.
        let found = Mutex<(block: Result<Digest?, VaultError>, payload: Result<Payload, VaultError>)>(
            (.success(nil), .success(.none))
        )
        DispatchQueue.concurrentPerform(iterations: 2) { part in
            if part == 0 {
                let block = Result { () throws(VaultError) in
                    try file.digest(from: place.block, count: place.blockLength)
                }
                found.withLock { $0.block = block }
            } else {
                let payload = Result { () throws(VaultError) in try Self.payload(of: leaf, place, in: file) }
                found.withLock { $0.payload = payload }
            }
        }
        let both = found.withLock { $0 }
        return (try both.block.get(), try both.payload.get())
    }

    private static func payload(
        of leaf: Leaf,
        _ place: Leaf.Place,
        in file: some SegmentBytes
    ) throws(VaultError) -> Payload {
        guard let own = PayloadLocation(leaf), let digest = leaf.payload?.digest,
            own.head > 0 || own.isChunked || own.length != place.blockLength
        else { return .none }
        let reader = PayloadReader(digest, at: own, in: file)
        var count: UInt64 = 0
        do throws(VaultError) {
            while let piece = try reader.next(upTo: 1 << 20) { count += UInt64(piece.count) }
        } catch {
            guard error.code != .unreachable else { throw error }
            return .otherBytes
        }
        return count == own.length ? .sound : .otherLength
    }
}

extension Leaf.Place {
    /// Where the block begins: behind the WARC header.
    var block: UInt64 { offset + UInt64(header) }

    var blockLength: UInt64 {
        let around = UInt64(header + Segment.recordEnd.count)
        return length > around ? length - around : 0
    }
}
