import Domain

/// Lines of one language that were drawn as one text: a long note is broken where the paper ends.
struct TextBlock {
    private(set) var reading: Reading
    private(set) var region: Region
    /// Of the lowest row of letters, in pixels.
    private var lastRow: Region

    private init(_ line: Reading, _ region: Region) {
        reading = line
        self.region = region
        lastRow = region
    }

    /// The height of one row, in pixels: the measure for what is near.
    var rowHeight: Int { lastRow.height }

    /// Gathers lines into blocks, from top to bottom.
    static func blocks(of lines: [Reading]) -> [TextBlock] {
        let drawn = lines.compactMap { line in line.region.map { (line, $0) } }
            .sorted { ($0.1.y, $0.1.x) < ($1.1.y, $1.1.x) }
        var blocks: [TextBlock] = []
        for (line, region) in drawn {
            if let open = blocks.lastIndex(where: { $0.continues(with: line, at: region) }) {
                blocks[open].append(line, region)
            } else {
                blocks.append(TextBlock(line, region))
            }
        }
        return blocks
    }

    /// A line goes on a text when it begins under it, at most half a row apart, or follows on the same row.
    private func continues(with line: Reading, at next: Region) -> Bool {
        guard line.language == reading.language else { return false }
        let height = max(lastRow.height, next.height)
        let isAlike = min(lastRow.height, next.height) * 3 >= height * 2
        let gap = next.y - (lastRow.y + lastRow.height)
        if isAlike, abs(next.x - region.x) <= height, (-height / 4...height * 2 / 3).contains(gap) { return true }
        let apart = next.x - (lastRow.x + lastRow.width)
        return abs(next.y - lastRow.y) <= height / 2 && (0...height).contains(apart)
    }

    private mutating func append(_ line: Reading, _ next: Region) {
        // Chinese is broken anywhere; in Korean a break falls between words more often than not.
        reading.value += (line.language == "zho-Hans" ? "" : " ") + line.value
        reading.confidence = [reading.confidence, line.confidence].compactMap { $0 }.min()
        region = region.union(next)
        lastRow = next.y > lastRow.y + lastRow.height / 2 ? next : lastRow.union(next)
        reading.region = region
    }
}

extension Region {
    /// The smallest region that holds both.
    fileprivate func union(_ other: Region) -> Region {
        let (left, top) = (min(x, other.x), min(y, other.y))
        return Region(
            x: left,
            y: top,
            width: max(x + width, other.x + other.width) - left,
            height: max(y + height, other.y + other.height) - top
        )
    }
}
