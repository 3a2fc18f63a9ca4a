package import Domain

/// Pairs a note with its translation by where they stand. Languages decide the sides: the Chinese text is the note.
package enum NotePairing {
    /// Pairs beyond this number in one file are not made.
    static let limit = 500
    /// Lines in a picture beyond this number are not paired: each is compared with each.
    static let lineLimit = 1_000

    package static func pairs(in texts: [Reading]) -> [NotePair] {
        let sided = texts.filter { $0.language == "zho-Hans" || $0.language == "kor" }
        let drawn = sided.filter {
            $0.predicate == "text" && ($0.region.map { $0.isPossible && $0.width > 0 && $0.height > 0 } ?? false)
        }
        .prefix(lineLimit)
        let written = sided.filter { $0.region == nil && $0.predicate == "text" }
        // A heading may be in any language.
        let cells = texts.filter { $0.predicate == "sheet.cell" }
        return Array(
            (DrawnPairs.pairs(in: Array(drawn)) + inLines(written) + SheetPairs.pairs(in: cells)).prefix(limit)
        )
    }

    /// Lines of a text: the translation follows the note at once.
    private static func inLines(_ lines: [Reading]) -> [NotePair] {
        var pairs: [NotePair] = []
        var index = 0
        while index + 1 < lines.count {
            let (first, second) = (lines[index], lines[index + 1])
            if first.language == "zho-Hans", second.language == "kor", number(second) - number(first) <= 2 {
                pairs.append(NotePair(first, second, "on the next line"))
                index += 2
            } else {
                index += 1
            }
        }
        return pairs
    }

    private static func number(_ line: Reading) -> Int {
        Int(line.place.flatMap { $0.split(separator: " ").last }.flatMap { UInt32($0) } ?? 0)
    }
}

extension NotePair {
    init(_ note: Reading, _ translation: Reading, _ reason: String) {
        let disagreements = Figures.disagreements(note.value, translation.value)
        let hasSameNumbers = disagreements.isEmpty && !Figures.all(in: note.value).isEmpty
        self.init(
            note: Side(note),
            translation: Side(translation),
            reason: reason + (hasSameNumbers ? ", same numbers" : ""),
            disagreements: disagreements
        )
    }
}

extension NotePair.Side {
    fileprivate init(_ reading: Reading) {
        self.init(
            text: reading.value,
            language: reading.language ?? "und",
            region: reading.region,
            place: reading.place,
            confidence: reading.confidence
        )
    }
}
