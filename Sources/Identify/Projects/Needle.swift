import Domain

/// A title, code or company, prepared to be looked for.
struct Needle: Hashable, Sendable {
    enum Kind: String, Sendable {
        case title
        case code
        case company
    }

    let project: String
    let kind: Kind
    /// As the projects file has it.
    let written: String
    private let words: [String]
    /// The whole without spaces, where it is in a script that uses none.
    private let unspaced: String?

    init(_ project: String, _ kind: Kind, _ written: String) {
        self.init(project, kind, written, Words(written).list)
    }

    private init(_ project: String, _ kind: Kind, _ written: String, _ words: [Words.Word]) {
        self.project = project
        self.kind = kind
        self.written = written
        self.words = words.map(\.text)
        unspaced = !words.isEmpty && words.allSatisfy(\.isUnspaced) ? words.map(\.text).joined() : nil
    }

    /// A company's name, and the same without its legal form where two words remain.
    static func companies(_ project: String, _ written: String) -> [Needle] {
        let words = Words(written).list
        var short = words
        while let last = short.last, legalForms.contains(last.text) { short.removeLast() }
        let whole = Needle(project, .company, written, words)
        guard short.count < words.count, short.count >= 2 else { return [whole] }
        return [whole, Needle(project, .company, written, short)]
    }

    private static let legalForms: Set<String> = [
        "llc", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "co", "company", "gmbh", "srl", "sl",
        "sa",
        "plc", "pty", "bv", "kk", "lp", "llp", "pte",
    ]

    /// Whether another needle says this one and more.
    func holds(_ other: Needle) -> Bool {
        guard words.count > other.words.count || (unspaced?.count ?? 0) > (other.unspaced?.count ?? 0) else {
            return false
        }
        if let unspaced, let inner = other.unspaced {
            return Array(unspaced.unicodeScalars).holds(Array(inner.unicodeScalars))
        }
        return Self.position(of: other.words, in: words) != nil
    }

    /// Too short to mean anything in the middle of a name.
    private var isShort: Bool {
        kind == .code || unspaced?.unicodeScalars.count == 1
            || (words.count == 1 && (words.first?.count ?? 0) <= 4 && unspaced == nil)
    }

    /// `written` has the words of the part in the case they were written in.
    func isFound(inPart part: [Words.Word], written texts: [String]) -> Bool {
        guard !words.isEmpty else { return false }
        if isShort {
            return part.starts(with: words) { $0.text == $1 } || isCounted(in: part)
                || isSpelt && texts.contains(written)
        }
        return contains(part, part.map(\.text))
    }

    /// A code in capitals, or in a script without them: as a whole word in its own spelling it is no other word.
    private var isSpelt: Bool {
        let letters = written.unicodeScalars
        if unspaced != nil { return letters.count >= 2 }
        return words.count == 1 && letters.count >= 3 && letters.allSatisfy { (0x41...0x5a).contains($0.value) }
    }

    /// Whether the words stand directly before a counted word: `my_HBR_C012` speaks of HBR, `my_hbr` does not.
    private func isCounted(in list: [Words.Word]) -> Bool {
        guard words.count < list.count else { return false }
        return (0..<list.count - words.count).contains { start in
            list[start..<start + words.count].elementsEqual(words) { $0.text == $1 }
                && list[start + words.count].isCounted
        }
    }

    /// A slate or a heading: a code counts where episode or cut follow.
    func isFound(inLabel label: [Words.Word]) -> Bool { isShort && !words.isEmpty && isCounted(in: label) }

    /// Codes and very short titles are not looked for in running text.
    func isFound(inText text: [Words.Word]) -> Bool {
        guard !words.isEmpty, !isShort else { return false }
        return contains(text, text.map(\.text))
    }

    private func contains(_ list: [Words.Word], _ texts: [String]) -> Bool {
        if let unspaced {
            let piece = Array(unspaced.unicodeScalars)
            return Self.runs(list).contains { Array($0.unicodeScalars).holds(piece) }
        }
        if Self.position(of: words, in: texts) != nil { return true }
        // ChildOfWonder: written as one word.
        let joined = words.joined()
        return words.count > 1 && joined.count >= 8 && texts.contains(joined)
    }

    /// Neighbouring words of unspaced script as one: recognised text has spaces where paper has none.
    private static func runs(_ list: [Words.Word]) -> [String] {
        var runs: [String] = []
        var wasUnspaced = false
        for word in list {
            if word.isUnspaced, wasUnspaced { runs[runs.count - 1] += word.text } else { runs.append(word.text) }
            wasUnspaced = word.isUnspaced
        }
        return runs
    }

    private static func position(of words: [String], in texts: [String]) -> Int? {
        guard let first = words.first, words.count <= texts.count else { return nil }
        return (0...texts.count - words.count).first { start in
            texts[start] == first && texts[start..<start + words.count].elementsEqual(words)
        }
    }
}
