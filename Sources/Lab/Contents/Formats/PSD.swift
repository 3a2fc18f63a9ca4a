/// A flat Photoshop document in grey: the merged picture, and the layers it was merged from.
struct PSD {
    struct Layer {
        var name: String
        /// One byte a pixel, row after row.
        var greys: [UInt8]
    }

    var width: Int
    var height: Int
    /// The lowest first.
    var layers: [Layer]

    /// The document's bytes (Adobe Photoshop File Formats Specification).
    var bytes: [UInt8] {
        var output = Array("8BPS".utf8)
        output.append(big16: 1)
        output += [UInt8](repeating: 0, count: 6)
        output.append(big16: 1)
        output.append(big32: height)
        output.append(big32: width)
        output.append(big16: 8)
        // Colour mode: grey.
        output.append(big16: 1)
        output.append(big32: 0)
        output.append(big32: 0)
        let section = layerSection
        output.append(big32: section.count)
        output += section
        let merged = layers.last.map { Self.packed($0.greys, width, height) } ?? (counts: [], rows: [])
        output.append(big16: 1)
        for count in merged.counts { output.append(big16: count) }
        return output + merged.rows
    }

    private var layerSection: [UInt8] {
        var records: [UInt8] = []
        var pixels: [UInt8] = []
        records.append(big16: layers.count)
        for layer in layers {
            let packed = Self.packed(layer.greys, width, height)
            var data: [UInt8] = []
            data.append(big16: 1)
            for count in packed.counts { data.append(big16: count) }
            data += packed.rows
            for edge in [0, 0, height, width] { records.append(big32: edge) }
            records.append(big16: 1)
            records.append(big16: 0)
            records.append(big32: data.count)
            records += Array("8BIMnorm".utf8) + [255, 0, 0, 0]
            let extra = Self.extra(for: layer.name)
            records.append(big32: extra.count)
            records += extra
            pixels += data
        }
        var info = records + pixels
        if info.count % 2 == 1 { info.append(0) }
        var section: [UInt8] = []
        section.append(big32: info.count)
        section += info
        section.append(big32: 0)
        return section
    }

    /// The layer's name twice: as a padded Pascal string in ASCII, and as UTF-16 in a `luni` block.
    private static func extra(for name: String) -> [UInt8] {
        var extra: [UInt8] = []
        extra.append(big32: 0)
        extra.append(big32: 0)
        let plain = Array(name.utf8.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }.prefix(31))
        var pascal = [UInt8(plain.count)] + plain
        while pascal.count % 4 != 0 { pascal.append(0) }
        extra += pascal
        let wide = Array(name.utf16)
        extra += Array("8BIMluni".utf8)
        let length = 4 + wide.count * 2
        extra.append(big32: length + (4 - length % 4) % 4)
        extra.append(big32: wide.count)
        for unit in wide { extra.append(big16: Int(unit)) }
        while extra.count % 4 != 0 { extra.append(0) }
        return extra
    }

    private static func packed(_ greys: [UInt8], _ width: Int, _ height: Int) -> (counts: [Int], rows: [UInt8]) {
        var counts: [Int] = []
        var rows: [UInt8] = []
        greys.withUnsafeBufferPointer { pixels in
            for row in 0..<height {
                let before = rows.count
                RunLength.packBits.encode(
                    UnsafeBufferPointer(rebasing: pixels[row * width..<(row + 1) * width]),
                    into: &rows
                )
                counts.append(rows.count - before)
            }
        }
        return (counts, rows)
    }
}

extension [UInt8] {
    fileprivate mutating func append(big16 value: Int) {
        append(UInt8(truncatingIfNeeded: value >> 8))
        append(UInt8(truncatingIfNeeded: value))
    }

    fileprivate mutating func append(big32 value: Int) {
        append(big16: value >> 16)
        append(big16: value)
    }
}
