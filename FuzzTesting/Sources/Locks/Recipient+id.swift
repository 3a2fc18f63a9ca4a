extension Recipient {
    /// In the place of the SHA-256, for which this package has no library: any sum that goes with the key will do here.
    package var id: String {
        let sum = key.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
