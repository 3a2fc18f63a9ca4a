import Glibc

/// What was read again of what a listing shows unchanged, and what that proves of changes that keep size and time.
///
/// A file is drawn by chance, with the same probability each day and unforeseeable by its server; and it is read at the
/// latest when its last reading is too long ago.
package struct Audit: Hashable, Codable, Sendable {
    /// How probable it is that a change of one file that no listing shows is found within so many days of daily looks,
    /// where it lasts that long.
    package struct Chance: Hashable, Codable, Sendable {
        package var days: Int
        package var probability: Double
    }

    /// The part of all files that is drawn a day, 0 to 1.
    package var share: Double
    /// Days after which a file is read in any case.
    package var rereadAfterDays: Int
    /// Files whose bytes are known and whose rows show no change.
    package var files = 0
    /// Of these, files that were drawn by chance and read.
    package var drawn = 0
    /// Files that were read because the last reading was too long ago.
    package var overdue = 0
    /// Files that were to be read again, and could not be.
    package var unread = 0
    /// Files among those drawn that had other bytes.
    package var drawnChanged = 0
    /// Files among all that were read again that had other bytes.
    package var changed = 0
    package private(set) var chances: [Chance] = []
    /// With a confidence of 95 %, at most this part of the files had changed without a sign when this look drew among them
    /// (Clopper and Pearson's bound). Nil where none was drawn.
    package private(set) var changedAtMost: Double?

    package init(share: Double, rereadAfterDays: Int) {
        self.share = min(max(share, 0), 1)
        self.rereadAfterDays = rereadAfterDays
    }

    /// The same with what it proves.
    package var concluded: Audit {
        var audit = self
        audit.chances = [1, 3, 7, 30].map { Chance(days: $0, probability: chance(within: $0)) }
        audit.changedAtMost = drawn > 0 ? Self.upperBound(hits: drawnChanged, of: drawn) : nil
        return audit
    }

    /// The probability that a file is drawn at a look so many days after the one before.
    package func probability(after days: Int) -> Double { days > 0 ? 1 - pow(1 - share, Double(days)) : 0 }

    private func chance(within days: Int) -> Double { days >= rereadAfterDays ? 1 : probability(after: days) }

    /// The largest share of which so few hits in so many draws are still as probable as 5 %.
    static func upperBound(hits: Int, of draws: Int) -> Double {
        guard hits < draws else { return 1 }
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if probability(ofAtMost: hits, of: draws, at: middle) > 0.05 { low = middle } else { high = middle }
        }
        return high
    }

    private static func probability(ofAtMost hits: Int, of draws: Int, at share: Double) -> Double {
        guard share > 0 else { return 1 }
        guard share < 1 else { return 0 }
        let odds = log(share) - log1p(-share)
        var (term, sum) = (Double(draws) * log1p(-share), 0.0)
        for count in 0...hits {
            sum += exp(term)
            term += log(Double(draws - count)) - log(Double(count + 1)) + odds
        }
        return min(sum, 1)
    }
}
