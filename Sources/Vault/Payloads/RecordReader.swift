import Domain
import Foundation

/// Reads sealed bytes back from the segments.
struct RecordReader: Sendable {
    let segments: SegmentStore

    func segment(_ number: UInt32) throws(VaultError) -> any SegmentBytes { try segments.segment(number) }

    func payload(_ digest: Digest, at location: PayloadLocation) throws(VaultError) -> PayloadReader {
        PayloadReader(digest, at: location, in: try segment(location.segment))
    }

    func record(at place: Leaf.Place) throws(VaultError) -> [UInt8] {
        let file = try segment(place.segment)
        guard try file.size() >= place.offset + place.length else {
            throw VaultError(.damaged, "read the record at \(place.offset)", path: file.path)
        }
        let bytes = try file.read(at: place.offset, upTo: Int(place.length))
        guard bytes.count == Int(place.length) else {
            throw VaultError(.damaged, "read the record at \(place.offset)", path: file.path)
        }
        return bytes
    }

    /// What a revisit of this payload says of where it was first seen.
    func original(at location: PayloadLocation) throws(VaultError) -> Original {
        let file = try segment(location.segment)
        let header = try file.read(at: location.offset, upTo: Int(location.header))
        guard let record = WARCHeader.value(of: "WARC-Record-ID", in: header),
            let target = WARCHeader.value(of: "WARC-Target-URI", in: header),
            let date = WARCHeader.value(of: "WARC-Date", in: header)
        else { throw VaultError(.damaged, "read the header at \(location.offset)", path: file.path) }
        return Original(
            leaf: location.leaf,
            record: String(record.dropFirst().dropLast()),
            target: target,
            date: date,
            segment: Segment.name(location.segment)
        )
    }
}

extension Original {
    /// The leaf of a record of the same group; its number is known only when the group is.
    init?(_ leaf: Leaf, segment: UInt32) {
        guard let record = leaf.record, let target = leaf.target else { return nil }
        self.init(leaf: nil, record: record, target: target, date: leaf.at.description, segment: Segment.name(segment))
    }
}
