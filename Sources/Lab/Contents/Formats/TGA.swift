extension Canvas {
    /// The picture in grey as Truevision TGA 2.0, with its footer.
    func tga(isRunLengthCoded: Bool) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 18)
        bytes[2] = isRunLengthCoded ? 11 : 3
        bytes[12] = UInt8(width & 0xff)
        bytes[13] = UInt8(width >> 8)
        bytes[14] = UInt8(height & 0xff)
        bytes[15] = UInt8(height >> 8)
        bytes[16] = 8
        // The first row is the top one.
        bytes[17] = 0x20
        let greys = greys
        if isRunLengthCoded {
            greys.withUnsafeBufferPointer { pixels in
                for row in 0..<height {
                    RunLength.tga.encode(
                        UnsafeBufferPointer(rebasing: pixels[row * width..<(row + 1) * width]),
                        into: &bytes
                    )
                }
            }
        } else {
            bytes += greys
        }
        return bytes + [UInt8](repeating: 0, count: 8) + Array("TRUEVISION-XFILE.".utf8) + [0]
    }
}
