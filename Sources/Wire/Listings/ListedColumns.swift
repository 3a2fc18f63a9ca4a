package import Domain

/// What a listing says beside a name: when it was modified and how large it is.
package struct ListedColumns: Hashable, Sendable {
    /// Nil where there is none, or it can be read in two ways.
    package var time: ListedTime?
    package var size: ListedSize?
    /// Whether a date stands there, readable or not.
    package var isDated: Bool
    /// The words that time and size were read from, as they stand: two looks at the same server are compared by these.
    package var shown: String

    static let none = ListedColumns([])

    /// Finds a date in any of the known forms, and a size behind it or, failing that, elsewhere. A date without a year is
    /// the last one before `latest`; where that is nil, it is not believed.
    package init(_ text: some Collection<UInt8>, latest: Timestamp? = nil) {
        if let plain = PlainColumns(text) {
            self.init(time: plain.time, size: plain.size, isDated: true, shown: plain.shown)
        } else {
            self.init(searching: text, latest: latest)
        }
    }

    private init(time: ListedTime?, size: ListedSize?, isDated: Bool, shown: String) {
        self.time = time
        self.size = size
        self.isDated = isDated
        self.shown = shown
    }

    /// The same, for rows of any form.
    init(searching text: some Collection<UInt8>, latest: Timestamp? = nil) {
        let words = Words(text)
        var read: [ArraySlice<UInt8>] = []
        var rest = 0..<words.all.count
        isDated = false
        if let found = words.all.indices.lazy.compactMap({ words.date(at: $0, latest) }).first {
            isDated = true
            time = found.date.time
            rest = found.index..<found.index + found.date.count
            read += words.all[rest]
        } else {
            rest = 0..<0
        }
        if let found = words.size(outside: rest) {
            size = found.size
            read += words.all[found.words]
        }
        shown = read.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
}

extension ListedColumns {
    /// Whether two rows' words differ in nothing but that the earlier has a time of day where the later has a year.
    package static func isAged(_ shown: String, from earlier: String) -> Bool {
        let (new, old) = (shown.split(separator: " "), earlier.split(separator: " "))
        guard new.count == old.count, let place = new.indices.first(where: { new[$0] != old[$0] }), place > 0 else {
            return false
        }
        let isYear = new[place].utf8.count == 4 && UInt16(new[place]) != nil
        return isYear && old[place].contains(":") && new[(place + 1)...] == old[(place + 1)...]
            && new[..<place].contains { $0.utf8.first?.isLetter == true }
    }
}

/// A row's words, and where its cells begin.
private struct Words {
    var all: [ArraySlice<UInt8>] = []
    /// Whether each word is all that its cell holds.
    var isAlone: [Bool] = []

    init(_ text: some Collection<UInt8>) {
        for cell in Self.plain(text).split(separator: UInt8(ascii: "\t")) {
            let words = cell.split(whereSeparator: \.isSpace).prefix(64)
            all += words
            isAlone += words.map { _ in words.count == 1 }
        }
    }

    /// No-break spaces made spaces, and the digits of Arabic and Persian those of ASCII.
    private static func plain(_ text: some Collection<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        for byte in text.prefix(1_024) {
            switch (plain.last, byte) {
            case (0xc2, 0xa0): plain[plain.count - 1] = UInt8(ascii: " ")
            case (0xdb, 0xb0...0xb9): plain[plain.count - 1] = byte - 0xb0 + UInt8(ascii: "0")
            case (0xd9, 0xa0...0xa9): plain[plain.count - 1] = byte - 0xa0 + UInt8(ascii: "0")
            case (_, 0xa0) where plain.last.map { $0 < 0x80 } ?? true: plain.append(UInt8(ascii: " "))
            default: plain.append(byte)
            }
        }
        return plain
    }

    func date(at index: Int, _ latest: Timestamp?) -> (index: Int, date: ListedDate)? {
        ListedDate(all, at: index, latest: latest).map { (index, $0) }
    }

    /// Right behind the date; else with a unit, anywhere; else a number that stands alone in its cell, or before the date.
    func size(outside date: Range<Int>) -> (size: ListedSize, words: Range<Int>)? {
        let behind = date.isEmpty ? 0 : date.upperBound
        if let found = size(at: behind) { return (found.size, found.words) }
        let others = all.indices.filter { !date.contains($0) }
        for index in others {
            if let found = size(at: index), found.hasUnit { return (found.size, found.words) }
        }
        for index in others {
            let isLast = index + 1 == date.lowerBound && index > 0
            if isAlone[index] || isLast, let found = size(at: index) { return (found.size, found.words) }
        }
        return nil
    }

    private func size(at index: Int) -> (size: ListedSize, words: Range<Int>, hasUnit: Bool)? {
        guard index < all.count else { return nil }
        var word = Array(all[index])
        var end = index + 1
        // A script that aligns points: `4 .9M`.
        if end < all.count, all[end].first == UInt8(ascii: "."), word.allSatisfy(\.isDigit) {
            word += all[end]
            end += 1
        }
        let unit = end < all.count ? Array(all[end]) : nil
        var place = ListedSize.Unit.none
        guard let size = ListedSize(word, unit: unit, found: &place) else { return nil }
        return (size, index..<(place == .apart ? end + 1 : end), place != .none)
    }
}
