import CAV
import Domain
import Glibc

/// An open clip: libav reads it out of memory, and through nothing else.
final class Clip {
    /// Packets looked at on the way to one frame.
    static let packetLimit = 3000

    private let source: ClipSource
    private let context: UnsafeMutablePointer<AVFormatContext>

    init(_ file: HeldFile, format: String) throws {
        source = try ClipSource(file)
        guard let input = av_find_input_format(format) else { throw ReadError("libav lacks the format \(format)") }
        guard var context = avformat_alloc_context() as UnsafeMutablePointer<AVFormatContext>? else {
            throw ReadError("no memory for a clip")
        }
        context.pointee.pb = source.pointer
        context.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
        context.pointee.max_streams = 64
        context.pointee.probesize = 8 << 20
        context.pointee.max_analyze_duration = 5_000_000
        var options: OpaquePointer?
        av_dict_set(&options, "protocol_whitelist", "none", 0)
        defer { av_dict_free(&options) }
        var opened: UnsafeMutablePointer<AVFormatContext>? = context
        try LibAV.check(avformat_open_input(&opened, nil, input, &options), "opening")
        guard let ready = opened else { throw ReadError("opening gave nothing") }
        context = ready
        self.context = context
        try LibAV.check(avformat_find_stream_info(context, nil), "looking for streams")
    }

    deinit {
        var opened: UnsafeMutablePointer<AVFormatContext>? = context
        avformat_close_input(&opened)
    }

    private var video: UnsafeMutablePointer<AVStream>? {
        let index = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0)
        return index >= 0 ? context.pointee.streams[Int(index)] : nil
    }

    func readings() -> [Reading] {
        var readings: [Reading] = []
        func add(_ predicate: String, _ value: String) {
            readings.append(Reading(predicate: predicate, value: value, tool: LibAV.tool))
        }
        if context.pointee.duration > 0 {
            add("video.duration", Self.decimal(Double(context.pointee.duration) / Double(AV_TIME_BASE)))
        }
        for index in 0..<Int(context.pointee.nb_streams) {
            guard let stream = context.pointee.streams[index], let parameters = stream.pointee.codecpar else {
                continue
            }
            let codec = String(cString: avcodec_get_name(parameters.pointee.codec_id))
            if parameters.pointee.codec_type == AVMEDIA_TYPE_AUDIO { add("audio.codec", codec) }
        }
        if let video, let parameters = video.pointee.codecpar {
            add("video.width", String(parameters.pointee.width))
            add("video.height", String(parameters.pointee.height))
            add("video.codec", String(cString: avcodec_get_name(parameters.pointee.codec_id)))
            let rate = video.pointee.avg_frame_rate
            if rate.num > 0, rate.den > 0 { add("video.frameRate", Self.decimal(Double(rate.num) / Double(rate.den))) }
            if video.pointee.nb_frames > 0 { add("video.frames", String(video.pointee.nb_frames)) }
        }
        var texts = Metadata.texts(context.pointee.metadata)
        texts += Metadata.texts(video?.pointee.metadata).filter { text in !texts.contains { $0 == text } }
        return readings + Metadata.readings(texts, tool: LibAV.tool)
    }

    /// Up to three decimals, without trailing zeros.
    private static func decimal(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let fraction = String(thousandths % 1000 + 1000).dropFirst()
        let trimmed = String(fraction.reversed().drop { $0 == "0" }.reversed())
        return trimmed.isEmpty ? String(thousandths / 1000) : "\(thousandths / 1000).\(trimmed)"
    }

    /// A frame from a third into the clip, at most two seconds in: first frames are often slates or black.
    func frame() throws -> Bitmap? {
        guard let video, let parameters = video.pointee.codecpar else { return nil }
        guard let decoder = avcodec_find_decoder(parameters.pointee.codec_id) else {
            throw ReadError("libav has no decoder for this codec")
        }
        let codec = try OwnedCodec(decoder)
        try LibAV.check(avcodec_parameters_to_context(codec.pointer, parameters), "preparing")
        codec.pointer.pointee.thread_count = 1
        codec.pointer.pointee.max_pixels = StillDecoder.pixelLimit
        try LibAV.check(avcodec_open2(codec.pointer, decoder, nil), "opening the codec")
        if context.pointee.duration > 0 {
            let time = min(context.pointee.duration / 3, Int64(2 * AV_TIME_BASE))
            // Where the clip cannot be sought in, its first frame serves.
            _ = av_seek_frame(context, -1, time, AVSEEK_FLAG_BACKWARD)
        }
        return try decode(codec, stream: video.pointee.index)
    }

    private func decode(_ codec: OwnedCodec, stream: Int32) throws -> Bitmap {
        let packet = try OwnedPacket()
        let frame = try OwnedFrame()
        for _ in 0..<Self.packetLimit {
            let code = av_read_frame(context, packet.pointer)
            if code >= 0, packet.pointer.pointee.stream_index != stream {
                av_packet_unref(packet.pointer)
                continue
            }
            _ = avcodec_send_packet(codec.pointer, code >= 0 ? packet.pointer : nil)
            av_packet_unref(packet.pointer)
            let received = avcodec_receive_frame(codec.pointer, frame.pointer)
            if received == 0 { return try Bitmap(frame.pointer) }
            if code < 0 { throw ReadError("no frame could be decoded: \(LibAV.describe(received))") }
        }
        throw ReadError("no frame within \(Self.packetLimit) packets")
    }
}

