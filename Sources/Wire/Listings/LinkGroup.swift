/// Links that stand in the same place of a page's frame: one of a page's groups is its listing.
struct LinkGroup {
    let place: UInt16
    /// What may be files and folders, each reference once.
    var links: [LinkReading] = []
    var kinds: [ListedEntries.Kind] = []
    /// Links that sort columns or lead up.
    var marks = 0
    var sortingMarks = 0

    var named: Int { links.count(where: \.isNamed) }
    var stems: Int { links.count(where: \.isStem) }
    var evident: Int { links.count(where: \.hasEvidence) }
    private var inBars: Int { links.count { $0.signs.contains(.navigation) } }

    /// At least three of five.
    private func isMost(_ count: Int) -> Bool { count * 5 >= links.count * 3 }

    private var isGood: Bool { !links.isEmpty && isMost(named) && isMost(evident) && inBars * 2 < links.count }

    /// How much the group looks like a listing beside the page's others.
    private var score: Double {
        let count = Double(links.count)
        if links.isEmpty { return marks > 0 ? 8 : 0 }
        var score = Double(named) + Double(stems) / 2 + Double(evident) * 1.5 - Double(inBars) * 2
        if marks > 0 {
            score += marks == 1 ? 5 : 25
            if Double(named + evident) >= count * 0.6 { score += count * 2 }
            if marks > 1, !isGood, Double(named + evident + stems) < count * 0.6 { score -= 25 }
        }
        return isGood ? score + 20 : score
    }

    /// The page's groups in the page's order, and the one that looks most like a listing.
    static func groups(of outline: ListingOutline) -> (all: [LinkGroup], best: LinkGroup?) {
        var groups: [UInt16: LinkGroup] = [:]
        var seen: [UInt16: [[UInt8]: Int]] = [:]
        var start = 0
        while start < outline.links.count {
            let row = outline.links[start].row
            var end = start
            while end < outline.links.count, outline.links[end].row == row { end += 1 }
            for (reading, kind) in entries(of: outline, start..<end, &groups) {
                let place = reading.place
                let reference = Array(reading.reference)
                if let known = seen[place]?[reference] {
                    groups[place]?.take(reading, kind, insteadOf: known)
                    continue
                }
                seen[place, default: [:]][reference] = groups[place]?.links.count ?? 0
                groups[place, default: LinkGroup(place: place)].links.append(reading)
                groups[place]?.kinds.append(kind)
            }
            start = end
        }
        let all = groups.values.sorted { $0.place < $1.place }.map(\.withoutStrangers)
        return (all, all.max { $0.score < $1.score })
    }

    /// What a row holds; where one of its links shows its name, the others are only ways to look at the same thing.
    private static func entries(
        of outline: ListingOutline,
        _ range: Range<Int>,
        _ groups: inout [UInt16: LinkGroup]
    ) -> [(LinkReading, ListedEntries.Kind)] {
        var found: [LinkReading] = []
        var isUpward = false
        for index in range {
            let reading = LinkReading(index, of: outline)
            if reading.role == .upward || reading.role == .sorting, !reading.signs.contains(.navigation) {
                let place = reading.place
                groups[place, default: LinkGroup(place: place)].marks += 1
                if reading.role == .sorting { groups[place]?.noteSorting() }
            }
            isUpward = isUpward || reading.role == .upward
            guard reading.role == .entry else { continue }
            if let known = found.firstIndex(where: { $0.reference == reading.reference }) {
                found[known].texts += reading.texts
                found[known].isNamed = found[known].isNamed || reading.isNamed
            } else {
                found.append(reading)
            }
        }
        guard !isUpward else { return [] }
        if found.contains(where: \.isNamed) { found.removeAll { !$0.isNamed } }
        return found.map { reading in
            var reading = reading
            reading.readColumns(of: outline)
            let signs = outline.rows[Int(reading.row)].signs
            return (reading, reading.kind(rowSigns: signs, isAlone: found.count == 1))
        }
    }

