import Domain

/// Pairs notes in a workflow sheet with their translation: cells of one row.
///
/// Where the headings of a sheet say which columns are for remarks, only these are read: a scene's title in two
/// languages is no note. Elsewhere a sentence and the sentence in the next column are paired.
enum SheetPairs {
    /// The words that head a column of remarks, in the region's languages.
    static let headings = [
        "备注", "備註", "備考", "意见", "意見", "修改", "修正", "返修", "说明", "說明", "注意", "비고", "의견", "수정", "설명", "주의",
        "지적", "notes", "note", "remarks", "remark", "comments", "comment", "corrections", "correction", "retake",
    ]
    /// A heading is a word or two, not a sentence.
    private static let headingLength = 16

    static func pairs(in cells: [Reading]) -> [NotePair] {
        let sheets = Dictionary(grouping: cells.compactMap(Cell.init)) { $0.sheet }
        return sheets.sorted { $0.key < $1.key }.flatMap { pairs(inSheet: $0.value) }
    }

    private static func pairs(inSheet cells: [Cell]) -> [NotePair] {
        let rows = Dictionary(grouping: cells) { $0.row }.sorted { $0.key < $1.key }.map(\.value)
        var remarkColumns: Set<Int> = []
        return rows.flatMap { row -> [NotePair] in
            let headed = row.filter { isHeading($0.reading.value) }
            if !headed.isEmpty {
                remarkColumns = Set(headed.map(\.column))
                return []
            }
            return remarkColumns.isEmpty ? neighbours(in: row) : remarks(in: row, remarkColumns)
        }
    }

    private static func isHeading(_ text: String) -> Bool {
        let text = text.lowercased()
        guard text.count <= headingLength else { return false }
        return text.split { $0 == "/" || $0.isWhitespace || $0 == "(" || $0 == ")" }.contains {
            headings.contains(String($0))
        }
    }

    private static func remarks(in row: [Cell], _ columns: Set<Int>) -> [NotePair] {
        let cells = row.filter { columns.contains($0.column) }.sorted { $0.column < $1.column }
        let notes = cells.filter { $0.reading.language == "zho-Hans" }
        let translations = cells.filter { $0.reading.language == "kor" }
        return zip(notes, translations).map { NotePair($0.reading, $1.reading, "in one row") }
    }

    private static func neighbours(in row: [Cell]) -> [NotePair] {
        let sentences = row.filter { $0.reading.value.letterCount >= 6 }
        return sentences.compactMap { note in
            guard note.reading.language == "zho-Hans",
                let translation = sentences.first(where: {
                    $0.reading.language == "kor" && abs($0.column - note.column) == 1
                })
            else { return nil }
            return NotePair(note.reading, translation.reading, "in one row")
        }
    }

    /// A cell by where it stands: `Sheet1!C12`.
    private struct Cell {
        var sheet: Substring
        var column: Int
        var row: Int
        var reading: Reading

        init?(_ reading: Reading) {
            guard let place = reading.place, let mark = place.lastIndex(of: "!") else { return nil }
            let cell = place[place.index(after: mark)...]
            let letters = cell.prefix { ("A"..."Z").contains($0) }
            guard (1...3).contains(letters.count), let row = Int(cell.dropFirst(letters.count)) else { return nil }
            sheet = place[..<mark]
            column = letters.utf8.reduce(0) { $0 * 26 + Int($1) - 64 }
            self.row = row
            self.reading = reading
        }
    }
}