/// A file in memory as libav's input.
final class ClipSource {
    private final class Position {
        let file: HeldFile
        var offset = 0

        init(_ file: HeldFile) {
            self.file = file
        }
    }

    let pointer: UnsafeMutablePointer<AVIOContext>
    private let position: Position

    init(_ file: HeldFile) throws {
        position = Position(file)
        let size = 32 << 10
        let owner = Unmanaged.passUnretained(position).toOpaque()
        guard let buffer = av_malloc(size)?.assumingMemoryBound(to: UInt8.self),
            let context = avio_alloc_context(
                buffer,
                Int32(size),
                0,
                owner,
                { owner, target, count in ClipSource.read(owner, target, count) },
                nil,
                { owner, offset, whence in ClipSource.seek(owner, offset, whence) }
            )
        else { throw ReadError("no memory for a clip") }
        pointer = context
    }

    deinit {
        av_free(pointer.pointee.buffer)
        var context: UnsafeMutablePointer<AVIOContext>? = pointer
        avio_context_free(&context)
    }

    private static func read(
        _ owner: UnsafeMutableRawPointer?,
        _ target: UnsafeMutablePointer<UInt8>?,
        _ count: Int32
    ) -> Int32 {
        guard let owner, let target else { return ajar_averror(EINVAL) }
        let position = Unmanaged<Position>.fromOpaque(owner).takeUnretainedValue()
        let length = min(Int(count), position.file.count - position.offset)
        guard length > 0 else { return ajar_averror_eof() }
        position.file.withBytes { bytes in
            let window = UnsafeRawBufferPointer(rebasing: bytes[position.offset..<position.offset + length])
            UnsafeMutableRawBufferPointer(start: target, count: length).copyMemory(from: window)
        }
        position.offset += length
        return Int32(length)
    }

    private static func seek(_ owner: UnsafeMutableRawPointer?, _ offset: Int64, _ whence: Int32) -> Int64 {
        guard let owner else { return Int64(ajar_averror(EINVAL)) }
        let position = Unmanaged<Position>.fromOpaque(owner).takeUnretainedValue()
        let base: Int
        switch whence & ~AVSEEK_FORCE {
        case AVSEEK_SIZE: return Int64(position.file.count)
        case SEEK_SET: base = 0
        case SEEK_CUR: base = position.offset
        case SEEK_END: base = position.file.count
        default: return Int64(ajar_averror(EINVAL))
        }
        let (wanted, overflows) = Int64(base).addingReportingOverflow(offset)
        guard !overflows, wanted >= 0, wanted <= position.file.count else { return Int64(ajar_averror(EINVAL)) }
        position.offset = Int(wanted)
        return wanted
    }
}
