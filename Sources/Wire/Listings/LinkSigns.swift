/// What an element's class, or a picture's file name and alternative text, say of the link beside it.
struct LinkSigns: OptionSet, Hashable, Sendable {
    var rawValue: UInt8

    static let folder = LinkSigns(rawValue: 1)
    static let file = LinkSigns(rawValue: 2)
    static let up = LinkSigns(rawValue: 4)
    /// It stands in a table's head.
    static let heading = LinkSigns(rawValue: 8)
    /// It stands in a bar, a crumb trail or a foot.
    static let navigation = LinkSigns(rawValue: 16)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    private static let folderWords: Set<String> = [
        "dir", "isdir", "folder", "directory", "folderopen", "openfolder", "subdir",
    ]
    private static let upWords: Set<String> = ["parent", "parentdir", "dirup", "parentdirectory"]

    /// Reads a `class`: `fa-folder` and `item-type-file` are two words and three.
    init(class value: [UInt8]) {
        self = []
        for word in Self.words(value) {
            if Self.folderWords.contains(word) { insert(.folder) }
            if word == "file" { insert(.file) }
        }
    }

    /// Reads a picture's `src` and `alt`.
    init(picture source: [UInt8], alternative: [UInt8]) {
        let file = source.suffix(while: { $0 != UInt8(ascii: "/") })
        let words = Self.words(file) + Self.words(alternative)
        self = []
        for word in words {
            if Self.folderWords.contains(word) { insert(.folder) }
            if Self.upWords.contains(word) { insert(.up) }
        }
        if let first = words.first, first == "back" || first == "up" { insert(.up) }
    }

    private static func words(_ text: some Collection<UInt8>) -> [String] {
        text.prefix(256).split { !$0.isLetter }.map { String(decoding: $0.map(\.lowercased), as: UTF8.self) }
    }
}

extension Collection<UInt8> where Self: BidirectionalCollection {
    /// The longest end of which every byte satisfies `condition`.
    func suffix(while condition: (UInt8) -> Bool) -> SubSequence {
        var start = endIndex
        while start > startIndex {
            let before = index(before: start)
            guard condition(self[before]) else { break }
            start = before
        }
        return self[start...]
    }
}
