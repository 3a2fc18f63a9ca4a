import Domain

/// Pairs notes in a workflow sheet with their translation: cells of one row.
///
/// Where the headings of a sheet say which columns are for remarks, only these are read: a scene's title in two
/// languages is no note. Elsewhere a sentence and the sentence in the next column are paired.
enum SheetPairs {
    /// What the heading of a column of remarks ends with, in the region's languages.
    static let headings = ["备注", "備註", "備考", "意见", "意見", "说明", "說明", "注意", "비고", "의견", "설명", "주의", "지적"]
    static let latinHeadings: Set<String> = [
        "note", "notes", "remark", "remarks", "comment", "comments", "correction", "corrections",
    ]
    /// A heading is a word or two, not a sentence.
    private static let headingLength = 16

    static func pairs(in cells: [Reading]) -> [NotePair] {
        let sheets = Dictionary(grouping: cells.compactMap(Cell.init)) { $0.sheet }
        return sheets.sorted { $0.key < $1.key }.flatMap { pairs(inSheet: $0.value) }
    }

    private static func pairs(inSheet cells: [Cell]) -> [NotePair] {
        let rows = Dictionary(grouping: cells) { $0.row }.sorted { $0.key < $1.key }.map(\.value)
        // Only the first such row: further down the same words are somebody's remark.
        guard let head = rows.firstIndex(where: { $0.contains { isHeading($0.reading.value) } }) else {
            return rows.flatMap(neighbours)
        }
        let columns = Set(rows[head].filter { isHeading($0.reading.value) }.map(\.column))
        return rows[(head + 1)...].flatMap { remarks(in: $0, columns) }
    }

    private static func isHeading(_ text: String) -> Bool {
        guard text.count <= headingLength else { return false }
        let words = text.lowercased().split { !$0.isLetter }.map(String.init)
        return words.contains { word in latinHeadings.contains(word) || headings.contains(where: word.hasSuffix) }
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
