/// A set of addresses, kept as sorted, disjoint, non-adjacent ranges.
///
/// Small however many addresses it holds, so a whole sweep's states travel in an Outcome. Its text form, used in
/// JSON, is a list of `first-last` ranges and single addresses separated by spaces.
package struct AddressSet: Hashable, Sendable {
    /// An inclusive range of addresses of one family.
    package struct Range: Hashable, Sendable {
        package let first: IPAddress
        package let last: IPAddress
    }

    package private(set) var ranges: [Range]

    package init() {
        ranges = []
    }

    package init(_ blocks: some Sequence<CIDR>) {
        self.init(merging: blocks.map { Range(first: $0.first, last: $0.last) })
    }

    package init(addresses: some Sequence<IPAddress>) {
        self.init(merging: addresses.map { Range(first: $0, last: $0) })
    }

    init(merging unsorted: [Range]) {
        ranges = []
        for range in unsorted.sorted(by: { $0.first < $1.first }) {
            guard let previous = ranges.last, previous.first.family == range.first.family,
                previous.last.value == .max || range.first.value <= previous.last.value + 1
            else {
                ranges.append(range)
                continue
            }
            ranges[ranges.count - 1] = Range(first: previous.first, last: max(previous.last, range.last))
        }
    }

    package var isEmpty: Bool { ranges.isEmpty }

    /// How many addresses the set holds; saturates at `Int.max`.
    package var count: Int {
        ranges.reduce(0) { sum, range in
            let size = (range.last.value - range.first.value).addingReportingOverflow(1)
            let small = size.overflow ? Int.max : Int(clamping: size.partialValue)
            let total = sum.addingReportingOverflow(small)
            return total.overflow ? Int.max : total.partialValue
        }
    }

    package func contains(_ address: IPAddress) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].last < address { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].first <= address
    }

    /// Every address, lowest first. Lazy: a set of a whole IPv6 prefix can be described but not walked.
    package var addresses: some Sequence<IPAddress> {
        ranges.lazy.flatMap { range in
            sequence(first: range.first) { address in
                address == range.last
                    ? nil
                    : address.family == .v4
                        ? IPAddress(v4: UInt32(address.value + 1)) : IPAddress(v6: address.value + 1)
            }
        }
    }

    package func union(_ other: AddressSet) -> AddressSet {
        AddressSet(merging: ranges + other.ranges)
    }

    package func subtracting(_ other: AddressSet) -> AddressSet {
        var result: [Range] = []
        for range in ranges {
            var rest: Range? = range
            for hole in other.ranges where hole.first.family == range.first.family {
                guard let current = rest, hole.last >= current.first, hole.first <= current.last else { continue }
                if hole.first > current.first {
                    result.append(Range(first: current.first, last: hole.first.advanced(by: -1)))
                }
                rest = hole.last < current.last ? Range(first: hole.last.advanced(by: 1), last: current.last) : nil
            }
            if let rest { result.append(rest) }
        }
        return AddressSet(merging: result)
    }

    package func intersection(_ other: AddressSet) -> AddressSet {
        subtracting(subtracting(other))
    }

    /// Adds one address. For many, `init(addresses:)` is faster.
    package mutating func insert(_ address: IPAddress) {
        self = union(AddressSet(addresses: CollectionOfOne(address)))
    }
}

extension IPAddress {
    /// The address `distance` away. The caller knows that it exists.
    fileprivate func advanced(by distance: Int) -> IPAddress {
        let moved = distance < 0 ? value - UInt128(-distance) : value + UInt128(distance)
        return family == .v4 ? IPAddress(v4: UInt32(moved)) : IPAddress(v6: moved)
    }
}

extension AddressSet: LosslessStringConvertible {
    package init?(_ description: String) {
        var ranges: [Range] = []
        for part in description.split(separator: " ") {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { IPAddress(String($0)) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
                first.family == last.family, first <= last
            else { return nil }
            ranges.append(Range(first: first, last: last))
        }
        self.init(merging: ranges)
    }

    package var description: String {
        ranges.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: " ")
    }
}

extension AddressSet: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a list of addresses and first-last ranges")
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}
