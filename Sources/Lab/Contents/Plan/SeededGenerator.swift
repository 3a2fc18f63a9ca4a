/// A stream of numbers that a seed and some words decide, the same on every machine (SplitMix64).
///
/// The standard library's own methods on generators may change with its version, so none of them is used.
struct SeededGenerator: Sendable {
    private var state: UInt64

    init(_ seed: UInt64, _ words: String...) {
        // FNV-1a.
        state = 0xcbf2_9ce4_8422_2325 ^ seed
        for word in words {
            for byte in word.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
            state = (state ^ 0xff) &* 0x100_0000_01b3
        }
        state ^= seed << 17
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// 0 up to, not including, 1.
    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    mutating func number(from low: Double, to high: Double) -> Double { low + unit() * (high - low) }

    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// One of a list that must not be empty.
    mutating func pick<Element>(_ list: [Element]) -> Element { list[number(in: 0...list.count - 1)] }

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
