import Domain
import Foundation
import Identify
import Testing

/// What every tradition promises, whichever it is.
@Suite struct TraditionTests {
    @Test(arguments: traditions.map(\.name)) func formsAreUsable(name: String) throws {
        let tradition = try #require(traditions.first { $0.name == name })
        #expect(!tradition.forms.isEmpty)
        for form in tradition.forms {
            #expect(!form.pieces.isEmpty)
            for case .words(let words) in form.pieces {
                #expect(words.allSatisfy { !$0.isEmpty && $0 == $0.lowercased() }, "\(words)")
                #expect(words.allSatisfy { $0 == $0.precomposedStringWithCanonicalMapping }, "\(words)")
            }
        }
    }

    @Test(arguments: traditions.map(\.name)) func readsNothingFromNoise(name: String) throws {
        let tradition = try #require(traditions.first { $0.name == name })
        let grammar = NameGrammar(traditions: [tradition])
        for text in ["", ".", "....", "___", "horse", "馬", "말", "2024-01-15.txt", "\u{0}\u{1}", "(1)", "IMG_0001.jpg"] {
            #expect(grammar.read(text) == WorkName(), "\(text)")
        }
    }

    @Test(arguments: traditions.map(\.name)) func survivesEveryCut(name: String) throws {
        let tradition = try #require(traditions.first { $0.name == name })
        let grammar = NameGrammar(traditions: [tradition])
        let text = "INV_S3E05/第3集_镜头12_修改2/3화12컷수정/#03_C125_T2/A/A0001.tga"
        for length in 0...text.count { _ = grammar.read(String(text.prefix(length))) }
        for length in 0...text.count { _ = grammar.read(String(text.suffix(length))) }
    }

    @Test func everyFileIsListed() throws {
        let folder = repository().appending(path: "Sources/Identify/Traditions")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix("Tradition.swift") }.map { String($0.dropLast(".swift".count)) }
        #expect(Set(files) == Set(traditions.map { "\(type(of: $0))" }))
    }

    @Test func everyTraditionIsInTheManual() throws {
        let manual = try String(contentsOf: repository().appending(path: "docs/names.md"), encoding: .utf8)
        for tradition in traditions { #expect(manual.contains("`\(tradition.name)`")) }
    }
}
