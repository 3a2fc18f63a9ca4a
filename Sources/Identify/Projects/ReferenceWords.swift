/// Words by which folders and files say that they hold material to work from.
enum ReferenceWords {
    /// Whole words between separators.
    private static let words: Set<String> = [
        "reference", "references", "ref", "refs", "modelsheet", "modelsheets", "settei", "moodboard",
    ]
    /// Found anywhere in a part: scripts without spaces have no other boundary.
    private static let pieces = [
        "参考", "參考", "참고", "参照", "资料", "資料", "자료", "設定", "设定", "설정", "人设", "인물설정", "справочн", "референс",
    ]

    /// The word that speaks of reference, nearest to the file first.
    static func find(in parts: [NamePart]) -> String? {
        for part in parts.reversed() {
            let words = Words(part.scalars).list.map(\.text)
            if let word = words.first(where: Self.words.contains) { return word }
            let text = String(String.UnicodeScalarView(part.scalars))
            if let piece = pieces.first(where: text.contains) { return piece }
        }
        return nil
    }
}
