import CAV
import Domain

/// PNG, JPEG, TGA, BMP, GIF, TIFF, WebP, EXR, DPX: size, dates and texts beside the pixels, and the pixels.
struct PictureReader: FileReader {
    let name = "picture"

    private static let codecs: [String: AVCodecID] = [
        "image/png": AV_CODEC_ID_PNG, "image/jpeg": AV_CODEC_ID_MJPEG, "image/x-tga": AV_CODEC_ID_TARGA,
        "image/bmp": AV_CODEC_ID_BMP, "image/x-ms-bmp": AV_CODEC_ID_BMP, "image/tiff": AV_CODEC_ID_TIFF,
        "image/webp": AV_CODEC_ID_WEBP, "image/x-exr": AV_CODEC_ID_EXR, "image/x-dpx": AV_CODEC_ID_DPX,
    ]

    func reads(_ type: DetectedType, _ file: HeldFile) -> Bool { Self.codecs[type.mime] != nil }

    func read(_ file: HeldFile, type: DetectedType, with tools: Tools) throws -> Findings {
        guard let codec = Self.codecs[type.mime] else { throw ReadError("no decoder for \(type.mime)") }
        if let size = PictureHeader.size(of: file, mime: type.mime), !size.isDecodable {
            throw ReadError("\(size.width) x \(size.height) pixels are more than \(StillDecoder.pixelLimit)")
        }
        let still = try StillDecoder(codec: codec).decode(file)
        var readings = Metadata.readings(still.texts, tool: LibAV.tool)
        readings += Self.size(width: still.width, height: still.height, tool: LibAV.tool)
        if type.mime == "image/png" { readings += PNGDates.read(file) }
        return Findings(readings: readings, picture: still.picture)
    }

    static func size(width: Int, height: Int, tool: Tool) -> [Reading] {
        [
            Reading(predicate: "image.width", value: String(width), tool: tool),
            Reading(predicate: "image.height", value: String(height), tool: tool),
        ]
    }
}
