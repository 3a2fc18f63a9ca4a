import Domain

extension LinkReading {
    /// Reads what stands beside the link: columns that do not repeat its name.
    mutating func readColumns(of outline: ListingOutline) {
        let own = texts.filter {
            !ShownName($0).isOne(of: names) && !(isNamed && texts.count == 1 && !Self.hasColumns($0))
        }
        beside = Self.cells(outline.surroundings(of: outline.links[index])) + own
        columns = ListedColumns(Array(beside.joined(separator: [UInt8(ascii: "\t")])))
        isStem =
            !isNamed && (beside + texts).contains { ShownName($0).isStem(of: names) || ShownName($0).isOne(of: names) }
        isMarkedFolder = beside.contains(where: Self.isFolderMark)
    }

    /// A link's only text may hold name, size and time alike.
    private static func hasColumns(_ text: ArraySlice<UInt8>) -> Bool {
        ListedColumns(text.suffix(64)).isDated
    }

    /// `<dir>`, `[DIR]`, `Directory`, or a mode that begins with `d`, alone in a cell or, in brackets, among others.
    private static func isFolderMark(_ cell: ArraySlice<UInt8>) -> Bool {
        let words = cell.split(whereSeparator: \.isSpace)
        let whole = String(decoding: cell.prefix(32), as: UTF8.self).lowercased()
        let plain: Set<String> = [
            "dir", "[dir]", "<dir>", "directory", "[directory]", "<directory>", "folder", "<folder>", "[folder]",
            "file folder", "папка", "папка /folder/",
        ]
        if plain.contains(whole.split(separator: " ").joined(separator: " ")) { return true }
        return words.prefix(32).contains { word in
            let text = String(decoding: word.prefix(16), as: UTF8.self).lowercased()
            if ["<dir>", "[dir]", "<directory>", "[directory]", "<folder>", "[folder]"].contains(text) { return true }
            return (4...11).contains(word.count) && text.first == "d"
                && text.dropFirst().allSatisfy { "rwxst-+.".contains($0) }
        }
    }

    var hasEvidence: Bool { columns.isDated || columns.size != nil || isMarkedFolder }

    private static let folderKeys: Set<String> = [
        "dir", "directory", "folder", "path", "d", "cwd", "p", "f", "dirpath",
    ]

    /// Whether the link leads to a folder: by its spelling first, then by marks, and last by what is missing.
    func kind(rowSigns: LinkSigns, isAlone: Bool) -> ListedEntries.Kind {
        let path = reference.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let query = LinkNames.keys(reference)
        let hasQuery = reference.contains(UInt8(ascii: "?"))
        if !hasQuery, path.last == UInt8(ascii: "/") { return .folder }
        if !hasQuery, leadsToIndex(path) { return .folder }
        if !query.isDisjoint(with: ["file", "download", "view", "dl"]) { return .file }
        if hasQuery, [UInt8](percentEncoded: reference).last == UInt8(ascii: "/") { return .folder }
        if texts.contains(where: { $0.trimmedEnd.last == UInt8(ascii: "/") && ShownName($0).isOne(of: names) }) {
            return .folder
        }
        if isMarkedFolder { return .folder }
        let marks = signs.union(rowSigns)
        if hasQuery, rowSigns.contains(.file), !marks.contains(.folder) { return .file }
        if !query.isDisjoint(with: Self.folderKeys) { return .folder }
        let hasEnding = Self.hasEnding(path)
        if !hasQuery, hasEnding, (isAlone ? marks : signs).contains(.file), !signs.contains(.folder) { return .file }
        if marks.contains(.folder) {
            if columns.size == nil { return .folder }
            if !marks.contains(.file), !hasEnding { return .folder }
        }
        let hasDash = beside.contains {
            ["-", "–", "—", "--"].contains(String(decoding: $0, as: UTF8.self).filter { $0 != " " })
        }
        return hasDash && columns.size == nil && !hasEnding ? .folder : .file
    }

    /// `bin/index.html`, shown as `bin`.
    private func leadsToIndex(_ path: ArraySlice<UInt8>) -> Bool {
        let segments = path.split(separator: UInt8(ascii: "/"))
        guard segments.count > 1, let last = segments.last, LinkNames.isIndex(last) else { return false }
        return !texts.contains { String(decoding: $0, as: UTF8.self).lowercased().contains("index.") }
    }

    private static func hasEnding(_ path: ArraySlice<UInt8>) -> Bool {
        guard let point = path.lastIndex(of: UInt8(ascii: ".")) else { return false }
        let ending = path[(point + 1)...]
        return (1...5).contains(ending.count) && ending.allSatisfy { $0.isLetter || $0.isDigit }
    }
}

extension ArraySlice<UInt8> {
    fileprivate var trimmedEnd: ArraySlice<UInt8> {
        var text = self
        while text.last?.isSpace == true { text = text.dropLast() }
        return text
    }
}
