import Domain

/// The signs by which formats tell a listing.
extension ListingOutline {
    /// Whether the page says in its title and again in its heading that it is the index of a folder.
    var saysIndexOf: Bool {
        Self.begins(title, with: "index of ") && Self.begins(heading, with: "index of ")
    }

    /// Whether the columns can be sorted the way mod_autoindex has it: `?C=N;O=D`, or `?N=D` before Apache 2.
    var hasSortingLinks: Bool {
        let queries = links.prefix(16).map(\.reference).filter { $0.first == UInt8(ascii: "?") }
        let marks = Set(queries.compactMap { Self.sortingMark($0.dropFirst()) })
        return marks.isSuperset(of: ["N", "M"]) || marks.isSuperset(of: ["N", "S"])
    }

    func links(in container: Container) -> some Sequence<Link> {
        links.lazy.filter { $0.container == container }
    }

    /// Whether at least nine of ten links in `container` that lead below the page have a time beside them.
    func haveTimes(in container: Container) -> Bool {
        var (rows, timed) = (0, 0)
        for link in links(in: container) where !link.isUpward && link.reference.first != UInt8(ascii: "?") {
            rows += 1
            if ListedColumns(link.after).time != nil { timed += 1 }
        }
        return timed * 10 >= rows * 9
    }

    /// Whether at least nine of ten links in `container` show the name that they lead to, cut short or not.
    func haveNames(in container: Container) -> Bool {
        var (rows, named) = (0, 0)
        for link in links(in: container) where !link.isUpward && link.reference.first != UInt8(ascii: "?") {
            rows += 1
            if link.showsItsName { named += 1 }
        }
        return named * 10 >= rows * 9
    }

    static func begins(_ text: [UInt8], with start: StaticString) -> Bool {
        let trimmed = text.drop(while: \.isSpace).prefix(start.utf8CodeUnitCount).map(\.lowercased)
        return String(decoding: trimmed, as: UTF8.self) == "\(start)"
    }

    private static func sortingMark(_ query: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: query.prefix(8), as: UTF8.self)
        if text.hasPrefix("C="), let mark = text.dropFirst(2).first { return String(mark) }
        return text.count >= 3 && text.dropFirst().first == "=" ? String(text.prefix(1)) : nil
    }
}

extension ListingOutline.Link {
    /// Whether it says that it leads to the folder above.
    var isUpward: Bool {
        let shown = String(decoding: text, as: UTF8.self).lowercased()
        return reference.starts(with: "../".utf8) || reference == Array("..".utf8) || shown.contains("parent directory")
            || shown.contains("up one level")
    }

    /// Whether the text is the last part of the reference, or its beginning followed by a mark of omission.
    var showsItsName: Bool {
        let blank = UInt8(ascii: " ")
        let name = PathName(percentEncoded: String(decoding: reference, as: UTF8.self)).lastComponent.bytes
        var shown = Array(text.drop(while: \.isSpace).reversed().drop(while: \.isSpace).reversed())
        if shown.last == UInt8(ascii: "/") { shown.removeLast() }
        let whole = Array(name.drop { $0 == blank }.reversed().drop { $0 == blank }.reversed())
        if shown == whole { return true }
        let marks = ["..>", "...", "..", "…"].first { shown.reversed().starts(with: $0.utf8.reversed()) }
        guard let marks else { return false }
        return shown.count > 8 && whole.starts(with: shown.dropLast(marks.utf8.count))
    }
}
