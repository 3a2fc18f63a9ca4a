/// What held from one run of a reach to another.
package struct RunSpan<Value: Hashable & Sendable>: Hashable, Sendable {
    package var first: Int
    /// Nil while nothing says otherwise.
    package var last: Int?
    package var value: Value

    package init(first: Int, last: Int?, value: Value) {
        self.first = first
        self.last = last
        self.value = value
    }

    package func holds(_ ordinal: Int) -> Bool { first <= ordinal && ordinal <= last ?? .max }
}

extension [Int64: [RunSpan<Int>]] {
    /// The value in a run of a reach.
    package func value(reach: Int64, ordinal: Int) -> Int? {
        guard let spans = self[reach] else { return nil }
        // Sorted by their beginnings, and disjoint.
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].first <= ordinal { low = middle + 1 } else { high = middle }
        }
        guard low > 0, spans[low - 1].holds(ordinal) else { return nil }
        return spans[low - 1].value
    }
}
