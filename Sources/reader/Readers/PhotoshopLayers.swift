import Domain

/// The names and places of a Photoshop file's layers.
enum PhotoshopLayers {
    /// Reads the layer section. Its count is the file's claim; the section's real length ends the reading.
    static func read(_ section: inout ByteCursor, isLarge: Bool) throws -> [Reading] {
        guard section.remaining > 0 else { return [] }
        let length = try section.bigEndian(isLarge ? 8 : 4)
        guard length > 2 else { return [] }
        var info = try section.part(min(length, section.remaining))
        // Negative when the first alpha channel belongs to the merged picture.
        let count = abs(Int(Int16(truncatingIfNeeded: try info.bigEndian(2))))
        var readings = [Reading(predicate: "psd.layers", value: String(count), tool: PhotoshopReader.tool)]
        for number in 0..<min(count, PhotoshopReader.layerLimit) {
            let layer = try layer(&info, isLarge: isLarge)
            readings.append(
                Reading(
                    predicate: "psd.layer",
                    value: layer.name,
                    region: layer.region,
                    place: "layer \(number + 1)",
                    tool: PhotoshopReader.tool
                )
            )
        }
        if count > PhotoshopReader.layerLimit {
            let left = "\(count - PhotoshopReader.layerLimit) more layers were not named"
            readings.append(Reading(predicate: "psd.layers.cut", value: left, tool: PhotoshopReader.tool))
        }
        return readings
    }

    private static func layer(_ info: inout ByteCursor, isLarge: Bool) throws -> (name: String, region: Region) {
        let edges = try (0..<4).map { _ in Int(Int32(truncatingIfNeeded: try info.bigEndian(4))) }
        let channels = try info.bigEndian(2)
        guard channels <= 56 else { throw ReadError("a layer of \(channels) channels") }
        try info.skip(channels * (isLarge ? 10 : 6))
        guard try info.take(4) == Array("8BIM".utf8) else { throw ReadError("a layer without its signature") }
        try info.skip(8)
        var extra = try info.part(try info.bigEndian(4))
        try extra.skip(try extra.bigEndian(4))
        try extra.skip(try extra.bigEndian(4))
        let length = Int(try extra.byte())
        let short = try extra.take(length)
        try extra.skip(min(extra.remaining, 3 - length % 4))
        let name = longName(&extra) ?? String(decoding: short, as: UTF8.self)
        let region = Region(x: edges[1], y: edges[0], width: edges[3] - edges[1], height: edges[2] - edges[0])
        return (String(name.prefix(255)), region)
    }

    /// The name in UTF-16, which newer files add because the short one is in the maker's own encoding.
    private static func longName(_ extra: inout ByteCursor) -> String? {
        for _ in 0..<100 {
            guard let signature = try? extra.take(4), let key = try? extra.take(4),
                let length = try? extra.bigEndian(4),
                signature == Array("8BIM".utf8) || signature == Array("8B64".utf8)
            else { return nil }
            guard var block = try? extra.part(length) else { return nil }
            guard key == Array("luni".utf8) else { continue }
            guard let count = try? block.bigEndian(4), count <= 255, let bytes = try? block.take(count * 2) else {
                return nil
            }
            let units = stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
            return String(decoding: units.prefix { $0 != 0 }, as: UTF16.self)
        }
        return nil
    }
}
