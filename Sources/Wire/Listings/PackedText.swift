/// Many short texts, one behind the other: a listing of a million rows makes no allocation for each of them.
package struct PackedText: Hashable, Sendable {
    /// Where one text lies.
    package struct Run: Hashable, Sendable {
        package var start: UInt32
        package var count: UInt32

        package static let none = Run(start: 0, count: 0)

        /// The part from `offset` to `end`, both counted from the run's start and held within it.
        func part(from offset: Int, to end: Int) -> Run {
            let end = min(max(end, 0), Int(count))
            let offset = min(max(offset, 0), end)
            return Run(start: start + UInt32(offset), count: UInt32(end - offset))
        }
    }

    /// Blocks are not grown, so that no text is ever held twice.
    private static let blockLength = 1 << 20
    /// Blocks beyond this are not made, and ``isFull`` is set: 1 GiB in all.
    package static let maximumBlocks = 1_024

    private var blocks: [[UInt8]] = []
    package private(set) var isFull = false

    package init() {}

    /// Texts longer than a block are not kept either.
    package mutating func append(_ text: some Collection<UInt8>) -> Run {
        guard !text.isEmpty else { return .none }
        if (blocks.last?.count ?? Self.blockLength) + text.count > Self.blockLength {
            guard blocks.count < Self.maximumBlocks, text.count <= Self.blockLength else {
                isFull = true
                return .none
            }
            blocks.append([])
            blocks[blocks.count - 1].reserveCapacity(min(Self.blockLength, blocks.count == 1 ? 4_096 : .max))
        }
        let offset = blocks[blocks.count - 1].count
        blocks[blocks.count - 1].append(contentsOf: text)
        return Run(start: UInt32((blocks.count - 1) * Self.blockLength + offset), count: UInt32(text.count))
    }

    package subscript(run: Run) -> ArraySlice<UInt8> {
        guard run.count > 0 else { return [] }
        let offset = Int(run.start) % Self.blockLength
        return blocks[Int(run.start) / Self.blockLength][offset..<offset + Int(run.count)]
    }
}
