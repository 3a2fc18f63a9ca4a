import Doors
import Testing

@Suite struct YAMLReaderTests {
    private func read(_ text: String) throws -> YAMLNode { try YAMLReader.read(Array(text.utf8)) }

    @Test func readsMappingsSequencesAndScalars() throws {
        let root = try read("a: 1\nb:\n  - x\n  - 'true'\n  - true\nc: |\n  line 1\n  line 2\nd:\n")
        #expect(root.pairs?.map(\.key) == ["a", "b", "c", "d"])
        #expect(root.pairs?[0].value.number == 1)
        #expect(root.pairs?[1].value.elements?.map(\.text) == ["x", "true", "true"])
        #expect(root.pairs?[2].value.text == "line 1\nline 2\n")
        #expect(root.pairs?[3].value.isNull == true)
        #expect(root.pairs?[2].value.line == 6)
        #expect(try read("").isNull)
    }

    @Test func anAliasStandsForWhatItNames() throws {
        let root = try read("a: &x [1, 2]\nb: *x\n")
        #expect(root.pairs?[1].value.elements?.count == 2)
    }

    @Test(arguments: [
        ("a: [1", YAMLReader.Fault.Code.syntax), ("a: *none\n", .syntax), ("a: 1\na: 2\n", .duplicateKey),
        ("? [a]\n: b\n", .unsupported), ("a: !custom 1\n", .unsupported),
        ("<<: {a: 1}\n", .unsupported), ("a: 1\n---\nb: 2\n", .unsupported), ("\t- a\n", .syntax),
        ("a: \"\\xZZ\"", .syntax),
    ])
    func faultsAreNamed(text: String, code: YAMLReader.Fault.Code) {
        do {
            _ = try read(text)
            Issue.record("it was read")
        } catch let fault as YAMLReader.Fault {
            #expect(fault.code == code)
        } catch {
            Issue.record("\(error)")
        }
    }

    /// Nine levels of nine aliases are 387 million values in 300 bytes.
    @Test func aliasesThatMultiplyAreStopped() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let alias = "*a\(level - 1)"
            text += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
        }
        #expect(throws: YAMLReader.Fault.self) { try read(text) }
        do { _ = try read(text) } catch { #expect((error as? YAMLReader.Fault)?.code == .tooLarge) }
    }

    @Test func depthAndLengthAreBounded() {
        for text in [
            String(repeating: "[", count: 60) + String(repeating: "]", count: 60),
            String(repeating: "a", count: 5 << 20),
        ] {
            do {
                _ = try read(text)
                Issue.record("it was read")
            } catch {
                #expect((error as? YAMLReader.Fault)?.code == .tooLarge)
            }
        }
    }
}
