import CCairo

/// Text on a sheet, set with pango and then shaken a little, as if written by hand.
struct Writing {
    /// The fonts that the lab's texts are drawn with.
    enum Font: String, CaseIterable {
        case chinese = "Noto Sans CJK SC"
        case japanese = "Noto Sans CJK JP"
        case korean = "NanumBarunGothic"
        case latin = "DejaVu Sans"
        case book = "DejaVu Serif"
    }

    var font: Font
    /// Letter height in the sheet's units.
    var size: Double
    var ink: Ink
    /// How far the outlines are shaken; 0 is print.
    var shake = 0.0
    var isBold = false
    /// Whether correction tape lies under the text, so that it can be read over a drawing.
    var hasTape = false

    /// Writes the text into a column, and returns the height it took.
    @discardableResult
    func write(_ text: String, on canvas: Canvas, at corner: Point, width: Double, seed: UInt64 = 0) -> Double {
        let context = canvas.context
        guard let layout = pango_cairo_create_layout(context) else { return 0 }
        defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
        let description = pango_font_description_from_string(font.rawValue + (isBold ? " Bold" : ""))
        pango_font_description_set_absolute_size(description, size * Double(PANGO_SCALE))
        pango_layout_set_font_description(layout, description)
        pango_font_description_free(description)
        pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_text(layout, text, -1)
        let extent = extent(of: layout)
        if hasTape { tape(on: canvas, at: corner, extent) }
        cairo_new_path(context)
        cairo_move_to(context, corner.x, corner.y)
        pango_cairo_layout_path(context, layout)
        if shake > 0 { shakePath(of: context, seed: seed) }
        canvas.use(ink)
        cairo_fill_preserve(context)
        cairo_set_line_width(context, shake > 0 ? 0.35 : 0.05)
        cairo_stroke(context)
        return extent.y
    }

    /// The width and the height of the text that was laid out.
    private func extent(of layout: OpaquePointer) -> Point {
        var (across, down): (Int32, Int32) = (0, 0)
        pango_layout_get_size(layout, &across, &down)
        return Point(Double(across) / Double(PANGO_SCALE), Double(down) / Double(PANGO_SCALE))
    }

    private func tape(on canvas: Canvas, at corner: Point, _ extent: Point) {
        cairo_new_path(canvas.context)
        cairo_rectangle(canvas.context, corner.x - 4, corner.y - 1, extent.x + 8, extent.y + 3)
        canvas.use(Ink.paper.faded(0.9))
        cairo_fill(canvas.context)
    }

    /// Moves every point of the current path along a slow wave, so that lines waver and letters lean.
    private func shakePath(of context: OpaquePointer, seed: UInt64) {
        guard let path = cairo_copy_path(context) else { return }
        defer { cairo_path_destroy(path) }
        let start = Double(seed % 1_000) / 7
        var index = 0
        let data = path.pointee.data
        while index < Int(path.pointee.num_data), let data {
            let length = Int(data[index].header.length)
            for offset in 1..<max(length, 1) {
                let (x, y) = (data[index + offset].point.x, data[index + offset].point.y)
                let lift = Trigonometry.wave(x / 97 + start) * 1.6 + Trigonometry.wave(x / 31 + y / 53 + start) * 0.7
                let slip = Trigonometry.wave(y / 23 + x / 41 + start) * 0.7
                data[index + offset].point.y = y + lift * shake
                data[index + offset].point.x = x + slip * shake
            }
            index += max(length, 1)
        }
        cairo_new_path(context)
        cairo_append_path(context, path)
    }

    /// The fonts that are not installed.
    static var missingFonts: [String] {
        let map = pango_cairo_font_map_get_default()
        return Font.allCases.map(\.rawValue).filter { pango_font_map_get_family(map, $0) == nil }
    }
}
