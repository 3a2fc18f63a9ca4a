import CTesseract

/// Finds what looks like lines of writing, without recognising any: rows of small spots of one size, close together.
///
/// This is what lets thousands of drawings pass in minutes: a picture in which nothing looks like writing is never given
/// to the recogniser. Long strokes, frames and circles are larger than letters and fall away first.
struct LineFinder {
    /// Letter sizes that are looked for, in pixels; each finds writing from about half to one and a half times its size.
    static let sizes = [14, 22, 34, 52]
    /// Lines beyond this number are not recognised; a reading says so.
    static let lineLimit = 40

    struct Line {
        var box: Box
        var layer: Int
    }

    /// The lines of all layers, from top to bottom.
    static func lines(in layers: [InkLayer]) -> [Line] {
        var lines: [Line] = []
        for (index, layer) in layers.enumerated() {
            let spots = layer.mask.spots()
            // A picture with this many spots is grain or hatching.
            guard spots.count >= 4, spots.count <= 20_000 else { continue }
            for size in sizes {
                for box in Self.boxes(of: spots, size: size, in: layer.mask) {
                    merge(Line(box: box, layer: index), into: &lines)
                }
            }
        }
        return lines.sorted { ($0.box.y, $0.box.x) < ($1.box.y, $1.box.x) }
    }

    /// Lines of one letter size: spots of that size are smeared sideways until letters of a line touch.
    private static func boxes(of spots: [Box], size: Int, in mask: Pixels) -> [Box] {
        let letters = spots.filter { $0.span <= size * 3 / 2 && $0.span >= max(2, size / 6) }
        let big = letters.count { $0.span >= size / 2 }
        guard big >= 3, let smear = Pixels(pixCreate(Int32(mask.width), Int32(mask.height), 1)) else { return [] }
        for letter in letters {
            pixRasterop(
                smear.pointer,
                Int32(letter.x - size * 2 / 5),
                Int32(letter.y),
                Int32(letter.width + size * 4 / 5),
                Int32(letter.height),
                PIX_SET,
                nil,
                0,
                0
            )
        }
        return smear.spots().compactMap { row in
            guard row.height >= size * 3 / 5, row.height <= size * 8 / 5 else { return nil }
            return accepted(row, letters: letters.filter(row.contains), size: size, mask: mask)
        }
    }

    /// The box around a row's letters, if they look like writing.
    private static func accepted(_ row: Box, letters: [Box], size: Int, mask: Pixels) -> Box? {
        let big = letters.filter { $0.span * 2 >= row.height }
        guard big.count >= 3, let first = letters.first else { return nil }
        let box = letters.dropFirst().reduce(first) { $0.union($1) }
        guard box.width >= box.height * 2, let ink = mask.clipped(box)?.ink, (0.06...0.65).contains(ink) else {
            return nil
        }
        // Writing fills its row: the letters' widths together are most of it, and none is most of the whole.
        let filled = letters.reduce(0) { $0 + $1.width }
        guard filled * 2 >= box.width, letters.allSatisfy({ $0.width * 2 <= box.width }) else { return nil }
        return box
    }

    /// Two sizes may find one line: the larger box stands for both. Pieces side by side in one row are joined.
    private static func merge(_ line: Line, into lines: inout [Line]) {
        var line = line
        while let index = lines.firstIndex(where: { isSame($0, line) }) {
            line.box = line.box.union(lines.remove(at: index).box)
        }
        lines.append(line)
    }

    private static func isSame(_ one: Line, _ other: Line) -> Bool {
        guard one.layer == other.layer else { return false }
        let (first, second) = (one.box, other.box)
        let low = min(first.height, second.height)
        let rows = min(first.bottom, second.bottom) - max(first.y, second.y)
        if first.overlap(second) > 0.5 { return max(first.height, second.height) <= low * 2 }
        let gap = max(first.x, second.x) - min(first.right, second.right)
        return rows * 10 >= low * 7 && max(first.height, second.height) * 10 <= low * 14 && gap <= low
    }
}
