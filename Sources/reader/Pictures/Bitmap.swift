import CAV

/// A picture in memory: RGBA, 4 bytes a pixel, rows without gaps, already laid on white.
struct Bitmap {
    /// Neither side of a bitmap is longer; larger pictures are scaled down while they are decoded.
    static let workingEdge = 2600

    let width: Int
    let height: Int
    var pixels: [UInt8]
    /// Working pixels for one pixel of the file: 1, or less where the picture was scaled down.
    let scale: Double

    /// Scales a decoded frame to fit `edge`, and lays it on white.
    init(_ frame: UnsafeMutablePointer<AVFrame>, edge: Int = workingEdge) throws {
        let (sourceWidth, sourceHeight) = (Int(frame.pointee.width), Int(frame.pointee.height))
        guard sourceWidth > 0, sourceHeight > 0 else { throw ReadError("no pixels") }
        scale = min(1, Double(edge) / Double(max(sourceWidth, sourceHeight)))
        width = max(1, Int(Double(sourceWidth) * scale))
        height = max(1, Int(Double(sourceHeight) * scale))
        pixels = [UInt8](repeating: 0, count: width * height * 4)
        try Self.convert(frame, into: &pixels, width: width, height: height, format: AV_PIX_FMT_RGBA)
        if Self.hasAlpha(frame.pointee.format) { layOnWhite() }
    }

    /// Takes pixels that are already RGBA on white, scaling them down to fit `edge`.
    init(width: Int, height: Int, pixels: [UInt8], edge: Int = workingEdge) throws {
        precondition(pixels.count == width * height * 4)
        guard max(width, height) > edge else {
            (self.width, self.height, self.pixels, scale) = (width, height, pixels, 1)
            return
        }
        let frame = try OwnedFrame()
        var pixels = pixels
        self = try pixels.withUnsafeMutableBufferPointer { buffer in
            frame.pointer.pointee.width = Int32(width)
            frame.pointer.pointee.height = Int32(height)
            frame.pointer.pointee.format = AV_PIX_FMT_RGBA.rawValue
            frame.pointer.pointee.data.0 = buffer.baseAddress
            frame.pointer.pointee.linesize.0 = Int32(width * 4)
            return try Bitmap(frame.pointer, edge: edge)
        }
    }

    private static func hasAlpha(_ format: Int32) -> Bool {
        guard let description = av_pix_fmt_desc_get(AVPixelFormat(rawValue: format)) else { return false }
        return description.pointee.flags & UInt64(1 << 7) != 0 || format == AV_PIX_FMT_PAL8.rawValue
    }

    /// Scales and converts a frame's pixels.
    static func convert(
        _ frame: UnsafeMutablePointer<AVFrame>,
        into pixels: inout [UInt8],
        width: Int,
        height: Int,
        format: AVPixelFormat
    ) throws {
        let source = frame.pointee
        guard
            let scaler = sws_getContext(
                source.width,
                source.height,
                AVPixelFormat(rawValue: source.format),
                Int32(width),
                Int32(height),
                format,
                SWS_AREA,
                nil,
                nil,
                nil
            )
        else { throw ReadError("a pixel format that cannot be converted") }
        defer { sws_freeContext(scaler) }
        try pixels.withUnsafeMutableBufferPointer { buffer in
            var planes: [UnsafeMutablePointer<UInt8>?] = [buffer.baseAddress, nil, nil, nil]
            var strides: [Int32] = [Int32(width * 4), 0, 0, 0]
            let lines = withUnsafePointer(to: &frame.pointee.data) { data in
                data.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 8) { sources in
                    withUnsafePointer(to: &frame.pointee.linesize) { sizes in
                        sizes.withMemoryRebound(to: Int32.self, capacity: 8) {
                            sws_scale(scaler, sources, $0, 0, source.height, &planes, &strides)
                        }
                    }
                }
            }
            try LibAV.check(lines, "scaling")
        }
    }

    /// Drawings on cels are lines on nothing: without paper under them they would be black on black.
    private mutating func layOnWhite() {
        pixels.withUnsafeMutableBufferPointer { bytes in
            var index = 0
            while index + 3 < bytes.count {
                let alpha = Int(bytes[index + 3])
                if alpha != 255 {
                    for channel in index..<index + 3 {
                        bytes[channel] = UInt8((Int(bytes[channel]) * alpha + 255 * (255 - alpha)) / 255)
                    }
                    bytes[index + 3] = 255
                }
                index += 4
            }
        }
    }
}

/// A libav frame that is freed with its owner.
final class OwnedFrame {
    let pointer: UnsafeMutablePointer<AVFrame>

    init() throws {
        guard let frame = av_frame_alloc() else { throw ReadError("no memory for a frame") }
        pointer = frame
    }

    deinit {
        var frame: UnsafeMutablePointer<AVFrame>? = pointer
        av_frame_free(&frame)
    }
}

/// A libav packet that is freed with its owner.
final class OwnedPacket {
    let pointer: UnsafeMutablePointer<AVPacket>

    init() throws {
        guard let packet = av_packet_alloc() else { throw ReadError("no memory for a packet") }
        pointer = packet
    }

    deinit {
        var packet: UnsafeMutablePointer<AVPacket>? = pointer
        av_packet_free(&packet)
    }
}

/// An open libav codec that is closed with its owner.
final class OwnedCodec {
    let pointer: UnsafeMutablePointer<AVCodecContext>

    init(_ codec: UnsafePointer<AVCodec>) throws {
        guard let context = avcodec_alloc_context3(codec) else { throw ReadError("no memory for a decoder") }
        pointer = context
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = pointer
        avcodec_free_context(&context)
    }
}
