import Crypto

/// The number that, with the world file, decides every byte of the country.
package struct Seed: Hashable, Codable, Sendable {
    package let number: UInt64

    package init(_ number: UInt64) {
        self.number = number
    }

    /// 32 bytes that belong to one purpose: the same purpose always gives the same bytes.
    func bytes(for purpose: String) -> [UInt8] {
        Array(SHA256.hash(data: Array("ajar lab \(number) \(purpose)".utf8)))
    }

    /// Random numbers that belong to one purpose.
    func generator(for purpose: String) -> SeededGenerator {
        SeededGenerator(state: bytes(for: purpose).prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same on every machine, which the system's generator is not.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(state: UInt64) {
        self.state = state
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// One of some values, which must not be empty.
    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int(next() % UInt64(values.count))]
    }
}
