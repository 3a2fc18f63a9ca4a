/// A block of addresses that share a prefix, such as `127.45.176.0/22` (RFC 4632).
package struct CIDR: Hashable, Sendable {
    /// The lowest address of the block; host bits are zero.
    package let base: IPAddress
    package let prefixLength: Int

    /// The block of the given length that holds `address`; nil when the length does not fit the family.
    package init?(containing address: IPAddress, prefixLength: Int) {
        guard (0...address.family.bits).contains(prefixLength) else { return nil }
        let hostBits = UInt128(address.family.bits - prefixLength)
        let value = hostBits == 128 ? 0 : (address.value >> hostBits) << hostBits
        base = address.family == .v4 ? IPAddress(v4: UInt32(value)) : IPAddress(v6: value)
        self.prefixLength = prefixLength
    }

    package var first: IPAddress { base }

    package var last: IPAddress {
        let hostBits = UInt128(base.family.bits - prefixLength)
        let mask = hostBits == 128 ? UInt128.max : (UInt128(1) << hostBits) - 1
        return base.family == .v4 ? IPAddress(v4: UInt32(base.value | mask)) : IPAddress(v6: base.value | mask)
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.family == base.family && first <= address && address <= last
    }
}

extension CIDR: LosslessStringConvertible {
    /// Reads `address/length` with all host bits zero, or a bare address as a block of one.
    package init?(_ description: String) {
        let parts = description.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress(String($0)) }) else { return nil }
        guard parts.count == 2 else {
            self.init(containing: address, prefixLength: address.family.bits)
            return
        }
        guard let length = Int(parts[1]), String(length) == parts[1] else { return nil }
        self.init(containing: address, prefixLength: length)
        guard base == address else { return nil }
    }

    package var description: String { "\(base)/\(prefixLength)" }
}

extension CIDR: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a CIDR block with its host bits zero, such as 192.0.2.0/24")
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}
