import CTesseract

/// One colour of ink in a picture, as a mask: notes are often written in another colour than the drawing.
struct InkLayer {
    let name: String
    let mask: Pixels
}

/// Takes a picture apart by ink: red, green, blue, other colours, and dark.
enum InkLayers {
    /// Leptonica counts hue from 0 to 239.
    private static let hues: [(name: String, centre: Int32, half: Int32)] = [
        ("red", 0, 18), ("green", 80, 40), ("blue", 160, 36),
    ]

    static func of(_ picture: Pixels) -> [InkLayer] {
        var layers: [InkLayer] = []
        let grey = Pixels(pixConvertRGBToLuminance(picture.pointer))
        guard let grey, let dark = darkMask(grey) else { return [] }
        if hasColour(picture) {
            for hue in hues {
                // Saturation from 90 to 255: pale edges of strokes are left out.
                guard
                    let mask = Pixels(
                        pixMakeRangeMaskHS(picture.pointer, hue.centre, hue.half, 173, 83, Int32(L_INCLUDE_REGION))
                    )
                else { continue }
                guard mask.ink > 0.0001, mask.ink < 0.3 else { continue }
                layers.append(InkLayer(name: hue.name, mask: mask))
                pixSubtract(dark.pointer, dark.pointer, mask.pointer)
            }
        }
        layers.append(InkLayer(name: "dark", mask: dark))
        return layers
    }

    /// Whether more than a stray pixel is saturated: most drawings are grey all over, and are done with sooner.
    private static func hasColour(_ picture: Pixels) -> Bool {
        var (pixels, colour): (Float, Float) = (0, 0)
        guard pixColorFraction(picture.pointer, 20, 250, 60, 2, &pixels, &colour) == 0 else { return true }
        return pixels * colour > 0.0001
    }

    /// Dark on paper by one threshold; in pictures without paper, by the neighbourhood (Sauvola).
    private static func darkMask(_ grey: Pixels) -> Pixels? {
        guard let light = Pixels(pixThresholdToBinary(grey.pointer, 190)) else { return nil }
        if light.ink < 0.4 { return Pixels(pixThresholdToBinary(grey.pointer, 150)) }
        var mask: UnsafeMutablePointer<Pix>?
        guard pixSauvolaBinarizeTiled(grey.pointer, 12, 0.3, 1, 1, nil, &mask) == 0 else { return nil }
        return Pixels(mask)
    }
}
