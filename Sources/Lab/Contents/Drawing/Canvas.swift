import CCairo

/// A sheet of pixels to draw on, in the units of ``Point``. Made, drawn on and read in one place; never shared.
final class Canvas {
    let width: Int
    let height: Int
    let context: OpaquePointer
    private let surface: OpaquePointer

    init(width: Int, height: Int, paper: Ink = .paper) {
        self.width = width
        self.height = height
        surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
        context = cairo_create(surface)
        cairo_scale(context, Double(width) / 640, Double(height) / 360)
        use(paper)
        cairo_paint(context)
        cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    func use(_ ink: Ink) {
        cairo_set_source_rgba(context, ink.red, ink.green, ink.blue, ink.opacity)
    }

    /// Calls with the rows of pixels: four bytes each, blue, green, red, unused.
    func withPixels<Result>(_ body: (_ rows: UnsafeBufferPointer<UInt8>, _ stride: Int) -> Result) -> Result {
        cairo_surface_flush(surface)
        let stride = Int(cairo_image_surface_get_stride(surface))
        let start = UnsafePointer(cairo_image_surface_get_data(surface))
        return body(UnsafeBufferPointer(start: start, count: stride * height), stride)
    }

    /// The green channel, row after row: all there is of a drawing in grey.
    var greys: [UInt8] {
        withPixels { rows, stride in
            [UInt8](unsafeUninitializedCapacity: width * height) { greys, count in
                for row in 0..<height {
                    let (from, to) = (row * stride + 1, row * width)
                    for column in 0..<width { greys[to + column] = rows[from + column * 4] }
                }
                count = width * height
            }
        }
    }

    /// The picture as PNG; cairo writes neither times nor texts into it.
    var png: [UInt8] {
        let sink = Unmanaged.passRetained(ByteSink())
        defer { sink.release() }
        cairo_surface_write_to_png_stream(
            surface,
            { sink, bytes, count in
                guard let sink, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
                let buffer = UnsafeBufferPointer(start: bytes, count: Int(count))
                Unmanaged<ByteSink>.fromOpaque(sink).takeUnretainedValue().bytes.append(contentsOf: buffer)
                return CAIRO_STATUS_SUCCESS
            },
            sink.toOpaque()
        )
        return sink.takeUnretainedValue().bytes
    }
}

/// Collects what a C library writes piece by piece.
private final class ByteSink {
    var bytes: [UInt8] = []
}
