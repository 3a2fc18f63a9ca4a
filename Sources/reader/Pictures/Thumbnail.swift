import CAV

/// A small JPEG of a picture.
enum Thumbnail {
    /// Neither side is longer, in pixels.
    static let edge = 320

    static func encode(_ picture: Bitmap) throws -> [UInt8] {
        let factor = min(1, Double(edge) / Double(max(picture.width, picture.height)))
        // Even sides, because colour is stored for pairs of pixels.
        let width = max(2, Int(Double(picture.width) * factor) & ~1)
        let height = max(2, Int(Double(picture.height) * factor) & ~1)
        let frame = try OwnedFrame()
        frame.pointer.pointee.width = Int32(width)
        frame.pointer.pointee.height = Int32(height)
        frame.pointer.pointee.format = AV_PIX_FMT_YUVJ420P.rawValue
        try LibAV.check(av_frame_get_buffer(frame.pointer, 0), "thumbnail")
        try scale(picture, into: frame)
        return try compress(frame)
    }

    private static func scale(_ picture: Bitmap, into frame: OwnedFrame) throws {
        let target = frame.pointer
        guard
            let scaler = sws_getContext(
                Int32(picture.width),
                Int32(picture.height),
                AV_PIX_FMT_RGBA,
                target.pointee.width,
                target.pointee.height,
                AV_PIX_FMT_YUVJ420P,
                SWS_AREA,
                nil,
                nil,
                nil
            )
        else { throw ReadError("thumbnail: no scaler") }
        defer { sws_freeContext(scaler) }
        picture.pixels.withUnsafeBufferPointer { buffer in
            var planes: [UnsafePointer<UInt8>?] = [buffer.baseAddress, nil, nil, nil]
            var strides: [Int32] = [Int32(picture.width * 4), 0, 0, 0]
            withUnsafePointer(to: &target.pointee.data) { data in
                data.withMemoryRebound(to: UnsafeMutablePointer<UInt8>?.self, capacity: 8) { planesOut in
                    withUnsafePointer(to: &target.pointee.linesize) { sizes in
                        _ = sizes.withMemoryRebound(to: Int32.self, capacity: 8) {
                            sws_scale(scaler, &planes, &strides, 0, Int32(picture.height), planesOut, $0)
                        }
                    }
                }
            }
        }
    }

    private static func compress(_ frame: OwnedFrame) throws -> [UInt8] {
        guard let encoder = avcodec_find_encoder(AV_CODEC_ID_MJPEG) else { throw ReadError("thumbnail: no encoder") }
        let codec = try OwnedCodec(encoder)
        let context = codec.pointer
        context.pointee.width = frame.pointer.pointee.width
        context.pointee.height = frame.pointer.pointee.height
        context.pointee.pix_fmt = AV_PIX_FMT_YUVJ420P
        context.pointee.time_base = AVRational(num: 1, den: 25)
        context.pointee.thread_count = 1
        // Constant quality 4 of 1 (best) to 31, in libav's units of 118.
        context.pointee.flags |= AV_CODEC_FLAG_QSCALE
        context.pointee.global_quality = 4 * FF_QP2LAMBDA
        frame.pointer.pointee.quality = 4 * FF_QP2LAMBDA
        try LibAV.check(avcodec_open2(context, encoder, nil), "thumbnail")
        try LibAV.check(avcodec_send_frame(context, frame.pointer), "thumbnail")
        let packet = try OwnedPacket()
        try LibAV.check(avcodec_receive_packet(context, packet.pointer), "thumbnail")
        return Array(UnsafeBufferPointer(start: packet.pointer.pointee.data, count: Int(packet.pointer.pointee.size)))
    }
}
