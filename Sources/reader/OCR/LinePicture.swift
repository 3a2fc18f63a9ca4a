import CTesseract

/// One line of writing, cut out for the recogniser: grey on white, of a fair size, without what is drawn around it.
enum LinePicture {
    /// Letters are brought to about this height in pixels.
    static let letterHeight = 40.0

    static func cut(_ box: Box, layer: InkLayer, picture: Pixels) -> Pixels? {
        let margin = max(2, box.height / 8)
        let frame = box.grown(margin, width: picture.width, height: picture.height)
        guard let colour = picture.clipped(frame), let mask = layer.mask.clipped(frame),
            // The darkest channel: red ink is dark in green and blue.
            let grey = Pixels(pixConvertRGBToGrayMinMax(colour.pointer, Int32(L_CHOOSE_MIN)))
        else { return nil }
        removeStrangers(mask, height: box.height)
        // Two pixels around each stroke keep its soft edge.
        guard let kept = Pixels(pixDilateBrick(nil, mask.pointer, 5, 5)),
            let outside = Pixels(pixInvert(nil, kept.pointer))
        else { return nil }
        pixSetMasked(grey.pointer, outside.pointer, 255)
        let factor = Float(min(4, max(0.2, letterHeight / Double(box.height))))
        guard let scaled = Pixels(pixScale(grey.pointer, factor, factor)) else { return nil }
        return scaled.bordered(12)
    }

    /// Clears what is too large for a letter of this line: pieces of the drawing, frames, circles.
    private static func removeStrangers(_ mask: Pixels, height: Int) {
        for spot in mask.spots() where spot.height > height * 5 / 4 || spot.width > height * 3 {
            pixRasterop(
                mask.pointer,
                Int32(spot.x),
                Int32(spot.y),
                Int32(spot.width),
                Int32(spot.height),
                PIX_CLR,
                nil,
                0,
                0
            )
        }
    }
}
