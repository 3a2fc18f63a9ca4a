/// Words by which folders and files say that they hold material to work from.
enum ReferenceWords {
    /// Whole words between separators.
    private static let words: Set<String> = [
        "reference", "references", "ref", "refs", "modelsheet", "modelsheets", "settei", "moodboard",
    ]
    /// Found anywhere in a part: scripts without spaces have no other boundary.
    private static let pieces = [
        "参考", "參考", "참고", "参照", "资料", "資料", "자료", "設定", "设定", "설정", "人设", "인물설정", "справочн", "референс",
    ].map { (text: $0, scalars: Array($0.unicodeScalars)) }

    /// The word that speaks of reference, nearest to the file first.
    static func find(in parts: [NamePart]) -> String? {
        for part in parts.reversed() {
            let words = Words(part.scalars).list.map(\.text)
            if let word = words.first(where: Self.words.contains) { return word }
            if let piece = pieces.first(where: { part.scalars.holds($0.scalars) }) { return piece.text }
        }
        return nil
    }
}

extension [UnicodeScalar] {
    /// Whether `piece` stands somewhere within.
    func holds(_ piece: [UnicodeScalar]) -> Bool {
        guard let first = piece.first, piece.count <= count else { return false }
        return (0...count - piece.count).contains {
            self[$0] == first && self[$0..<$0 + piece.count].elementsEqual(piece)
        }
    }
}
