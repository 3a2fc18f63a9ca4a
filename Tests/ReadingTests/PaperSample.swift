/// PDF files, built from their specification (ISO 32000-1), with texts that need no font on the machine to be read.
enum PaperSample {
    /// One page for each list of lines; a page without lines has a drawing only.
    static func file(_ pages: [[String]], size: String = "595 842") -> [UInt8] {
        let first = 6
        let kids = pages.indices.map { "\(first + $0 * 2) 0 R" }.joined(separator: " ")
        var objects = [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count \(pages.count)/Kids[\(kids)]>>",
            "<</Type/Font/Subtype/Type0/BaseFont/None/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/None/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
                + "/Supplement 0>>/DW 1000/W[32[250]]>>",
            stream(unicodeMap(Set(pages.joined().joined().utf16))),
        ]
        for (index, lines) in pages.enumerated() {
            objects.append(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 \(size)]/Resources<</Font<</F 3 0 R>>>>"
                    + "/Contents \(first + index * 2 + 1) 0 R>>"
            )
            let texts = lines.enumerated().map { row, text in
                "BT /F 12 Tf 50 \(780 - row * 20) Td <\(text.utf16.map(hex).joined())> Tj ET"
            }
            objects.append(stream((["1 0 0 RG 4 w 100 100 200 200 re S"] + texts).joined(separator: "\n")))
        }
        objects.append("<</Title(Retakes)/CreationDate(D:20240115093000+09'00')>>")
        return assembled(objects)
    }

    private static func assembled(_ objects: [String]) -> [UInt8] {
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = offsets.map { String(String($0 + 10_000_000_000).dropFirst()) + " 00000 n \n" }.joined()
        let start = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n\(table)"
        text += "trailer\n<</Size \(objects.count + 1)/Root 1 0 R/Info \(objects.count) 0 R>>\n"
        return Array((text + "startxref\n\(start)\n%%EOF\n").utf8)
    }

    private static func stream(_ content: String) -> String {
        "<</Length \(content.utf8.count)>>\nstream\n\(content)\nendstream"
    }

    private static func unicodeMap(_ units: Set<UInt16>) -> String {
        let rows = units.sorted().map { "<\(hex($0))> <\(hex($0))>" }
        return """
            /CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def
            1 begincodespacerange <0000> <FFFF> endcodespacerange
            \(rows.count) beginbfchar
            \(rows.joined(separator: "\n"))
            endbfchar endcmap end end
            """
    }

    private static func hex(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
