import CCairo

/// Draws pictures of the kind the field is full of, so that what is in them is known.
struct Drawing {
    let width: Int
    let height: Int
    private let surface: OpaquePointer?
    private let context: OpaquePointer?

    init(width: Int, height: Int, paper: (Double, Double, Double) = (1, 1, 1)) {
        self.width = width
        self.height = height
        surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
        context = cairo_create(surface)
        cairo_set_source_rgb(context, paper.0, paper.1, paper.2)
        cairo_paint(context)
    }

    func close() {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    private func ink(_ colour: (Double, Double, Double), line: Double = 2) {
        cairo_set_source_rgb(context, colour.0, colour.1, colour.2)
        cairo_set_line_width(context, line)
    }

    /// Long curves, as of a figure in clean-up.
    func lineArt(_ random: inout Dice, strokes: Int = 14) {
        for _ in 0..<strokes {
            ink((0.1, 0.1, 0.12), line: random.within(1.2, 2.6))
            let (x, y) = (random.within(0, Double(width)), random.within(0, Double(height)))
            cairo_move_to(context, x, y)
            for _ in 0..<Int(random.within(1, 4)) {
                let reach = Double(height) * 0.5
                cairo_rel_curve_to(
                    context,
                    random.within(-reach, reach),
                    random.within(-reach, reach),
                    random.within(-reach, reach),
                    random.within(-reach, reach),
                    random.within(-reach, reach),
                    random.within(-reach, reach)
                )
            }
            cairo_stroke(context)
        }
        for _ in 0..<3 {
            ink((0.1, 0.1, 0.12), line: 1.6)
            let radius = random.within(2, max(3, Double(height) / 6))
            cairo_arc(context, random.within(0, Double(width)), random.within(0, Double(height)), radius, 0, 6.283)
            cairo_stroke(context)
        }
    }

    func circle(x: Double, y: Double, radius: Double, colour: (Double, Double, Double) = (0.85, 0.05, 0.05)) {
        ink(colour, line: 3)
        cairo_arc(context, x, y, radius, 0, 6.283)
        cairo_stroke(context)
    }

    /// A filled box with a rim, as notes are put into.
    func box(x: Double, y: Double, width: Double, height: Double) {
        cairo_rectangle(context, x, y, width, height)
        cairo_set_source_rgb(context, 1, 1, 0.88)
        cairo_fill_preserve(context)
        ink((0.4, 0.4, 0.4), line: 1)
        cairo_stroke(context)
    }

    /// Writes one line; returns its width and height in pixels.
    @discardableResult
    func write(
        _ text: String,
        x: Double,
        y: Double,
        size: Double,
        font: String,
        colour: (Double, Double, Double) = (0, 0, 0)
    ) -> (width: Double, height: Double) {
        guard let layout = pango_cairo_create_layout(context) else { return (0, 0) }
        let description = pango_font_description_from_string(font)
        pango_font_description_set_absolute_size(description, size * Double(PANGO_SCALE))
        pango_layout_set_font_description(layout, description)
        pango_layout_set_text(layout, text, -1)
        ink(colour)
        cairo_move_to(context, x, y)
        pango_cairo_show_layout(context, layout)
        var (across, down): (Int32, Int32) = (0, 0)
        pango_layout_get_pixel_size(layout, &across, &down)
        pango_font_description_free(description)
        g_object_unref(UnsafeMutableRawPointer(layout))
        return (Double(across), Double(down))
    }

    func savePNG(_ path: String) {
        cairo_surface_write_to_png(surface, path)
    }

    /// The pixels, three bytes each, red first.
    var rgb: [UInt8] {
        cairo_surface_flush(surface)
        let stride = Int(cairo_image_surface_get_stride(surface))
        guard let data = cairo_image_surface_get_data(surface) else { return [] }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * height * 3)
        for row in 0..<height {
            for column in 0..<width {
                let pixel = data + row * stride + column * 4
                bytes += [pixel[2], pixel[1], pixel[0]]
            }
        }
        return bytes
    }
}

/// Numbers that are the same for the same seed (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    mutating func within(_ low: Double, _ high: Double) -> Double {
        Double.random(in: low..<high, using: &self)
    }
}
