import CPoppler
import Domain
import Glibc

/// An open PDF (ISO 32000), through poppler. The file's bytes must outlive it.
final class Papers {
    static let tool = Tool(name: "poppler", version: poppler_get_version().map { String(cString: $0) } ?? "unknown")

    private let bytes: OpaquePointer
    private let document: OpaquePointer

    init(_ content: UnsafeRawBufferPointer) throws {
        guard let bytes = g_bytes_new_static(content.baseAddress, gsize(content.count)) else {
            throw ReadError("no memory for a paper")
        }
        var fault: UnsafeMutablePointer<GError>?
        guard let document = poppler_document_new_from_bytes(bytes, nil, &fault) else {
            defer { g_clear_error(&fault) }
            g_bytes_unref(bytes)
            throw ReadError(fault.map { String(cString: $0.pointee.message) } ?? "damaged")
        }
        (self.bytes, self.document) = (bytes, document)
    }

    deinit {
        g_object_unref(UnsafeMutableRawPointer(document))
        g_bytes_unref(bytes)
    }

    var pageCount: Int { Int(poppler_document_get_n_pages(document)) }

    /// The document's own texts about itself: name and value.
    var texts: [(key: String, value: String)] {
        let all: [(String, UnsafeMutablePointer<gchar>?)] = [
            ("title", poppler_document_get_title(document)), ("author", poppler_document_get_author(document)),
            ("creator", poppler_document_get_creator(document)),
            ("producer", poppler_document_get_producer(document)),
        ]
        return all.compactMap { key, value in taken(value).map { (key, String($0.prefix(500))) } }
            .filter { !$0.value.isEmpty }
    }

    /// When it says it was made and changed, in ISO 8601 with its own zone.
    var dates: [(key: String, value: String)] {
        let all = [
            ("created", poppler_document_get_creation_date_time(document)),
            ("changed", poppler_document_get_modification_date_time(document)),
        ]
        return all.compactMap { key, date in
            guard let date else { return nil }
            defer { g_date_time_unref(date) }
            return taken(g_date_time_format(date, "%Y-%m-%dT%H:%M:%S%:z")).map { (key, $0) }
        }
    }

    /// The text of a page in reading order, as poppler sees it.
    func text(page number: Int) -> String? {
        withPage(number) { taken(poppler_page_get_text($0)) }.flatMap { $0 }
    }

    /// The page on white, its longer side `edge` pixels; nothing where the page has no size.
    func picture(page number: Int, edge: Int) throws -> Bitmap? {
        try withPage(number) { page in
            var (width, height) = (0.0, 0.0)
            poppler_page_get_size(page, &width, &height)
            // A page's size is a claim of the file: any number may stand there.
            guard width.isFinite, height.isFinite, width > 0, height > 0 else { return nil }
            let factor = Double(edge) / max(width, height)
            let canvas = Canvas(width: max(1, Int(width * factor)), height: max(1, Int(height * factor)))
            cairo_scale(canvas.context, factor, factor)
            poppler_page_render(page, canvas.context)
            return try canvas.bitmap()
        }.flatMap { $0 }
    }

    private func withPage<Result>(_ number: Int, _ body: (OpaquePointer) throws -> Result) rethrows -> Result? {
        guard let page = poppler_document_get_page(document, Int32(number)) else { return nil }
        defer { g_object_unref(UnsafeMutableRawPointer(page)) }
        return try body(page)
    }
}

/// White paper for cairo to draw on.
private final class Canvas {
    let (width, height): (Int, Int)
    let context: OpaquePointer?
    private let surface: OpaquePointer?

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
        context = cairo_create(surface)
        cairo_set_source_rgb(context, 1, 1, 1)
        cairo_paint(context)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// Cairo keeps a pixel as a number, blue in its lowest byte; a bitmap has red first.
    func bitmap() throws -> Bitmap {
        cairo_surface_flush(surface)
        guard let data = cairo_image_surface_get_data(surface) else { throw ReadError("no memory for a page") }
        let stride = Int(cairo_image_surface_get_stride(surface))
        var pixels = [UInt8](repeating: 255, count: width * height * 4)
        for y in 0..<height {
            for x in 0..<width {
                let (from, to) = (y * stride + x * 4, (y * width + x) * 4)
                (pixels[to], pixels[to + 1], pixels[to + 2]) = (data[from + 2], data[from + 1], data[from])
            }
        }
        return try Bitmap(width: width, height: height, pixels: pixels)
    }
}

/// A text that glib allocated, which is freed.
private func taken(_ text: UnsafeMutablePointer<gchar>?) -> String? {
    guard let text else { return nil }
    defer { g_free(text) }
    return String(cString: text)
}
