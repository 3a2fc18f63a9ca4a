/// The merged picture at the end of a Photoshop file: raw or PackBits planes of 8 or 16 bits, grey, indexed or RGB.
struct MergedPicture {
    private let header: PhotoshopHeader
    private let palette: [UInt8]
    private var planes: [[UInt8]]

    init(header: PhotoshopHeader, palette: [UInt8], cursor: ByteCursor) throws {
        self.header = header
        self.palette = palette
        guard header.depth == 8 || header.depth == 16 else { throw ReadError("\(header.depth) bits a channel") }
        guard [.grey, .duotone, .indexed, .rgb].contains(header.mode) else { throw ReadError("mode \(header.mode)") }
        let size = PictureHeader.Size(width: header.width, height: header.height)
        guard size.isDecodable else { throw ReadError("more pixels than \(StillDecoder.pixelLimit)") }
        guard header.mode != .rgb || header.channels >= 3 else { throw ReadError("RGB of \(header.channels) channels") }
        guard header.mode != .indexed || palette.count >= 768 else { throw ReadError("no palette") }
        var cursor = cursor
        let compression = try cursor.bigEndian(2)
        planes = []
        switch compression {
        case 0: try readRaw(&cursor)
        case 1: try readPacked(&cursor)
        default: throw ReadError("compression \(compression) of the merged picture")
        }
    }

    private var rowBytes: Int { header.width * header.depth / 8 }
    private var wanted: Int { header.mode == .rgb ? 3 : 1 }

    private mutating func readRaw(_ cursor: inout ByteCursor) throws {
        for _ in 0..<wanted {
            planes.append(try cursor.take(rowBytes * header.height))
        }
    }

    private mutating func readPacked(_ cursor: inout ByteCursor) throws {
        let lengthBytes = header.isLarge ? 4 : 2
        let lengths = try cursor.take(header.channels * header.height * lengthBytes)
        for plane in 0..<wanted {
            var rows = [UInt8](repeating: 255, count: rowBytes * header.height)
            for row in 0..<header.height {
                let at = (plane * header.height + row) * lengthBytes
                let length = lengths[at..<at + lengthBytes].reduce(0) { $0 << 8 | Int($1) }
                let packed = try cursor.take(length)
                unpack(packed, into: &rows, from: row * rowBytes, count: rowBytes)
            }
            planes.append(rows)
        }
    }

    /// PackBits. What runs over the row's end is dropped, what is missing stays white.
    private func unpack(_ packed: [UInt8], into rows: inout [UInt8], from start: Int, count: Int) {
        var (source, target) = (0, 0)
        while source < packed.count, target < count {
            let code = Int(Int8(bitPattern: packed[source]))
            source += 1
            if code >= 0 {
                let run = min(code + 1, packed.count - source, count - target)
                rows.replaceSubrange(start + target..<start + target + run, with: packed[source..<source + run])
                source += code + 1
                target += run
            } else if code != -128, source < packed.count {
                let run = min(1 - code, count - target)
                let value = packed[source]
                for index in start + target..<start + target + run { rows[index] = value }
                source += 1
                target += run
            }
        }
    }

    func bitmap() throws -> Bitmap {
        let count = header.width * header.height
        let step = header.depth / 8
        var pixels = [UInt8](repeating: 255, count: count * 4)
        pixels.withUnsafeMutableBufferPointer { target in
            for channel in 0..<3 {
                let plane = planes[min(channel, planes.count - 1)]
                let base = header.mode == .indexed ? channel * 256 : nil
                plane.withUnsafeBufferPointer { source in
                    for pixel in 0..<count {
                        let value = source[pixel * step]
                        target[pixel * 4 + channel] = base.map { palette[$0 + Int(value)] } ?? value
                    }
                }
            }
        }
        return try Bitmap(width: header.width, height: header.height, pixels: pixels)
    }
}
