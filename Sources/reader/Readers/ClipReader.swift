import CAV
import Domain

/// MOV, MP4, AVI, Matroska and their like: duration, size, codec, frame rate, dates, and one frame.
struct ClipReader: FileReader {
    let name = "clip"

    /// libav's demultiplexer for a type. Formats that name other files or servers (HLS, concat) are not among them.
    private static let formats: [String: String] = [
        "video/mp4": "mov", "video/quicktime": "mov", "video/x-m4v": "mov", "video/3gpp": "mov", "audio/mp4": "mov",
        "audio/x-m4a": "mov", "video/x-msvideo": "avi", "video/x-matroska": "matroska", "video/webm": "matroska",
        "video/mpeg": "mpeg", "video/x-flv": "flv", "video/x-ms-asf": "asf", "image/gif": "gif",
        "video/mp2t": "mpegts", "audio/mpeg": "mp3", "audio/x-wav": "wav",
    ]

    func reads(_ type: DetectedType, _ file: HeldFile) -> Bool { Self.formats[type.mime] != nil }

    func read(_ file: HeldFile, type: DetectedType, with tools: Tools) throws -> Findings {
        guard let format = Self.formats[type.mime] else { throw ReadError("no reader for \(type.mime)") }
        let clip = try Clip(file, format: format)
        var findings = Findings(readings: clip.readings())
        do {
            findings.picture = try clip.frame()
        } catch let error as ReadError {
            findings.readings.append(Reading(predicate: "video.frame.missing", value: error.reason, tool: LibAV.tool))
        }
        return findings
    }
}
