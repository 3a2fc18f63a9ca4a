/// Run-length coding as TGA and Photoshop use it: they differ in how a packet's head counts.
enum RunLength {
    case tga
    case packBits

    /// Codes one row of bytes.
    func encode(_ row: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
        var index = 0
        while index < row.count {
            let run = runLength(row, from: index)
            if run > 2 {
                output.append(self == .tga ? UInt8(127 + run) : UInt8(257 - run))
                output.append(row[index])
                index += run
            } else {
                let start = index
                while index < row.count, index - start < 128, runLength(row, from: index) < 3 { index += 1 }
                output.append(UInt8(index - start - 1))
                output.append(contentsOf: row[start..<index])
            }
        }
    }

    private func runLength(_ row: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let end = min(start + 128, row.count)
        let first = row[start]
        var index = start + 1
        while index < end, row[index] == first { index += 1 }
        return index - start
    }
}
