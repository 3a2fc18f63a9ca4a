import CTesseract

/// A leptonica picture that is freed with its owner. Leptonica does the work on whole pictures; it parses no file here.
final class Pixels {
    let pointer: UnsafeMutablePointer<Pix>

    /// Takes over a picture that leptonica made; nil where it made none.
    init?(_ pointer: UnsafeMutablePointer<Pix>?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    /// A copy of a bitmap, 32 bits a pixel.
    convenience init?(_ bitmap: Bitmap) {
        self.init(pixCreate(Int32(bitmap.width), Int32(bitmap.height), 32))
        guard let data = pixGetData(pointer) else { return nil }
        bitmap.pixels.withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(start: data, count: source.count).copyMemory(from: source)
        }
        // Leptonica keeps red in the highest byte of a word.
        pixEndianByteSwap(pointer)
    }

    deinit {
        var picture: UnsafeMutablePointer<Pix>? = pointer
        pixDestroy(&picture)
    }

    var width: Int { Int(pixGetWidth(pointer)) }
    var height: Int { Int(pixGetHeight(pointer)) }

    /// The share of pixels that are set, of a picture of one bit a pixel.
    var ink: Double {
        var share: Float = 0
        pixForegroundFraction(pointer, &share)
        return Double(share)
    }

    /// The boxes of all connected spots.
    func spots() -> [Box] {
        guard let boxes = pixConnCompBB(pointer, 8) else { return [] }
        defer {
            var owned: UnsafeMutablePointer<Boxa>? = boxes
            boxaDestroy(&owned)
        }
        return (0..<boxaGetCount(boxes)).map { index in
            var (x, y, width, height): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
            boxaGetBoxGeometry(boxes, index, &x, &y, &width, &height)
            return Box(x: Int(x), y: Int(y), width: Int(width), height: Int(height))
        }
    }

    /// Which columns of a grey picture have ink.
    var inkColumns: [Bool] {
        guard let mask = Pixels(pixThresholdToBinary(pointer, 160)), let counts = pixCountPixelsByColumn(mask.pointer)
        else {
            return []
        }
        defer {
            var owned: UnsafeMutablePointer<Numa>? = counts
            numaDestroy(&owned)
        }
        return (0..<numaGetCount(counts)).map { index in
            var count: Int32 = 0
            numaGetIValue(counts, index, &count)
            return count > 0
        }
    }

    /// With a white rim, which tesseract wants around a line.
    func bordered(_ margin: Int) -> Pixels? {
        Pixels(pixAddBorder(pointer, Int32(margin), 255))
    }

    func clipped(_ box: Box) -> Pixels? {
        guard let frame = boxCreate(Int32(box.x), Int32(box.y), Int32(box.width), Int32(box.height)) else { return nil }
        defer {
            var owned: UnsafeMutablePointer<CTesseract.Box>? = frame
            boxDestroy(&owned)
        }
        return Pixels(pixClipRectangle(pointer, frame, nil))
    }
}

/// A rectangle of pixels, from the top left.
struct Box: Hashable {
    var x: Int
    var y: Int
    var width: Int
    var height: Int

    var right: Int { x + width }
    var bottom: Int { y + height }
    /// The longer side: what a stroke's size is compared by.
    var span: Int { max(width, height) }

    func union(_ other: Box) -> Box {
        let (left, top) = (min(x, other.x), min(y, other.y))
        return Box(x: left, y: top, width: max(right, other.right) - left, height: max(bottom, other.bottom) - top)
    }

    /// Grown on every side, kept within a picture.
    func grown(_ margin: Int, width limitX: Int, height limitY: Int) -> Box {
        let (left, top) = (max(0, x - margin), max(0, y - margin))
        return Box(
            x: left,
            y: top,
            width: min(limitX, right + margin) - left,
            height: min(limitY, bottom + margin) - top
        )
    }

    func contains(_ other: Box) -> Bool {
        other.x >= x && other.y >= y && other.right <= right && other.bottom <= bottom
    }

    /// The share of the smaller box that both cover.
    func overlap(_ other: Box) -> Double {
        let across = min(right, other.right) - max(x, other.x)
        let down = min(bottom, other.bottom) - max(y, other.y)
        guard across > 0, down > 0 else { return 0 }
        return Double(across * down) / Double(max(1, min(width * height, other.width * other.height)))
    }
}
