/// A TGA picture's header. The format has no magic bytes, so every field is checked, or the footer of version 2 vouches.
struct Targa {
    let width: Int
    let height: Int

    /// Nil unless the file ends with the footer, or each header field has one of its few legal values and the pixels fit.
    init?(_ file: HeldFile) {
        var cursor = file.cursor()
        guard let header = try? cursor.take(18) else { return nil }
        width = Int(header[12]) | Int(header[13]) << 8
        height = Int(header[14]) | Int(header[15]) << 8
        guard width > 0, height > 0, Self.isLegal(header) else { return nil }
        let footer = file.starts(with: Array("TRUEVISION-XFILE.\0".utf8), at: file.count - 18)
        if footer { return }
        let mapBytes = header[1] == 1 ? (Int(header[5]) | Int(header[6]) << 8) * ((Int(header[7]) + 7) / 8) : 0
        let start = 18 + Int(header[0]) + mapBytes
        let pixels = width * height * ((Int(header[16]) + 7) / 8)
        let isPacked = header[2] & 8 != 0
        // Packed pixels take at least one packet for 128, unpacked ones exactly their size.
        guard isPacked ? file.count > start + width * height / 128 : file.count >= start + pixels else { return nil }
        // Without a footer only exact or packed files count, so that a text or a log is not taken for a picture.
        guard isPacked || file.count - (start + pixels) < 4096 else { return nil }
    }

    private static func isLegal(_ header: [UInt8]) -> Bool {
        let kinds: [UInt8] = [1, 2, 3, 9, 10, 11]
        let depths: [UInt8] = [8, 15, 16, 24, 32]
        guard kinds.contains(header[2]), depths.contains(header[16]), header[1] <= 1 else { return false }
        let isMapped = header[2] & 3 == 1
        guard isMapped == (header[1] == 1) else { return false }
        guard isMapped ? [15, 16, 24, 32].contains(header[7]) : header[5...7].allSatisfy({ $0 == 0 }) else {
            return false
        }
        // Two reserved bits, and no more alpha bits than a pixel of this depth has.
        return header[17] & 0xc0 == 0 && header[17] & 0x0f <= 8
    }
}
