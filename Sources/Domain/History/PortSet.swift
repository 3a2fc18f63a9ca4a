/// A set of ports, kept as sorted, disjoint, non-adjacent ranges. Its text is that of nmap's `-p`: `1-1024,8080`.
package struct PortSet: Hashable, Sendable {
    package private(set) var ranges: [ClosedRange<UInt16>]

    package init() { ranges = [] }

    package init(_ ports: some Sequence<UInt16>) {
        self.init(merging: ports.map { $0...$0 })
    }

    package init(merging unsorted: [ClosedRange<UInt16>]) {
        ranges = []
        for range in unsorted.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let previous = ranges.last, Int(range.lowerBound) <= Int(previous.upperBound) + 1 else {
                ranges.append(range)
                continue
            }
            ranges[ranges.count - 1] = previous.lowerBound...max(previous.upperBound, range.upperBound)
        }
    }

    package var isEmpty: Bool { ranges.isEmpty }

    package var count: Int { ranges.reduce(0) { $0 + $1.count } }

    /// Every port, lowest first.
    package var ports: some Sequence<UInt16> { ranges.lazy.joined() }

    package func contains(_ port: UInt16) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < port { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= port
    }

    package func union(_ other: PortSet) -> PortSet { PortSet(merging: ranges + other.ranges) }

    package func subtracting(_ other: PortSet) -> PortSet {
        var rest: [ClosedRange<UInt16>] = []
        for range in ranges {
            var next = Int(range.lowerBound)
            for hole in other.ranges where hole.overlaps(range) {
                if Int(hole.lowerBound) > next { rest.append(UInt16(next)...(hole.lowerBound - 1)) }
                next = max(next, Int(hole.upperBound) + 1)
            }
            if next <= Int(range.upperBound) { rest.append(UInt16(next)...range.upperBound) }
        }
        return PortSet(merging: rest)
    }

    package func intersection(_ other: PortSet) -> PortSet { subtracting(subtracting(other)) }
}

extension PortSet: LosslessStringConvertible {
    /// Reads `1-1024,8080`, as nmap prints it; an empty text is the empty set.
    package init?(_ description: String) {
        var ranges: [ClosedRange<UInt16>] = []
        for part in description.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: true) {
            let ends = part.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
                .map { UInt16(Substring($0)) }
            guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last else {
                return nil
            }
            ranges.append(first...last)
        }
        self.init(merging: ranges)
    }

    package var description: String {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
    }
}

extension PortSet: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a list of ports, such as 1-1024,8080")
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}
