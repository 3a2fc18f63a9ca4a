import CAV

/// Decodes a whole file as one picture with one of libav's decoders.
struct StillDecoder {
    /// A picture of more pixels is not decoded. 8,000 x 8,000 is more than any scanned sheet.
    static let pixelLimit: Int64 = 64_000_000

    let codec: AVCodecID

    struct Still {
        var picture: Bitmap
        var width: Int
        var height: Int
        /// Text the format carries, by libav's names: EXIF fields, PNG text.
        var texts: [(key: String, value: String)]
    }

    func decode(_ file: HeldFile) throws -> Still {
        guard let decoder = avcodec_find_decoder(codec) else { throw ReadError("libav has no decoder for it") }
        let context = try OwnedCodec(decoder)
        context.pointer.pointee.thread_count = 1
        context.pointer.pointee.max_pixels = Self.pixelLimit
        try LibAV.check(avcodec_open2(context.pointer, decoder, nil), "opening")
        let packet = try OwnedPacket()
        let frame = try OwnedFrame()
        return try file.withMutableBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            // The packet borrows the file's memory, which outlives it; freeing the borrow does nothing.
            packet.pointer.pointee.buf = av_buffer_create(start, bytes.count, { _, _ in }, nil, 0)
            packet.pointer.pointee.data = start
            packet.pointer.pointee.size = Int32(bytes.count)
            try LibAV.check(avcodec_send_packet(context.pointer, packet.pointer), "decoding")
            var code = avcodec_receive_frame(context.pointer, frame.pointer)
            if code == ajar_averror(EAGAIN) {
                _ = avcodec_send_packet(context.pointer, nil)
                code = avcodec_receive_frame(context.pointer, frame.pointer)
            }
            try LibAV.check(code, "decoding")
            return Still(
                picture: try Bitmap(frame.pointer),
                width: Int(frame.pointer.pointee.width),
                height: Int(frame.pointer.pointee.height),
                texts: Metadata.texts(frame.pointer.pointee.metadata)
            )
        }
    }
}
