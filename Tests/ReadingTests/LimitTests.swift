import Domain
import Foundation
import Reading
import TestSupport
import Testing

/// The limits that stand beside each parser, each met on purpose.
@Suite struct LimitTests {
    private func reason(_ file: FileReading) -> String? {
        guard case .failed(let reason) = file.status else { return nil }
        return reason
    }

    @Test func aPictureOfBillionsOfPixelsStaysAClaim() async throws {
        let header =
            Array("IHDR".utf8) + PhotoshopSample.big(60_000, 4) + PhotoshopSample.big(60_000, 4) + [8, 2, 0, 0, 0]
        let bytes: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13] + header + [0, 0, 0, 0]
        let file = try await reading("bomb.png", bytes)
        #expect(reason(file) == "picture: 60000 x 60000 pixels are more than 64000000")
    }

    @Test func endlessLayersEndWithTheirSection() async throws {
        let section = PhotoshopSample.big(2, 4) + PhotoshopSample.big(0x7fff, 2)
        let bytes = PhotoshopSample.header(width: 10, height: 10) + PhotoshopSample.big(section.count, 4) + section
        let file = try await reading("endless.psd", bytes)
        #expect(file.value("image.width") == "10")
        #expect(file.value("psd.layers.damaged") != nil || file.values("psd.layer").isEmpty)
    }

    @Test func manyLayersAreCountedNotNamed() async throws {
        let drawing = Samples.drawing(width: 16, height: 16)
        defer { drawing.close() }
        let layers = (1...2100).map { "L\($0)" }
        let file = try await reading("many.psd", PhotoshopSample.file(drawing, layers: layers, packed: false))
        #expect(file.values("psd.layer").count == 2000)
        #expect(file.value("psd.layers.cut") == "100 more layers were not named")
        #expect(file.thumbnail != nil)
    }

    @Test func aSheetThatUnpacksTooFarIsRefused() async throws {
        let long = String(repeating: "界", count: 32_000)
        let file = try await reading("bomb.xlsx", try Samples.workbook(rows: 500) { "\($0)\(long)" })
        #expect(reason(file)?.contains("unpacks to more than") == true)
    }

    @Test func aPaperOfManyPagesOrLinesIsCut() async throws {
        let pages = try await reading("pages.pdf", PaperSample.file([[String]](repeating: ["A"], count: 210)))
        #expect(pages.value("pdf.pages") == "210")
        #expect(pages.values("text").count == 200)
        #expect(pages.value("text.cut") == "pages from 201 on were not read")
        let lines = (0..<50).map { "line \($0)" }
        let long = try await reading("lines.pdf", PaperSample.file([[String]](repeating: lines, count: 60)))
        #expect(long.values("text").count == 2000)
        #expect(long.value("text.cut")?.hasPrefix("text from page ") == true)
    }

    @Test func aPageOfAnySizeBecomesASmallPicture() async throws {
        for size in ["999999999 999999999", "99999999 1", "0 0", "-5 -5"] {
            let file = try await reading("vast.pdf", PaperSample.file([["A"]], size: size))
            #expect(file.status == .read, "\(size)")
            #expect(file.value("pdf.pages") == "1", "\(size)")
        }
    }

    @Test func aSheetOfManyCellsIsCut() async throws {
        let file = try await reading("many.xlsx", try Samples.workbook(rows: 9000))
        #expect(file.values("sheet.cell").count == 20_000)
        #expect(file.value("sheet.cut") == "cells beyond the first 20000, or beyond 2097152 characters, were not read")
    }

    @Test func aTextThatManyCellsShareIsNotRepeatedWithoutEnd() async throws {
        let long = String(repeating: "界", count: 3_000)
        let file = try await reading("shared.xlsx", try Samples.workbook(rows: 5_000) { _ in long })
        #expect(file.status == .read)
        #expect(file.values("sheet.cell").reduce(0) { $0 + $1.count } <= 2 << 20)
        #expect(file.value("sheet.cut")?.contains("2097152 characters") == true)
    }

    @Test func ofAFileThatIsTooLongOnlyTheTypeIsTold() async throws {
        try await withTemporaryFolder("limits") { folder in
            var one = try await ReadingCase(folder: folder)
            try await one.add("long.txt", Array(String(repeating: "line\n", count: 2000).utf8))
            let outcome = try await one.read(with: ReaderProcess(path: ReadingCase.readerPath, fileLimit: 4096))
            let file = try #require(outcome.files.first)
            #expect(file.type?.mime == "text/plain")
            #expect(reason(file)?.contains("10000 bytes are more than the reader takes") == true)
        }
    }

    @Test func aFileThatTakesTooLongIsEnded() async throws {
        try await withTemporaryFolder("limits") { folder in
            let drawing = Samples.drawing(width: 2000, height: 2000)
            defer { drawing.close() }
            var one = try await ReadingCase(folder: folder)
            // One byte after another would take the pipe longer than the limit; the greeting needs more as well.
            try await one.add("large.png", try Samples.png(drawing))
            let reader = ReaderProcess(path: ReadingCase.readerPath, wallLimit: .nanoseconds(1))
            await #expect(throws: ReadingError.self) { _ = try await one.read(with: reader) }
        }
    }
}
