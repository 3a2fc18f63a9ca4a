import CXML
import Domain

/// The parts of an XLSX workbook (ECMA-376 part 1, 18) that say where the sheets are and what their cells share.
enum Sheets {
    static let tool = Tool(name: "libxml2", version: LIBXML_DOTTED_VERSION)

    struct Sheet {
        var name: String
        var part: String
    }

    /// Sheets beyond this number are not looked for.
    static let sheetLimit = 200

    static func list(workbook: [UInt8], relations: [UInt8]) throws -> [Sheet] {
        var parts: [String: String] = [:]
        if !relations.isEmpty {
            let walk = try XMLWalk(relations)
            while let event = try walk.next() {
                guard case .begin("Relationship", _) = event, let id = walk.attribute("Id") else { continue }
                parts[id] = walk.attribute("Target")
            }
        }
        var sheets: [Sheet] = []
        let walk = try XMLWalk(workbook)
        while sheets.count < sheetLimit, let event = try walk.next() {
            guard case .begin("sheet", _) = event, let name = walk.attribute("name") else { continue }
            let target = walk.attribute("r:id").flatMap { parts[$0] } ?? "worksheets/sheet\(sheets.count + 1).xml"
            sheets.append(Sheet(name: name, part: target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target))
        }
        return sheets
    }

    /// Texts that cells refer to by number, rich text joined, phonetic guides left out.
    static func sharedTexts(_ content: [UInt8]) throws -> [String] {
        var texts: [String] = []
        var current = ""
        var (isText, isGuide) = (false, false)
        let walk = try XMLWalk(content)
        while texts.count < 200_000, let event = try walk.next() {
            switch event {
            case .begin("si", let isEmpty):
                current = ""
                if isEmpty { texts.append("") }
            case .begin("rPh", let isEmpty): isGuide = !isEmpty
            case .begin("t", let isEmpty): isText = !isEmpty
            case .text(let text) where isText && !isGuide: current += text
            case .end("t"): isText = false
            case .end("rPh"): isGuide = false
            case .end("si"): texts.append(current)
            default: break
            }
        }
        return texts
    }

    /// For each cell style, whether it shows a number as a date.
    static func dateStyles(_ content: [UInt8]) throws -> [Bool] {
        var formats: Set<Int> = Set(14...22).union(27...36).union(45...47).union(50...58)
        var styles: [Bool] = []
        var isInCells = false
        let walk = try XMLWalk(content)
        while styles.count < 65_536, let event = try walk.next() {
            switch event {
            case .begin("numFmt", _):
                guard let id = walk.attribute("numFmtId").flatMap(Int.init), let code = walk.attribute("formatCode")
                else { continue }
                if isDate(code) { formats.insert(id) }
            case .begin("cellXfs", _): isInCells = true
            case .end("cellXfs"): isInCells = false
            case .begin("xf", _) where isInCells:
                styles.append(walk.attribute("numFmtId").flatMap(Int.init).map(formats.contains) ?? false)
            default: break
            }
        }
        return styles
    }

    /// A format code with a day or a year outside quotes and brackets.
    private static func isDate(_ code: String) -> Bool {
        var (isQuoted, isBracketed) = (false, false)
        for character in code.lowercased() {
            switch character {
            case "\"": isQuoted.toggle()
            case "[": isBracketed = true
            case "]": isBracketed = false
            case "d", "y": if !isQuoted, !isBracketed { return true }
            default: break
            }
        }
        return false
    }
}
