import Domain
import Foundation
import Reading
import TestSupport
import Testing

/// One file of each kind, made here, and all that is read from it. `RECORD=1 swift test` writes what is expected.
@Suite struct GoldenReadingTests {
    private func check(_ name: String, _ bytes: [UInt8], pictured: Bool = true) async throws {
        let file = try await reading(name, bytes)
        #expect((file.thumbnail != nil) == pictured)
        var lines = ["status \(file.status)", "type \(file.type?.mime ?? "none")"]
        lines += file.readings.map { reading in
            let place = reading.place.map { " @ \($0)" } ?? ""
            let language = reading.language.map { " [\($0)]" } ?? ""
            return "\(reading.predicate)\(place)\(language) = \(reading.value)"
        }
        lines += file.notePairs.map {
            "pair \($0.note.text) | \($0.translation.text) | \($0.reason) | \($0.disagreements)"
        }
        if let difference = try golden("\(name).txt", lines.joined(separator: "\n") + "\n") {
            Issue.record(Comment(rawValue: difference))
        }
    }

    private func drawn<Result>(_ body: (Drawing) async throws -> Result) async rethrows -> Result {
        let drawing = Samples.drawing()
        defer { drawing.close() }
        return try await body(drawing)
    }

    @Test func png() async throws { try await drawn { try await check("drawing.png", Samples.png($0)) } }
    @Test func targaWithFooter() async throws {
        try await drawn { try await check("footer.tga", Samples.targa($0, footer: true)) }
    }
    @Test func targaWithoutFooter() async throws {
        try await drawn { try await check("bare.tga", Samples.targa($0, footer: false)) }
    }
    @Test func photoshopPacked() async throws {
        try await drawn {
            try await check("packed.psd", PhotoshopSample.file($0, layers: ["线稿", "修正 2024.01.15"], packed: true))
        }
    }
    @Test func photoshopLarge() async throws {
        try await drawn {
            try await check("large.psb", PhotoshopSample.file($0, layers: ["A"], packed: true, large: true))
        }
    }
    @Test func photoshopRaw() async throws {
        try await drawn { try await check("raw.psd", PhotoshopSample.file($0, layers: [], packed: false)) }
    }
    @Test func sheet() async throws { try await check("sheet.xlsx", try Samples.workbook(), pictured: false) }
    @Test func text() async throws {
        try await check("note.csv", Array("SC045,返修眼睛两处,눈을 두곳 고칠것\n2024年1月15日\n".utf8), pictured: false)
    }
    @Test func paper() async throws {
        let pages = [["SC045 返修", "第12张跳帧", "12번이 튄다"], [], ["2024年1月15日"]]
        try await check("retakes.pdf", PaperSample.file(pages))
    }
    @Test func paperWithoutText() async throws { try await check("scan.pdf", PaperSample.file([[]])) }
    @Test func clipStudio() async throws {
        try await check("drawing.clip", Array("CSFCHUNK\0\0\0\0\0\0\0\u{1}CHNKHead".utf8), pictured: false)
    }
    @Test func afterEffects() async throws {
        try await check("comp.aep", Array("RIFX\0\0\u{1}\0Egg!svap".utf8), pictured: false)
    }

    @Test(.enabled(if: Samples.hasFFmpeg, "needs ffmpeg"), arguments: ["mp4", "mov"])
    func clip(_ suffix: String) async throws {
        let arguments = [
            "-f", "lavfi", "-i", "testsrc=size=320x180:rate=24", "-t", "2.5", "-metadata",
            "creation_time=2024-01-15T09:30:00Z",
        ]
        try await check("clip.\(suffix)", try await Samples.ffmpeg(arguments, suffix: suffix))
    }

    @Test(.enabled(if: Samples.hasFFmpeg, "needs ffmpeg")) func jpeg() async throws {
        let arguments = ["-f", "lavfi", "-i", "testsrc=size=320x180:rate=1", "-frames:v", "1"]
        try await check("still.jpg", try await Samples.ffmpeg(arguments, suffix: "jpg"))
    }
}
