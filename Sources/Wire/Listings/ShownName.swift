/// The text of a link, to be compared with the name that the link leads to.
///
/// Blanks do not count: pages wrap, indent and shorten what they show.
struct ShownName {
    private let text: [UInt8]

    /// Shorter beginnings of a name are not taken for the name.
    private static let shortestBeginning = 6
    /// A text of this length that is a name's beginning is the name cut short, also without a mark of omission.
    private static let longBeginning = 20

    init(_ text: some Collection<UInt8>) {
        var bare = Self.bare(text)
        if bare.starts(with: "./".utf8) { bare.removeFirst(2) }
        if bare.count > 1, bare.last == UInt8(ascii: "/") { bare.removeLast() }
        self.text = bare
    }

    var isEmpty: Bool { text.isEmpty }

    /// Whether it is one of `names`, whole or cut short.
    func isOne(of names: [[UInt8]]) -> Bool {
        guard !text.isEmpty else { return false }
        return names.contains { isName(Self.bare($0)) }
    }

    /// Whether it is one of `names`, but for an ending that the page does not show.
    func isStem(of names: [[UInt8]]) -> Bool {
        text.count > 2
            && names.contains { name in
                let bare = Self.bare(name)
                guard let point = bare.lastIndex(of: UInt8(ascii: ".")), bare.count - point <= 6 else { return false }
                return bare[..<point].elementsEqual(text)
            }
    }

    /// Whether one of `names` stands at its beginning, with words of an icon's font before it or other columns behind.
    func begins(withOneOf names: [[UInt8]]) -> Bool {
        var text = text[...]
        for icon in ["folder_open", "insert_drive_file", "folder", "description"] where text.starts(with: icon.utf8) {
            text = text.dropFirst(icon.utf8.count)
            break
        }
        return names.contains { name in
            let bare = Self.bare(name)
            return bare.count > 2 && (text.starts(with: bare) || self.text.starts(with: bare))
        }
    }

    private func isName(_ name: [UInt8]) -> Bool {
        if text == name { return true }
        if text.count >= Self.longBeginning, name.starts(with: text) { return true }
        for mark in ["..>", "...", "…", ".."] {
            guard let place = text.lastIndex(of: Array(mark.utf8)), place >= Self.shortestBeginning else { continue }
            // An ending may stand behind the mark.
            let ending = text[(place + mark.utf8.count)...]
            guard ending.count <= 6, ending.isEmpty || ending.first == UInt8(ascii: ".") else { continue }
            if name.starts(with: text[..<place]) { return true }
        }
        return false
    }

    static func bare(_ text: some Collection<UInt8>) -> [UInt8] {
        var bare = text.filter { !$0.isSpace }
        // Some pages show a blank at the start of a name as U+2420.
        while let place = bare.lastIndex(of: [0xe2, 0x90, 0xa0]) { bare.removeSubrange(place..<place + 3) }
        while let place = bare.lastIndex(of: [0xc2, 0xa0]) { bare.removeSubrange(place..<place + 2) }
        return bare
    }
}

extension [UInt8] {
    fileprivate func lastIndex(of part: [UInt8]) -> Int? {
        guard let first = part.first, count >= part.count else { return nil }
        return (0...count - part.count).last { self[$0] == first && self[$0..<$0 + part.count].elementsEqual(part) }
    }
}
