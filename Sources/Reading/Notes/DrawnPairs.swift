import Domain

/// Pairs notes in a picture with their translation by where they stand.
enum DrawnPairs {
    /// Directly below with a like left edge, or directly beside: the nearest texts pair first, each text once.
    /// What is left pairs only when one note and one translation are left.
    static func pairs(in lines: [Reading]) -> [NotePair] {
        let blocks = TextBlock.blocks(of: lines)
        let notes = blocks.filter { $0.reading.language == "zho-Hans" }
        let translations = blocks.filter { $0.reading.language == "kor" }
        var found = nearest(notes, translations)
        let left = notes.indices.filter { index in !found.contains { $0.note == index } }
        let over = translations.indices.filter { index in !found.contains { $0.translation == index } }
        if let note = left.first, let translation = over.first, left.count == 1, over.count == 1,
            areLike(notes[note], translations[translation])
        {
            found.append(Match(note: note, translation: translation, reason: "no other text in the picture is left"))
        }
        return found.sorted { $0.note < $1.note }.map {
            NotePair(notes[$0.note].reading, translations[$0.translation].reading, $0.reason)
        }
    }

    private struct Match {
        var note: Int
        var translation: Int
        var reason: String
    }

    private static func nearest(_ notes: [TextBlock], _ translations: [TextBlock]) -> [Match] {
        var candidates: [(distance: Int, match: Match)] = []
        for (index, note) in notes.enumerated() {
            for (other, translation) in translations.enumerated() {
                guard let (distance, reason) = neighbourhood(note, translation) else { continue }
                candidates.append((distance, Match(note: index, translation: other, reason: reason)))
            }
        }
        var matches: [Match] = []
        for (_, match) in candidates.sorted(by: { $0.distance < $1.distance })
        where !matches.contains(where: { $0.note == match.note || $0.translation == match.translation }) {
            matches.append(match)
        }
        return matches
    }

    /// How far apart two texts are in pixels, and in which way they belong together; nil where they do not.
    private static func neighbourhood(_ first: TextBlock, _ second: TextBlock) -> (Int, String)? {
        let (note, translation) = (first.region, second.region)
        let height = max(first.rowHeight, second.rowHeight)
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

    /// Whether two texts that stand apart can say the same: neither is a word or two, and no number speaks against it.
    private static func areLike(_ note: TextBlock, _ translation: TextBlock) -> Bool {
        let (left, right) = (note.reading.value.letterCount, translation.reading.value.letterCount)
        guard min(left, right) >= 6, left * 4 >= right, right * 2 >= left else { return false }
        let (figures, others) = (Figures.all(in: note.reading.value), Figures.all(in: translation.reading.value))
        return figures.isEmpty == others.isEmpty && (figures.isEmpty || !figures.isDisjoint(with: others))
    }
}

extension String {
    var letterCount: Int { unicodeScalars.count { $0.properties.isAlphabetic } }
}
