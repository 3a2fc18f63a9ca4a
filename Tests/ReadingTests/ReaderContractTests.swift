import Domain
import Foundation
import Reading
import TestSupport
import Testing

/// What every reader in the list must survive: its own files cut anywhere, garbage behind every signature, nothing at all.
@Suite struct ReaderContractTests {
    /// First bytes of each type that has a reader, and of some that have none.
    private static let signatures: [[UInt8]] = [
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d] + Array("IHDR".utf8),
        [0xff, 0xd8, 0xff, 0xe0, 0, 0x10] + Array("JFIF\0".utf8), Array("GIF89a".utf8), Array("BM".utf8),
        Array("II*\0".utf8), Array("MM\0*".utf8), Array("RIFF\0\0\u{1}\0WEBPVP8 ".utf8), Array("8BPS".utf8) + [0, 1],
        Array("8BPS".utf8) + [0, 2], [0, 0, 0, 0x20] + Array("ftypisom".utf8),
        [0, 0, 0, 0x14] + Array("ftypqt  ".utf8),
        Array("RIFF\0\0\u{1}\0AVI LIST".utf8), [0x1a, 0x45, 0xdf, 0xa3], Array("FLV\u{1}".utf8), [0, 0, 1, 0xba],
        Array("PK\u{3}\u{4}".utf8), [0x76, 0x2f, 0x31, 0x01], Array("SDPX".utf8), Array("CSFCHUNK".utf8),
        Array("RIFX\0\0\0\u{8}Egg!".utf8), [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], Array("%PDF-1.7\n".utf8),
        Array("<?xml version=\"1.0\"?>".utf8), [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf],
        [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 64, 0, 24, 0x20], [],
    ]

    @Test func survivesGarbageBehindEverySignature() async throws {
        var dice = Dice(seed: 11)
        var files: [[UInt8]] = Self.signatures
        for signature in Self.signatures {
            for length in [16, 3000, 70_000] {
                files.append(signature + (0..<length).map { _ in UInt8(truncatingIfNeeded: dice.next()) })
            }
            files.append(signature + [UInt8](repeating: 0, count: 4000))
            files.append(signature + [UInt8](repeating: 0xff, count: 4000))
        }
        try await expectSurvival(files)
    }

    @Test func survivesItsOwnFilesCutAndBent() async throws {
        let drawing = Samples.drawing(width: 64, height: 48)
        defer { drawing.close() }
        var samples = [
            try Samples.png(drawing), Samples.targa(drawing, footer: true),
            PhotoshopSample.file(drawing, layers: ["线稿", "b"], packed: true), try Samples.workbook(),
            PaperSample.file([["返修", "retake"], []]),
        ]
        if Samples.hasFFmpeg {
            let source = ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=12", "-t", "1"]
            for suffix in ["mp4", "mov", "mkv", "avi", "jpg", "gif", "bmp", "tiff"] {
                let frames = ["jpg", "bmp", "tiff"].contains(suffix) ? ["-frames:v", "1"] : []
                samples.append(try await Samples.ffmpeg(source + frames, suffix: suffix))
            }
        }
        var dice = Dice(seed: 12)
        let files = samples.flatMap { sample -> [[UInt8]] in
            let cuts = (0..<8).map { _ in Array(sample.prefix(Int(dice.next() % UInt64(sample.count)))) }
            let bent = (0..<8).map { _ in
                var copy = sample
                for _ in 0..<12 {
                    copy[Int(dice.next() % UInt64(copy.count))] = UInt8(truncatingIfNeeded: dice.next())
                }
                return copy
            }
            return cuts + bent
        }
        try await expectSurvival(files)
    }

    /// Every file has its reading, and no reader died, stalled or broke the protocol.
    private func expectSurvival(_ files: [[UInt8]]) async throws {
        try await withTemporaryFolder("contract") { folder in
            var one = try await ReadingCase(folder: folder)
            for (number, file) in files.enumerated() { try await one.add("\(number)", file) }
            let outcome = try await one.read()
            #expect(outcome.files.count == files.count)
            #expect(outcome.faults == [])
            for (index, fault) in zip(files.indices, outcome.files) where fault.type == nil {
                Issue.record("file \(index) of \(files[index].count) bytes has no type: \(fault.status)")
            }
        }
    }

    /// A reader that is not in the list reads nothing; one that is not in the documents is not found.
    @Test func everyReaderIsListedAndDocumented() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let list = try String(contentsOf: root.appending(path: "Sources/reader/FileReader.swift"), encoding: .utf8)
        let documents = try String(contentsOf: root.appending(path: "docs/reading.md"), encoding: .utf8)
        let folder = root.appending(path: "Sources/reader/Readers")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .map { $0.deletingPathExtension().lastPathComponent }.filter { $0.hasSuffix("Reader") }
        #expect(files.count >= 6)
        for file in files {
            #expect(list.contains("\(file)()"), "\(file) is not in the list")
            #expect(documents.contains("`\(file)`"), "\(file) is not in docs/reading.md")
        }
    }
}
