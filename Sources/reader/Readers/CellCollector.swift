import Domain

/// Collects the cells of one sheet.
struct CellCollector {
    let sheet: String
    let texts: [String]
    let dateStyles: [Bool]
    let room: (cells: Int, characters: Int)
    private(set) var readings: [Reading] = []
    private(set) var characters = 0
    private(set) var wasCut = false

    init(sheet: String, texts: [String], dateStyles: [Bool], room: (cells: Int, characters: Int)) {
        self.sheet = sheet
        self.texts = texts
        self.dateStyles = dateStyles
        self.room = room
    }

    private struct Cell {
        var place: String
        var kind: String
        var style: Int?
        var text = ""
    }

    mutating func read(_ content: [UInt8]) throws {
        var cell: Cell?
        var isText = false
        let walk = try XMLWalk(content)
        while let event = try walk.next() {
            switch event {
            case .begin("c", let isEmpty) where !isEmpty:
                let style = walk.attribute("s").flatMap(Int.init)
                cell = Cell(place: walk.attribute("r") ?? "?", kind: walk.attribute("t") ?? "n", style: style)
            case .begin("v", let isEmpty), .begin("t", let isEmpty): isText = !isEmpty
            case .text(let text) where isText: cell?.text += text
            case .end("v"), .end("t"): isText = false
            case .end("c"):
                if let cell { add(cell) }
                cell = nil
                if wasCut { return }
            default: break
            }
        }
    }

    private mutating func add(_ cell: Cell) {
        let value = value(cell)
        guard !value.isEmpty else { return }
        let kept = String(value.prefix(SheetReader.textLimit))
        guard readings.count < room.cells, characters + kept.count <= room.characters else {
            wasCut = true
            return
        }
        characters += kept.count
        readings.append(
            Reading(
                predicate: "sheet.cell",
                value: kept,
                language: ScriptCount(value).language,
                place: "\(sheet)!\(cell.place)",
                tool: Sheets.tool
            )
        )
    }

    private func value(_ cell: Cell) -> String {
        switch cell.kind {
        case "s": return Int(cell.text).flatMap { texts.indices.contains($0) ? texts[$0] : nil } ?? ""
        case "b": return cell.text == "1" ? "TRUE" : "FALSE"
        case "n":
            guard let style = cell.style, dateStyles.indices.contains(style), dateStyles[style],
                let serial = Double(cell.text), (1..<2_958_466).contains(serial)
            else { return cell.text }
            return Self.date(serial)
        default: return cell.text
        }
    }

    /// Excel's day numbers from 1 March 1900 on; the days before count a 29 February that never was.
    private static func date(_ serial: Double) -> String {
        let days = Int(serial)
        let day = Day(number: days - 25_569)
        let seconds = Int(((serial - Double(days)) * 86_400).rounded())
        guard seconds > 0, seconds < 86_400 else { return day.description }
        // Without a zone: the sheet has none.
        return String(day.start.adding(seconds: Int64(seconds)).description.dropLast())
    }
}
