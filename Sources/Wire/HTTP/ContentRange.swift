/// Which bytes of a whole a partial answer holds (RFC 9110 14.4): `bytes 100-199/5000`.
package struct ContentRange: Hashable, Sendable {
    package var first: UInt64
    /// Never before ``first``.
    package var last: UInt64
    /// The length of the whole; nil where the server writes `*`. Always beyond ``last``.
    package var total: UInt64?

    /// Nil for another unit, an unsatisfied range, and numbers that contradict each other.
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bytes" else { return nil }
        let sides = words[1].split(separator: "/", omittingEmptySubsequences: false)
        guard sides.count == 2 else { return nil }
        let ends = sides[0].split(separator: "-", omittingEmptySubsequences: false).map { Self.number($0) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last, last < .max else { return nil }
        (self.first, self.last) = (first, last)
        if sides[1] == "*" { return }
        guard let total = Self.number(sides[1]), total > last else { return nil }
        self.total = total
    }

    private static func number(_ text: Substring) -> UInt64? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt64(text) : nil
    }
}
