import CJPEG

extension Canvas {
    /// The picture as baseline JPEG without any application segment but JFIF's.
    ///
    /// libjpeg ends the process when it cannot go on; for a picture in memory that is when there is no memory.
    func jpeg(quality: Int) -> [UInt8] {
        let state = UnsafeMutablePointer<jpeg_compress_struct>.allocate(capacity: 1)
        let faults = UnsafeMutablePointer<jpeg_error_mgr>.allocate(capacity: 1)
        state.initialize(to: jpeg_compress_struct())
        faults.initialize(to: jpeg_error_mgr())
        defer {
            state.deallocate()
            faults.deallocate()
        }
        state.pointee.err = jpeg_std_error(faults)
        jpeg_CreateCompress(state, JPEG_LIB_VERSION, MemoryLayout<jpeg_compress_struct>.size)
        defer { jpeg_destroy_compress(state) }
        var buffer: UnsafeMutablePointer<UInt8>?
        var length: UInt = 0
        jpeg_mem_dest(state, &buffer, &length)
        defer { free(buffer) }
        state.pointee.image_width = JDIMENSION(width)
        state.pointee.image_height = JDIMENSION(height)
        state.pointee.input_components = 4
        state.pointee.in_color_space = JCS_EXT_BGRX
        jpeg_set_defaults(state)
        jpeg_set_quality(state, Int32(quality), 1)
        jpeg_start_compress(state, 1)
        withPixels { rows, stride in
            for row in 0..<height {
                var start: JSAMPROW? = UnsafeMutablePointer(mutating: rows.baseAddress)?.advanced(by: row * stride)
                _ = jpeg_write_scanlines(state, &start, 1)
            }
        }
        jpeg_finish_compress(state)
        return Array(UnsafeBufferPointer(start: buffer, count: Int(length)))
    }
}
