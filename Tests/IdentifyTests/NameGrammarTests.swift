import Domain
import Foundation
import Identify
import TestSupport
import Testing

/// A path, and what the grammar must read from it; fields left out must stay open.
struct NameCase: CustomTestStringConvertible, Sendable {
    var path: String
    var expected: WorkName

    init(_ path: String, _ tradition: String?, _ set: (inout WorkName) -> Void = { _ in }) {
        self.path = path
        expected = WorkName()
        set(&expected)
        expected.tradition = tradition
    }

    var testDescription: String { path }
}

/// The composed forms of the field's notes, and the failures that other parsers are known for.
private let cases: [NameCase] = [
    NameCase("INV_S3E05_SC012_KA_T2.psd", "western") {
        ($0.series, $0.season, $0.episode, $0.scene, $0.step, $0.take) = ("INV", 3, 5, "12", "key drawing", 2)
    },
    NameCase("#03_C125_T2", "japanese") { ($0.episode, $0.cut, $0.take) = (3, "125", 2) },
    NameCase("第3集_镜头12_修改2.jpg", "chinese") {
        ($0.episode, $0.cut, $0.step, $0.version) = (3, "12", "correction", 2)
    },
    NameCase("3화12컷수정.psd", "korean") { ($0.episode, $0.cut, $0.step) = (3, "12", "correction") },
    NameCase("305-sc045-lo-v003.tga", "western") {
        ($0.season, $0.episode, $0.scene, $0.step, $0.version) = (3, 5, "45", "layout", 3)
    },
    NameCase("EP05/C125/A/A0001.tga", "japanese") {
        ($0.episode, $0.cut, $0.layer, $0.frame) = (5, "125", "A", 1)
    },
    NameCase("猫_第05话_C088_原画_返修.clip", "chinese") {
        ($0.series, $0.episode, $0.cut, $0.step) = ("猫", 5, "88", "key drawing, retake")
    },
    NameCase("Ｃ１２５.psd", "japanese") { $0.cut = "125" },
    NameCase("ep001_sq001_sh001_rev001.mov", "western") {
        ($0.episode, $0.scene, $0.cut, $0.version) = (1, "1", "1", 1)
    },
    NameCase("04_020_pipes_faf_Compositing__v008_1001.tga", "western") {
        ($0.scene, $0.cut, $0.step, $0.version, $0.frame) = ("4", "20", "compositing", 8, 1001)
    },
    NameCase("3화12컷수정.psd".decomposedStringWithCanonicalMapping, "korean") {
        ($0.episode, $0.cut, $0.step) = (3, "12", "correction")
    },
    NameCase("제5화_컷088_2원화_T2.psd", "korean") {
        ($0.episode, $0.cut, $0.step, $0.take) = (5, "88", "second key drawing", 2)
    },
    NameCase("第十二話/カット012/原画_修正.png", "japanese") {
        ($0.episode, $0.cut, $0.step) = (12, "12", "key drawing, correction")
    },
    NameCase("海港/第二季/第08集/镜头034A_律表.xlsx", "chinese") {
        ($0.season, $0.episode, $0.cut, $0.step) = (2, 8, "34A", "exposure sheet")
    },
    NameCase("Season 2/ep07/sc012A.0034.exr", "western") {
        ($0.season, $0.episode, $0.scene, $0.frame) = (2, 7, "12A", 34)
    },
    NameCase("HBR_EP02/C014/C/C0003.tga", "japanese") {
        ($0.series, $0.episode, $0.cut, $0.layer, $0.frame) = ("HBR", 2, "14", "C", 3)
    },
    NameCase("EP02/C014/C014.psd", "japanese") { ($0.episode, $0.cut) = (2, "14") },
    NameCase("EP02/C014/B/0007.png", "japanese") { ($0.episode, $0.cut, $0.layer, $0.frame) = (2, "14", "B", 7) },
    NameCase("INV_S3E05_SC012_KA_v002.tga", "western") {
        ($0.series, $0.season, $0.episode, $0.scene, $0.step, $0.version) = ("INV", 3, 5, "12", "key drawing", 2)
    },
    NameCase("20240115/INV_S3E05_SC012_240116.psd", "western") {
        ($0.series, $0.season, $0.episode, $0.scene) = ("INV", 3, 5, "12")
    },
    // Names that speak of no work.
    NameCase("horse_2019_1080p.mp4", nil),
    NameCase("horse_240115.mp4", nil),
    NameCase("2024-01-15/IMG_1234.jpg", nil),
    NameCase("DSC0123.JPG", nil),
    NameCase("disc12.iso", nil),
    NameCase("invoice_20240115_v2.pdf", nil),
    NameCase("лошади.pdf", nil),
    NameCase("1월15일_회의.txt", nil),
    NameCase("access.log.1", nil),
    NameCase("1920x1080/clip.mov", nil),
    NameCase("4f2a9c01bd77e0c3.bin", nil),
    NameCase("", nil),
    NameCase("///", nil),
]

@Suite struct NameGrammarTests {
    @Test(arguments: cases) func readsTheDocumentedForms(_ example: NameCase) {
        #expect(NameGrammar().read(example.path) == example.expected)
    }

    @Test func everyFormHasAnExampleInTheManual() throws {
        let manual = try String(contentsOf: repository().appending(path: "docs/names.md"), encoding: .utf8)
        for example in cases where example.expected.tradition != nil && !example.path.contains("/") {
            #expect(manual.contains(example.path.precomposedStringWithCanonicalMapping), "\(example.path)")
        }
    }

    @Test func survivesHostileNames() {
        let grammar = NameGrammar()
        let hostile: [[UInt8]] = [
            Array(repeating: UInt8(ascii: "9"), count: 1 << 20),
            Array(repeating: UInt8(ascii: "/"), count: 1 << 20),
            Array(repeating: 0xff, count: 1 << 20),
            Array("第".utf8) + Array(repeating: UInt8(ascii: "1"), count: 100_000) + Array("集".utf8),
            Array(0...255), [0], [0xc3], Array("S99999999999999999999E1".utf8), Array("C12\u{202e}gpj.exe".utf8),
            Array((0..<200).map { _ in "EP05/C12/A/" }.joined().utf8),
        ]
        for bytes in hostile {
            let name = DecodedName(PathName(bytes: bytes))
            #expect(name.text.utf8.count <= DecodedName.lengthLimit * 4)
            _ = grammar.read(name.text)
        }
        #expect(grammar.read("C99999999999.psd") == WorkName())
    }
}

/// The folder that holds `Sources` and `docs`.
func repository(_ file: String = #filePath) -> URL {
    URL(filePath: file).deletingLastPathComponent().appending(path: "../..").standardized
}
