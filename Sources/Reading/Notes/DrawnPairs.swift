import Domain

/// Pairs notes in a picture with their translation by where they stand.
enum DrawnPairs {
    /// One hand writes one way: in a picture the translation stands below its note, or above it, or beside. The way
    /// that pairs the most counts; the nearest texts pair first, each text once. What is left pairs only when one note
    /// and one translation are left.
    static func pairs(in lines: [Reading]) -> [NotePair] {
        let blocks = TextBlock.blocks(of: lines)
        let notes = blocks.filter { $0.reading.language == "zho-Hans" }
        let translations = blocks.filter { $0.reading.language == "kor" }
        let ways = Way.allCases.map { nearest(notes, translations, $0) }
        var found = ways.max { ($0.count, $1.apart) < ($1.count, $0.apart) } ?? []
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

    /// Where the translation stands.
    fileprivate enum Way: String, CaseIterable {
        // The first of equals wins, and below is where it stands most often.
        case below = "directly below"
        case above = "directly above"
        case beside = "side by side"
    }

    fileprivate struct Match {
        var note: Int
        var translation: Int
        var reason: String
        /// In pixels.
        var distance = 0
    }

    private static func nearest(_ notes: [TextBlock], _ translations: [TextBlock], _ way: Way) -> [Match] {
        var candidates: [Match] = []
        for (index, note) in notes.enumerated() {
            for (other, translation) in translations.enumerated() {
                guard let distance = distance(note, translation, way) else { continue }
                candidates.append(
                    Match(note: index, translation: other, reason: way.rawValue, distance: distance)
                )
            }
        }
        var matches: [Match] = []
        for match in candidates.sorted(by: { $0.distance < $1.distance })
        where !matches.contains(where: { $0.note == match.note || $0.translation == match.translation }) {
            matches.append(match)
        }
        return matches
    }

    /// How far apart two texts are in pixels if they belong together in this way; nil where they do not.
    private static func distance(_ first: TextBlock, _ second: TextBlock, _ way: Way) -> Int? {
        let (note, translation) = (first.region, second.region)
        let height = max(first.rowHeight, second.rowHeight)
        let hasLikeEdges = abs(note.x - translation.x) <= height * 2
        switch way {
        case .below:
            let gap = translation.y - (note.y + note.height)
            return hasLikeEdges && (-height / 3...height).contains(gap) ? max(0, gap) : nil
        case .above:
            let gap = note.y - (translation.y + translation.height)
            return hasLikeEdges && (-height / 3...height).contains(gap) ? max(0, gap) : nil
        case .beside:
            let gap = max(note.x, translation.x) - min(note.x + note.width, translation.x + translation.width)
            return abs(note.y - translation.y) <= height / 2 && (0...height * 3).contains(gap) ? gap : nil
        }
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

extension [DrawnPairs.Match] {
    /// All distances together, in pixels.
    fileprivate var apart: Int { reduce(0) { $0 + $1.distance } }
}
