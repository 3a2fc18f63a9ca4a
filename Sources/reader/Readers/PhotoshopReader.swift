import Domain

/// PSD and PSB: size, layer names, and the merged picture that most programs store at the end of the file.
struct PhotoshopReader: FileReader {
    let name = "photoshop"
    /// More layers than this are not named; a reading says so.
    static let layerLimit = 2000

    static let tool = Tool(name: "ajar photoshop", version: ajarVersion)

    func reads(_ type: DetectedType, _ file: HeldFile) -> Bool { type.mime.hasPrefix("image/vnd.adobe.photoshop") }

    func read(_ file: HeldFile, type: DetectedType, with tools: Tools) throws -> Findings {
        var cursor = file.cursor()
        let header = try PhotoshopHeader(&cursor)
        var findings = Findings(
            readings: PictureReader.size(width: header.width, height: header.height, tool: Self.tool)
        )
        findings.readings += [
            Reading(predicate: "psd.mode", value: header.mode.description, tool: Self.tool),
            Reading(predicate: "psd.depth", value: String(header.depth), tool: Self.tool),
        ]
        var palette = try cursor.part(try cursor.bigEndian(4))
        try cursor.skip(try cursor.bigEndian(4))
        var layers = try cursor.part(try cursor.bigEndian(header.isLarge ? 8 : 4))
        do {
            findings.readings += try PhotoshopLayers.read(&layers, isLarge: header.isLarge)
        } catch let error as ReadError {
            findings.readings.append(Reading(predicate: "psd.layers.damaged", value: error.reason, tool: Self.tool))
        }
        do {
            let merged = try MergedPicture(header: header, palette: palette.take(palette.remaining), cursor: cursor)
            findings.picture = try merged.bitmap()
        } catch let error as ReadError {
            findings.readings.append(Reading(predicate: "psd.picture.missing", value: error.reason, tool: Self.tool))
        }
        return findings
    }
}

/// The fixed head of a Photoshop file.
struct PhotoshopHeader {
    enum Mode: Int, CustomStringConvertible {
        case bitmap = 0
        case grey = 1
        case indexed = 2
        case rgb = 3
        case cmyk = 4
        case multichannel = 7
        case duotone = 8
        case lab = 9

        var description: String {
            switch self {
            case .bitmap: "bitmap"
            case .grey: "grey"
            case .indexed: "indexed"
            case .rgb: "RGB"
            case .cmyk: "CMYK"
            case .multichannel: "multichannel"
            case .duotone: "duotone"
            case .lab: "Lab"
            }
        }
    }

    let isLarge: Bool
    let channels: Int
    let height: Int
    let width: Int
    let depth: Int
    let mode: Mode

    init(_ cursor: inout ByteCursor) throws {
        guard try cursor.take(4) == Array("8BPS".utf8) else { throw ReadError("no Photoshop signature") }
        isLarge = try cursor.bigEndian(2) == 2
        try cursor.skip(6)
        channels = try cursor.bigEndian(2)
        height = try cursor.bigEndian(4)
        width = try cursor.bigEndian(4)
        depth = try cursor.bigEndian(2)
        guard let mode = Mode(rawValue: try cursor.bigEndian(2)) else { throw ReadError("an unknown colour mode") }
        self.mode = mode
        guard (1...56).contains(channels), (1...300_000).contains(width), (1...300_000).contains(height),
            [1, 8, 16, 32].contains(depth)
        else { throw ReadError("a header out of the format's bounds") }
    }
}
