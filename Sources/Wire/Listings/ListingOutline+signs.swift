import Domain

/// The signs by which formats tell a listing.
extension ListingOutline {
    /// Whether the page says in its title and again in its heading that it is the index of a folder.
    var saysIndexOf: Bool {
        Self.begins(title, with: "index of ") && Self.begins(heading, with: "index of ")
    }

    /// Whether the columns in `container` can be sorted the way mod_autoindex has it: `?C=N;O=D`, or `?N=D` before Apache
    /// 2; what copies its ways has another `separator`.
    func hasSortingLinks(in container: Container, separator: Character = ";") -> Bool {
        let queries = links.lazy.filter { self.container(of: $0) == container }.prefix(16).map {
            self.reference(of: $0)
        }
        let marks = Set(queries.compactMap { Self.sortingMark($0, separator) })
        return marks.isSuperset(of: ["N", "M"]) || marks.isSuperset(of: ["N", "S"])
    }

    /// Whether one of the page's first links is a query alone that begins so.
    func hasQuery(_ start: String) -> Bool {
        links.prefix(64).contains { reference(of: $0).starts(with: start.utf8) }
    }

    /// Whether the page's address line or generator begins with or holds the lower-case name.
    func names(_ server: String) -> Bool {
        String(decoding: generator.prefix(512), as: UTF8.self).lowercased().contains(server)
    }

    /// The place of that kind in which the listing stands: the one with a way up or with columns to sort by, or else the
    /// one with most links.
    func listingPlace(in container: Container) -> UInt16? {
        var counts: [UInt16: Int] = [:]
        var known: UInt16?
        for link in links where self.container(of: link) == container && !link.signs.contains(.navigation) {
            counts[link.place, default: 0] += 1
            if known == nil, isUpward(link) || reference(of: link).first == UInt8(ascii: "?") { known = link.place }
        }
        return known ?? counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// The links that are rows of a listing in `container`: not the way up or beside it, and not what sorts the columns.
    func rowLinks(in container: Container) -> [Int] {
        guard let place = listingPlace(in: container) else { return [] }
        let upward = Set(links.lazy.filter { $0.place == place && self.isUpward($0) }.map(\.row))
        return links.indices.filter { index in
            let link = links[index]
            return link.place == place && !link.signs.contains(.heading) && !upward.contains(link.row)
                && reference(of: link).first != UInt8(ascii: "?")
        }
    }

    /// What stands in those rows, each link once a row.
    func entries(in container: Container, _ kind: (Link) -> ListedEntries.Kind = { _ in .bySlash }) -> ListedEntries {
        var entries = ListedEntries(text: packed)
        var row: UInt32?
        var inRow: [ArraySlice<UInt8>] = []
        for index in rowLinks(in: container) {
            let link = links[index]
            if link.row != row {
                row = link.row
                inRow.removeAll(keepingCapacity: true)
            }
            let reference = reference(of: link)
            guard !inRow.contains(reference) else { continue }
            inRow.append(reference)
            entries.packed.append(
                .init(reference: link.reference, columns: columns(at: index), kind: kind(link))
            )
        }
        return entries
    }

    /// The text beside a link: of its whole row where it is alone there, else what follows it up to the next.
    func columns(at index: Int) -> PackedText.Run {
        let link = links[index]
        let row = rows[Int(link.row)].text
        let isOther = { (other: Int) in
            links.indices.contains(other) && links[other].row == link.row
                && reference(of: links[other]) != reference(of: link)
        }
        guard isOther(index - 1) || isOther(index + 1) else { return row }
        let end = isOther(index + 1) ? Int(links[index + 1].textBefore) : Int(row.count)
        return row.part(from: Int(link.textBefore), to: end)
    }

    /// Whether at least nine of ten rows in `container` have a time beside them. Of many rows a few thousand are looked at.
    func haveTimes(in container: Container) -> Bool {
        let rows = Self.sample(rowLinks(in: container))
        return rows.count { ListedColumns(packed[columns(at: $0)]).isDated } * 10 >= rows.count * 9
    }

    /// Whether at least nine of ten rows in `container` show the name that they lead to, cut short or not.
    func haveNames(in container: Container) -> Bool {
        let rows = Self.sample(rowLinks(in: container).filter { !text(of: links[$0]).allSatisfy(\.isSpace) })
        return rows.count { showsItsName(links[$0]) } * 10 >= rows.count * 9
    }

    private static func sample(_ rows: [Int]) -> [Int] {
        let step = max(1, rows.count / 2_048)
        return step == 1 ? rows : stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    }

    static func begins(_ text: [UInt8], with start: StaticString) -> Bool {
        let trimmed = text.drop(while: \.isSpace).prefix(start.utf8CodeUnitCount).map(\.lowercased)
        return String(decoding: trimmed, as: UTF8.self) == "\(start)"
    }

    private static func sortingMark(_ reference: ArraySlice<UInt8>, _ separator: Character) -> Character? {
        let text = String(decoding: reference.prefix(8), as: UTF8.self)
        if text.hasPrefix("?C="), let mark = text.dropFirst(3).first {
            return text.dropFirst(4).first == separator ? mark : nil
        }
        return text.count == 4 && text.hasPrefix("?") && text.dropFirst(2).first == "=" ? text.dropFirst().first : nil
    }

    /// Whether a link is the way to the folder above: by where it leads, or by all that it says.
    func isUpward(_ link: Link) -> Bool {
        let reference = reference(of: link)
        let last = reference.lastSegment
        if last.elementsEqual("..".utf8) || last.elementsEqual(".".utf8), !reference.contains(UInt8(ascii: "?")) {
            return true
        }
        guard link.text.count < 32, reference.last == UInt8(ascii: "/") else { return false }
        let shown = text(of: link).filter { $0.isLetter || $0 == UInt8(ascii: " ") }.map(\.lowercased)
        let words = ["parent directory", "to parent directory", "up one level", "up to higher level directory"]
        return words.contains(String(String(decoding: shown, as: UTF8.self).trimmed))
            && !text(of: link).contains(UInt8(ascii: "/"))
    }

    /// Whether the text is the last part of the reference, or its beginning followed by a mark of omission.
    func showsItsName(_ link: Link) -> Bool {
        ShownName(text(of: link)).isOne(of: [[UInt8](percentEncoded: reference(of: link).lastSegment)])
    }
}

extension String {
    fileprivate var trimmed: Substring {
        var text = self[...].drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}
