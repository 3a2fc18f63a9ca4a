/// One file of a ZIP archive in the one form that Ajar writes (APPNOTE 6.3.10): stored, not compressed, without a date,
/// its sizes known beforehand, with 64-bit fields where they are needed.
///
/// Because there is one form only, an archive can be compared with it byte for byte.
struct ZIPEntry: Hashable {
    /// From here on a number does not fit into 32 bits.
    static let large: UInt64 = 0xffff_ffff
    static let longestName = 1_024

    var name: String
    var crc: UInt32
    var size: UInt64
    /// Where its local header is.
    var offset: UInt64
    /// Whether its sizes have 64-bit fields.
    var isLarge: Bool

    private var version: UInt16 { isLarge || offset >= Self.large ? 45 : 20 }
    private var shortSize: UInt32 { isLarge ? .max : UInt32(truncatingIfNeeded: size) }

    var localHeader: [UInt8] {
        var bytes: [UInt8] = []
        let extra = isLarge ? Self.extra([size, size]) : []
        bytes.put(UInt32(0x0403_4b50))
        bytes.put(isLarge ? UInt16(45) : 20)
        putCommon(&bytes, extra)
        bytes += Array(name.utf8) + extra
        return bytes
    }

    var centralHeader: [UInt8] {
        var bytes: [UInt8] = []
        let isFar = offset >= Self.large
        let numbers = (isLarge ? [size, size] : []) + (isFar ? [offset] : [])
        let extra = numbers.isEmpty ? [] : Self.extra(numbers)
        bytes.put(UInt32(0x0201_4b50))
        // Made on Unix.
        bytes.put(UInt16(3 << 8 | 45))
        bytes.put(version)
        putCommon(&bytes, extra)
        // No comment, disk 0, nothing of the inside.
        for _ in 0..<3 { bytes.put(UInt16(0)) }
        // A regular file that anyone may read.
        bytes.put(UInt32(0o100644) << 16)
        bytes.put(isFar ? UInt32.max : UInt32(truncatingIfNeeded: offset))
        bytes += Array(name.utf8) + extra
        return bytes
    }

    private func putCommon(_ bytes: inout [UInt8], _ extra: [UInt8]) {
        // The name is UTF-8; stored; 1 January 1980.
        for number: UInt16 in [0x0800, 0, 0, 0x21] { bytes.put(number) }
        for number in [crc, shortSize, shortSize] { bytes.put(number) }
        bytes.put(UInt16(name.utf8.count))
        bytes.put(UInt16(extra.count))
    }

    private static func extra(_ numbers: [UInt64]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.put(UInt16(1))
        bytes.put(UInt16(8 * numbers.count))
        for number in numbers { bytes.put(number) }
        return bytes
    }

    /// What follows the last file: the directory, and where it is.
    static func directory(of entries: [ZIPEntry], at start: UInt64) -> [UInt8] {
        var bytes = entries.flatMap(\.centralHeader)
        let length = UInt64(bytes.count)
        let count = UInt64(entries.count)
        if start >= large {
            bytes.put(UInt32(0x0606_4b50))
            bytes.put(UInt64(44))
            bytes.put(UInt16(3 << 8 | 45))
            bytes.put(UInt16(45))
            for _ in 0..<2 { bytes.put(UInt32(0)) }
            for number in [count, count, length, start] { bytes.put(number) }
            bytes.put(UInt32(0x0706_4b50))
            bytes.put(UInt32(0))
            bytes.put(start + length)
            bytes.put(UInt32(1))
        }
        bytes.put(UInt32(0x0605_4b50))
        for number: UInt16 in [0, 0, UInt16(count), UInt16(count)] { bytes.put(number) }
        bytes.put(UInt32(truncatingIfNeeded: length))
        bytes.put(start >= large ? UInt32.max : UInt32(truncatingIfNeeded: start))
        bytes.put(UInt16(0))
        return bytes
    }
}

extension [UInt8] {
    fileprivate mutating func put(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}
