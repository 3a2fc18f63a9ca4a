import Domain

/// A picture's size as its header claims it, read without a decoder, so that a claim of billions of pixels stays a claim.
enum PictureHeader {
    struct Size {
        var width: Int
        var height: Int

        var isDecodable: Bool {
            let (pixels, overflows) = width.multipliedReportingOverflow(by: height)
            return !overflows && pixels <= Int(StillDecoder.pixelLimit)
        }
    }

    static func size(of file: HeldFile, mime: String) -> Size? {
        switch mime {
        case "image/png": try? png(file)
        case "image/jpeg": try? jpeg(file)
        case "image/x-tga": Targa(file).map { Size(width: $0.width, height: $0.height) }
        default: nil
        }
    }

    private static func png(_ file: HeldFile) throws -> Size {
        var cursor = file.cursor()
        try cursor.skip(16)
        return Size(width: try cursor.bigEndian(4), height: try cursor.bigEndian(4))
    }

    /// Walks JPEG's segments to the frame header; more than 1,000 of them are not a picture.
    private static func jpeg(_ file: HeldFile) throws -> Size? {
        var cursor = file.cursor()
        try cursor.skip(2)
        for _ in 0..<1000 {
            guard try cursor.byte() == 0xff else { return nil }
            var marker = try cursor.byte()
            while marker == 0xff { marker = try cursor.byte() }
            let length = try cursor.bigEndian(2)
            if (0xc0...0xcf).contains(marker), ![0xc4, 0xc8, 0xcc].contains(marker) {
                try cursor.skip(1)
                let height = try cursor.bigEndian(2)
                return Size(width: try cursor.bigEndian(2), height: height)
            }
            try cursor.skip(length - 2)
        }
        return nil
    }
}

/// The time of last change that PNG keeps in a chunk of its own, which libav passes over.
enum PNGDates {
    private static let tool = Tool(name: "ajar png", version: ajarVersion)

    /// Looks at up to 1,000 chunks; a damaged file gives what came before the damage.
    static func read(_ file: HeldFile) -> [Reading] {
        var cursor = file.cursor()
        guard (try? cursor.skip(8)) != nil else { return [] }
        for _ in 0..<1000 {
            guard let length = try? cursor.bigEndian(4), let name = try? cursor.take(4) else { return [] }
            if name == Array("tIME".utf8), length == 7, let bytes = try? cursor.take(7) {
                return reading(bytes).map { [$0] } ?? []
            }
            guard (try? cursor.skip(length + 4)) != nil else { return [] }
        }
        return []
    }

    /// PNG says that this time is UTC.
    private static func reading(_ bytes: [UInt8]) -> Reading? {
        let year = Int(bytes[0]) << 8 | Int(bytes[1])
        guard let day = Day(year: year, month: Int(bytes[2]), day: Int(bytes[3])) else { return nil }
        let seconds = Int64(bytes[4]) * 3600 + Int64(bytes[5]) * 60 + Int64(bytes[6])
        let time = day.start.adding(seconds: seconds)
        return Reading(predicate: "date", value: time.description, place: "tIME", tool: tool)
    }
}