    /// Pictures may stand in one row, and the names that they belong to in the next.
    private mutating func take(_ reading: LinkReading, _ kind: ListedEntries.Kind, insteadOf index: Int) {
        guard links.indices.contains(index), links[index].reference == reading.reference, reading.isNamed,
            !links[index].isNamed
        else { return }
        links[index] = reading
        kinds[index] = kind
    }

    /// A crumb trail above the columns' heads is no row.
    private mutating func noteSorting() {
        if sortingMarks == 0 {
            let isKept = links.map { !$0.isCrumb }
            kinds = zip(kinds, isKept).filter(\.1).map(\.0)
            links.removeAll(where: \.isCrumb)
        }
        sortingMarks += 1
    }

    /// Where nearly all links show their names, the few that show neither name nor column are none of the listing's.
    private var withoutStrangers: LinkGroup {
        guard !links.isEmpty, isMost(named) else { return self }
        var group = self
        let isKept = links.map { $0.isNamed || $0.hasEvidence }
        group.links = zip(links, isKept).filter(\.1).map(\.0)
        group.kinds = zip(kinds, isKept).filter(\.1).map(\.0)
        return group
    }

    /// Whether the page is a listing beyond doubt, with this group as its rows.
    func isSure(in outline: ListingOutline, among all: [LinkGroup]) -> Bool {
        let says = outline.saysListing
        if links.isEmpty { return (says && marks > 0) || sortingMarks >= 4 }
        let others = all.filter { $0.place != place }.flatMap(\.links).count { !$0.signs.contains(.navigation) }
        let shows = isMost(named) || (stems > 0 && isMost(named + stems))
        if says || sortingMarks >= 2 { return shows || isMost(evident) }
        guard shows else { return false }
        if isMost(evident) { return links.count >= 2 || (others == 0 && links[0].columns.size != nil) }
        // Bare names: hardly anything else may stand on the page, and they must be names of files and folders.
        let isAlone = links.count * 10 >= (links.count + others) * 7
        return isAlone && links.count >= 3 && named * 10 >= links.count * 9 && looksLikeFiles
    }

    private var looksLikeFiles: Bool {
        let files = zip(links, kinds).count { link, kind in
            kind == .folder || link.names.contains { $0.contains(UInt8(ascii: ".")) }
        }
        return files * 10 >= links.count * 8
    }

    func entries(of outline: ListingOutline) -> ListedEntries {
        var entries = ListedEntries(text: outline.packed)
        for (link, kind) in zip(links, kinds) {
            let columns = entries.text.append(Array(link.beside.joined(separator: [UInt8(ascii: "\t")])))
            let reference = outline.links[link.index].reference
            var name = PackedText.Run.none
            if link.reference.contains(UInt8(ascii: "?")) || LinkNames.isIndex(link.reference.lastSegment) {
                name = entries.text.append(link.shownName)
            }
            entries.packed.append(.init(reference: reference, columns: columns, name: name, kind: kind))
        }
        return entries
    }
}

extension LinkReading {
    /// Whether all that stands beside it ends in a mark that parts crumbs.
    fileprivate var isCrumb: Bool {
        !beside.isEmpty && !hasEvidence
            && beside.allSatisfy { $0.trimmed.last.map { $0 == 0xbb || "/>\\:|".utf8.contains($0) } ?? true }
    }

    /// For links whose path does not say: the name that the text shows, or the text.
    fileprivate var shownName: [UInt8] {
        let shown = names.first { name in texts.contains { ShownName($0).isOne(of: [name]) } }
        return shown ?? texts.first.map { Array($0.drop(while: \.isSpace)) } ?? names.first ?? []
    }
}

extension ListingOutline {
    /// Whether title, heading or columns call the page a listing, in one of the ways that scripts have.
    var saysListing: Bool {
        [title, heading, columns].contains { text in
            let words = String(decoding: text.prefix(256).map(\.lowercased), as: UTF8.self)
            return [
                "index of", "directory list", "directory content", "listing of", "listing for", "files in",
                "file browser",
                "file listing", "file repository", "file explorer", "file manager", "dirlist", "explorer", "folder",
            ].contains { words.contains($0) } || words.hasPrefix("listing")
        }
    }
}
