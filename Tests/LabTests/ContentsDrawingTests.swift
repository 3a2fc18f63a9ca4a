import Domain
import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import Lab

struct ContentsDrawingTests {
    private static let scene = Scene(
        subject: .figure,
        action: .walk,
        design: 3,
        seed: 9,
        phase: 0.3,
        hasChart: true,
        hasField: true,
        hasPegs: true
    )

    @Test(arguments: Scene.Subject.allCases)
    func equalScenesAreEqualPictures(subject: Scene.Subject) {
        var scene = Self.scene
        scene.subject = subject
        #expect(picture(of: scene) == picture(of: scene))
        let paper = Canvas(width: 160, height: 90).png
        #expect(picture(of: scene) != paper)
    }

    @Test func aMovementMoves() {
        var later = Self.scene
        later.phase = 0.6
        #expect(picture(of: Self.scene) != picture(of: later))
    }

    @Test func everyRecipeMakesItsTypeTwiceTheSame() async throws {
        try await withTemporaryFolder { folder in
            let rendering = Rendering(scratch: FilePath(folder.path))
            for (recipe, magic) in try Self.recipes {
                let bytes = try await rendering.bytes(of: recipe, number: 1)
                let again = try await rendering.bytes(of: recipe, number: 2)
                #expect(bytes == again, "\(recipe.mime)")
                #expect(bytes.count > 100)
                #expect(bytes.dropFirst(magic.offset).starts(with: magic.bytes), "\(recipe.mime)")
            }
        }
    }

    private static var recipes: [(Recipe, (offset: Int, bytes: [UInt8]))] {
        get throws {
            let day = ContentsFixture.firstDay
            let sheet = NoteSheet(
                scene: scene,
                notes: [NotePhrase.sound[0], NotePhrase.faulty[2]],
                layout: .column,
                isTranslationFirst: false,
                label: "LHB",
                day: day
            )
            let workflow = WorkflowSheet(
                series: "LHB",
                company: "Brass Gull Pictures, LLC",
                episode: 4,
                day: day,
                rows: [
                    WorkflowSheet.Row(
                        cut: 12,
                        content: WorkflowSheet.contents[0],
                        step: "LO",
                        drawings: 7,
                        state: WorkflowSheet.states[0],
                        note: NotePhrase.sound[3]
                    )
                ]
            )
            return [
                (.drawing(scene, .png, width: 320), (1, Array("PNG".utf8))),
                (.drawing(scene, .jpeg, width: 320), (0, [0xff, 0xd8, 0xff])),
                (.drawing(scene, .psd, width: 320), (0, Array("8BPS".utf8))),
                (.drawing(scene, .tga, width: 320), (2, [11])),
                (.drawing(scene, .plainTGA, width: 320), (2, [3])),
                (.noteSheet(sheet, .png), (1, Array("PNG".utf8))),
                (.slate(Slate(company: "Nobody, LLC", episode: 1, cut: 2, day: day)), (0, [0xff, 0xd8])),
                (.bookPage(BookPage(number: 2, seed: 3)), (0, [0xff, 0xd8])),
                (.workflow(workflow), (0, Array("PK".utf8))),
                (.clip(scene, .mp4), (4, Array("ftyp".utf8))),
                (.clip(scene, .mov), (4, Array("ftypqt".utf8))),
            ]
        }
    }

    @Test func greyFormatsHoldTheSamePixels() async throws {
        let canvas = Canvas(width: 320, height: 180)
        Self.scene.draw(on: canvas)
        let psd = PSD(
            width: 320,
            height: 180,
            layers: [PSD.Layer(name: "纸", greys: canvas.greys), PSD.Layer(name: "line", greys: canvas.greys)]
        )
        try await withTemporaryFolder { folder in
            for (name, bytes) in [
                ("a.psd", psd.bytes), ("b.tga", canvas.tga(isRunLengthCoded: true)),
                ("c.tga", canvas.tga(isRunLengthCoded: false)),
            ] {
                let file = folder.appending(path: name)
                try Data(bytes).write(to: file)
                let pixels = try await run(
                    .name("ffmpeg"),
                    arguments: [
                        "-nostdin", "-loglevel", "error", "-i", file.path, "-f", "rawvideo", "-pix_fmt", "gray", "-",
                    ],
                    output: .bytes(limit: 1 << 20)
                )
                #expect(pixels.terminationStatus.isSuccess)
                #expect(Array(pixels.standardOutput) == canvas.greys, "\(name)")
            }
        }
    }

    @Test func notesAndTheirFaultsAreInTheTruth() {
        #expect(NotePhrase.sound.allSatisfy { $0.translation != nil && $0.fault == nil })
        #expect(NotePhrase.faulty.allSatisfy { ($0.translation == nil) == ($0.fault == .missing) })
        #expect(NotePhrase.faulty.allSatisfy { $0.fault != nil })
        #expect(Writing.missingFonts.isEmpty)
    }

    @Test func textsAreWrittenInOldEncodings() {
        #expect(TextEncoding.gbk.bytes(of: "第05集") == [0xb5, 0xda, 0x30, 0x35, 0xbc, 0xaf])
        #expect(TextEncoding.cp949.bytes(of: "눈섭") == [0xb4, 0xab, 0xbc, 0xb7])
        #expect(TextEncoding.cp949.bytes(of: "头") == nil)
        #expect(TextEncoding.decomposed("가").unicodeScalars.count == 2)
    }

    private func picture(of scene: Scene) -> [UInt8] {
        let canvas = Canvas(width: 160, height: 90)
        scene.draw(on: canvas)
        return canvas.png
    }
}
