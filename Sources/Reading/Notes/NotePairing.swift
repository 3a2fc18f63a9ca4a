package import Domain

/// Pairs a note with its translation by where they stand. Languages decide the sides: the Chinese line is the note.
package enum NotePairing {
    /// Pairs beyond this number in one file are not made.
    static let limit = 500

    package static func pairs(in texts: [Reading]) -> [NotePair] {
        let sided = texts.filter { $0.language == "zho-Hans" || $0.language == "kor" }
        let drawn = sided.filter { $0.region != nil && $0.predicate == "text" }
        let written = sided.filter { $0.region == nil && $0.predicate == "text" }
        let cells = sided.filter { $0.predicate == "sheet.cell" }
        return Array((inPicture(drawn) + inLines(written) + inRows(cells)).prefix(limit))
    }

    private static func pair(_ note: Reading, _ translation: Reading, _ reason: String) -> NotePair {
        let disagreements = Figures.disagreements(note.value, translation.value)
        let sameNumbers = disagreements.isEmpty && !Figures.all(in: note.value).isEmpty
        return NotePair(
            note: side(note),
            translation: side(translation),
            reason: reason + (sameNumbers ? ", same numbers" : ""),
            disagreements: disagreements
        )
    }

    private static func side(_ reading: Reading) -> NotePair.Side {
        NotePair.Side(
            text: reading.value,
            language: reading.language ?? "und",
            region: reading.region,
            place: reading.place,
            confidence: reading.confidence
        )
    }

    /// Directly below with a like left edge, or directly beside: the nearest such lines pair first, each line once.
    private static func inPicture(_ lines: [Reading]) -> [NotePair] {
        let notes = lines.filter { $0.language == "zho-Hans" }
        let translations = lines.filter { $0.language == "kor" }
        var candidates: [(distance: Int, note: Int, translation: Int, reason: String)] = []
        for (index, note) in notes.enumerated() {
            for (other, translation) in translations.enumerated() {
                guard let first = note.region, let second = translation.region,
                    let (distance, reason) = neighbourhood(first, second)
                else { continue }
                candidates.append((distance, index, other, reason))
            }
        }
        var (used, taken): (Set<Int>, Set<Int>) = ([], [])
        var pairs: [(Int, NotePair)] = []
        for candidate in candidates.sorted(by: { $0.distance < $1.distance })
        where !used.contains(candidate.note) && !taken.contains(candidate.translation) {
            used.insert(candidate.note)
            taken.insert(candidate.translation)
            let made = pair(notes[candidate.note], translations[candidate.translation], candidate.reason)
            pairs.append((candidate.note, made))
        }
        return pairs.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// How far apart two lines are in pixels, and in which way they belong together; nil where they do not.
    private static func neighbourhood(_ note: Region, _ translation: Region) -> (Int, String)? {
        let height = max(note.height, translation.height)
        let below = translation.y - (note.y + note.height)
        let above = note.y - (translation.y + translation.height)
        let edges = abs(note.x - translation.x)
        if edges <= height * 2, (-height / 3...height).contains(below) { return (max(0, below), "directly below") }
        // The translation above its note is rarer, so it counts as further off.
        if edges <= height * 2, (-height / 3...height / 2).contains(above) {
            return (max(0, above) + height, "directly above")
        }
        let beside = max(note.x, translation.x) - min(note.x + note.width, translation.x + translation.width)
        if abs(note.y - translation.y) <= height / 2, (0...height * 3).contains(beside) {
            return (beside, "side by side")
        }
        return nil
    }

    /// Lines of a text: the translation follows the note at once.
    private static func inLines(_ lines: [Reading]) -> [NotePair] {
        var pairs: [NotePair] = []
        var index = 0
        while index + 1 < lines.count {
            let (first, second) = (lines[index], lines[index + 1])
            if first.language == "zho-Hans", second.language == "kor", number(second) - number(first) <= 2 {
                pairs.append(pair(first, second, "on the next line"))
                index += 2
            } else {
                index += 1
            }
        }
        return pairs
    }

    private static func number(_ line: Reading) -> Int {
        line.place.flatMap { $0.split(separator: " ").last }.flatMap { Int($0) } ?? 0
    }

    /// Cells of one row: the Chinese and the Korean cell, where there is one of each, or those next to each other.
    private static func inRows(_ cells: [Reading]) -> [NotePair] {
        let rows = Dictionary(grouping: cells) { row(of: $0.place ?? "") }
        return rows.sorted { $0.key < $1.key }.flatMap { _, cells -> [NotePair] in
            let notes = cells.filter { $0.language == "zho-Hans" && isNote($0) }
            let translations = cells.filter { $0.language == "kor" && isNote($0) }
            return zip(notes, translations).map { pair($0, $1, "in one row") }
        }
    }

    /// A title or a status in one word is no note.
    private static func isNote(_ cell: Reading) -> Bool { cell.value.count >= 4 }

    /// `Sheet!B3` is in row `Sheet!` 3; sorted by sheet, then number.
    private static func row(of place: String) -> String {
        let digits = String(place.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
        let rest = place.dropLast(digits.count)
        let sheet = rest.lastIndex(of: "!").map { rest[...$0] } ?? rest
        return sheet + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }
}
