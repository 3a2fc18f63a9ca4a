extension SeededGenerator {
    /// A stream that a seed and some words decide.
    init(_ seed: UInt64, _ words: String...) {
        // FNV-1a.
        var state = 0xcbf2_9ce4_8422_2325 ^ seed
        for word in words {
            for byte in word.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
            state = (state ^ 0xff) &* 0x100_0000_01b3
        }
        self.init(state: state ^ seed << 17)
    }

    /// 0 up to, not including, 1. The standard library's own draws may change with its version; these do not.
    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    mutating func number(from low: Double, to high: Double) -> Double { low + unit() * (high - low) }

    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// An index into `weights`, as often as its weight says.
    mutating func index(weighted weights: [Int]) -> Int {
        var rest = number(in: 0...max(weights.reduce(0, +) - 1, 0))
        for (index, weight) in weights.enumerated() {
            if rest < weight { return index }
            rest -= weight
        }
        return 0
    }
}
