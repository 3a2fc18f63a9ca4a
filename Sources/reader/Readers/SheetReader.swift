import Domain

/// XLSX: each cell that holds something, with its sheet and place.
struct SheetReader: FileReader {
    let name = "sheet"
    /// Cells beyond this number are not read; a reading says so.
    static let cellLimit = 20_000
    /// A cell's text is cut here, in characters.
    static let textLimit = 4000
    /// Characters of all cells together: a long text may be shared by every cell.
    static let charactersLimit = 2 << 20
    /// What one part, and all parts that are needed, may unpack to.
    static let partLimit = 32 << 20
    static let totalLimit = 64 << 20

    func reads(_ type: DetectedType, _ file: HeldFile) -> Bool {
        type.mime == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }

    func read(_ file: HeldFile, type: DetectedType, with tools: Tools) throws -> Findings {
        let parts = try Self.parts(of: file)
        guard let workbook = parts["xl/workbook.xml"] else { throw ReadError("no workbook inside") }
        let sheets = try Sheets.list(workbook: workbook, relations: parts["xl/_rels/workbook.xml.rels"] ?? [])
        let texts = try parts["xl/sharedStrings.xml"].map(Sheets.sharedTexts) ?? []
        let dates = try parts["xl/styles.xml"].map(Sheets.dateStyles) ?? []
        var readings = [Reading(predicate: "sheet.count", value: String(sheets.count), tool: Sheets.tool)]
        var room = (cells: Self.cellLimit, characters: Self.charactersLimit)
        for sheet in sheets {
            guard let content = parts[sheet.part] else {
                readings.append(Reading(predicate: "sheet.missing", value: sheet.name, tool: Sheets.tool))
                continue
            }
            var cells = CellCollector(sheet: sheet.name, texts: texts, dateStyles: dates, room: room)
            try cells.read(content)
            room = (room.cells - cells.readings.count, room.characters - cells.characters)
            readings += cells.readings
            if cells.wasCut {
                let left =
                    "cells beyond the first \(Self.cellLimit), or beyond \(Self.charactersLimit) characters, were not read"
                readings.append(Reading(predicate: "sheet.cut", value: left, place: sheet.name, tool: Sheets.tool))
                break
            }
        }
        return Findings(readings: readings)
    }

    /// Unpacks the parts that are needed, within the limits, and passes over all others.
    private static func parts(of file: HeldFile) throws -> [String: [UInt8]] {
        let archive = try Archives(file)
        var parts: [String: [UInt8]] = [:]
        var total = 0
        var entries = 0
        while let entry = try archive.next() {
            entries += 1
            guard entries <= 10_000 else { throw ReadError("more than 10000 parts") }
            let name = String(decoding: entry.name.bytes, as: UTF8.self)
            let isNeeded = name.hasPrefix("xl/worksheets/") || wanted.contains(name)
            guard isNeeded, name.hasSuffix(".xml") || name.hasSuffix(".rels"), parts[name] == nil else { continue }
            let content = try archive.content(limit: min(partLimit, totalLimit - total))
            total += content.count
            parts[name] = content
        }
        return parts
    }

    private static let wanted: Set = [
        "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml",
    ]
}
