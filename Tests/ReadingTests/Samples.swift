import CXLSXWriter
import Foundation
import Subprocess
import SystemPackage
import Testing

/// Files of each kind, made here, so that what is in them is known.
enum Samples {
    static let ffmpeg = "/usr/bin/ffmpeg"
    static var hasFFmpeg: Bool { FileManager.default.isExecutableFile(atPath: ffmpeg) }

    /// A drawing without writing.
    static func drawing(width: Int = 320, height: Int = 180) -> Drawing {
        var dice = Dice(seed: 5)
        let drawing = Drawing(width: width, height: height)
        drawing.lineArt(&dice)
        return drawing
    }

    static func png(_ drawing: Drawing) throws -> [UInt8] {
        try temporaryFile("png") { drawing.savePNG($0) }
    }

    /// A file that `make` writes at the path it is given.
    static func temporaryFile(_ suffix: String, _ make: (String) throws -> Void) throws -> [UInt8] {
        let url = FileManager.default.temporaryDirectory.appending(path: "ajar-\(UUID().uuidString).\(suffix)")
        defer { try? FileManager.default.removeItem(at: url) }
        try make(url.path)
        return Array(try Data(contentsOf: url))
    }

    /// What ffmpeg makes of its own test picture.
    static func ffmpeg(_ arguments: [String], suffix: String) async throws -> [UInt8] {
        let url = FileManager.default.temporaryDirectory.appending(path: "ajar-\(UUID().uuidString).\(suffix)")
        defer { try? FileManager.default.removeItem(at: url) }
        let result = try await Subprocess.run(
            .path(FilePath(ffmpeg)),
            arguments: Arguments(["-v", "error", "-y"] + arguments + ["-fflags", "+bitexact", url.path]),
            output: .discarded,
            error: .string(limit: 4096)
        )
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
        return Array(try Data(contentsOf: url))
    }

    /// An uncompressed TGA of 24 bits, from the top left, with or without the footer of version 2.
    static func targa(_ drawing: Drawing, footer: Bool) -> [UInt8] {
        var bytes: [UInt8] = [0, 0, 2] + [UInt8](repeating: 0, count: 9)
        for side in [drawing.width, drawing.height] { bytes += [UInt8(side & 255), UInt8(side >> 8)] }
        bytes += [24, 0x20]
        let rgb = drawing.rgb
        for index in stride(from: 0, to: rgb.count, by: 3) { bytes += [rgb[index + 2], rgb[index + 1], rgb[index]] }
        if footer { bytes += [UInt8](repeating: 0, count: 8) + Array("TRUEVISION-XFILE.\0".utf8) }
        return bytes
    }

    /// A workbook: a title row, a date, and a note with its translation in one row.
    static func workbook(rows: Int = 1, text: (Int) -> String = { _ in "第12–18张跳帧,中间补两张。" }) throws -> [UInt8] {
        try temporaryFile("xlsx") { path in
            let book = workbook_new(path)
            let sheet = workbook_add_worksheet(book, "镜头表")
            worksheet_write_string(sheet, 0, 0, "Cut", nil)
            let format = workbook_add_format(book)
            format_set_num_format(format, "yyyy-mm-dd")
            var day = lxw_datetime(year: 2024, month: 1, day: 15, hour: 0, min: 0, sec: 0)
            worksheet_write_datetime(sheet, 0, 1, &day, format)
            for row in 0..<rows {
                worksheet_write_string(sheet, UInt32(row + 1), 0, text(row), nil)
                worksheet_write_string(sheet, UInt32(row + 1), 1, "12–18번이 튄다. 중간그림 한장을 더 넣을것.", nil)
                worksheet_write_number(sheet, UInt32(row + 1), 2, 12.5, nil)
            }
            let code = workbook_close(book)
            guard code == LXW_NO_ERROR else { throw CocoaError(.fileWriteUnknown) }
        }
    }
}

/// Photoshop files, built from their specification.
enum PhotoshopSample {
    static func big(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
    }

    static func header(width: Int, height: Int, large: Bool = false) -> [UInt8] {
        Array("8BPS".utf8) + big(large ? 2 : 1, 2) + [UInt8](repeating: 0, count: 6) + big(3, 2) + big(height, 4)
            + big(width, 4) + big(8, 2) + big(3, 2) + big(0, 4) + big(0, 4)
    }

    static func layer(_ name: String) -> [UInt8] {
        let unicode = Array(name.utf16).flatMap { big(Int($0), 2) }
        let long = Array("8BIMluni".utf8) + big(4 + unicode.count, 4) + big(name.utf16.count, 4) + unicode
        let extra = big(0, 4) + big(0, 4) + [1, 0x61, 0, 0] + long
        return big(0, 4) + big(0, 4) + big(10, 4) + big(10, 4) + big(0, 2) + Array("8BIMnorm".utf8) + [255, 0, 0, 0]
            + big(extra.count, 4) + extra
    }

    /// Layers by name over a merged picture, packed or raw.
    static func file(_ drawing: Drawing, layers: [String], packed: Bool, large: Bool = false) -> [UInt8] {
        let info = big(layers.count, 2) + layers.flatMap(layer)
        let wide = large ? 8 : 4
        let section = big(info.count, wide) + info
        var bytes =
            header(width: drawing.width, height: drawing.height, large: large) + big(section.count, wide) + section
        let rgb = drawing.rgb
        let planes = (0..<3).map { channel in stride(from: channel, to: rgb.count, by: 3).map { rgb[$0] } }
        guard packed else { return bytes + big(0, 2) + planes.flatMap { $0 } }
        let rows = planes.flatMap { plane in
            stride(from: 0, to: plane.count, by: drawing.width).map { pack(Array(plane[$0..<$0 + drawing.width])) }
        }
        bytes += big(1, 2) + rows.flatMap { big($0.count, large ? 4 : 2) }
        return bytes + rows.flatMap { $0 }
    }

    /// PackBits: runs where bytes repeat, single bytes elsewhere.
    private static func pack(_ row: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = []
        var index = 0
        while index < row.count {
            var run = 1
            while run < 128, index + run < row.count, row[index + run] == row[index] { run += 1 }
            packed += run > 1 ? [UInt8(bitPattern: Int8(1 - run)), row[index]] : [0, row[index]]
            index += run
        }
        return packed
    }
}
