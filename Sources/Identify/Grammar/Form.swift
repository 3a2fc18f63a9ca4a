/// What a mark in a name speaks of: a field of ``WorkName``.
package enum WorkField: Hashable, CaseIterable, Sendable {
    case season
    case episode
    case scene
    case cut
    case take
    case step
    case layer
    case frame
    case version
}

/// One way in which a tradition writes something, such as `第`, a number, `话`.
///
/// A form matches at one place of a part, over pieces in a row. At its edges, Latin letters and digits of the form
/// never touch others: `sc` is not found in `disc12`, nor `T2` in `T21`.
package struct Form: Sendable {
    package enum Piece: Sendable {
        /// One of these, in lower case; the longest that fits is taken.
        case words([String])
        /// A number of one to so many digits; `counts` also takes 一二三, `letter` takes a letter after it, as in `12A`.
        case number(WorkField, min: Int, max: Int, counts: Bool, letter: Bool)
        /// Nothing, or up to two of space, `_`, `-` and `.`.
        case gap
    }

    package let pieces: [Piece]
    /// The English name of the step that the form stands for, where it names one.
    package let step: String?
    /// Whether the form counts only as the whole of a folder's name.
    package let isWholeFolder: Bool
    /// The words of each piece, ready to be compared; empty for pieces that are none.
    private let words: [[[UnicodeScalar]]]

    package init(_ pieces: [Piece], step: String? = nil, wholeFolder: Bool = false) {
        self.pieces = pieces
        words = pieces.map { piece in
            guard case .words(let words) = piece else { return [] }
            return words.map { Array($0.unicodeScalars) }.sorted { $0.count > $1.count }
        }
        self.step = step
        isWholeFolder = wholeFolder
    }

    /// A step's names. `numbered` also takes a number behind: the second correction is version 2.
    static func step(_ name: String, _ words: [String], numbered: WorkField? = nil) -> [Form] {
        let plain = Form([.words(words)], step: name)
        guard let numbered else { return [plain] }
        return [plain, Form([.words(words), .gap, .digits(numbered, 1, 2)], step: name)]
    }
}

extension Form.Piece {
    static func digits(_ field: WorkField, _ min: Int, _ max: Int) -> Form.Piece {
        .number(field, min: min, max: max, counts: false, letter: false)
    }

    /// Digits with an optional letter: cuts and scenes that were split.
    static func lettered(_ field: WorkField, _ min: Int, _ max: Int) -> Form.Piece {
        .number(field, min: min, max: max, counts: false, letter: true)
    }

    /// Digits, or a number in Chinese characters.
    static func counted(_ field: WorkField, _ max: Int) -> Form.Piece {
        .number(field, min: 1, max: max, counts: true, letter: false)
    }
}

/// Something a part says, and where.
package struct Mark: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case number(Int)
        case text(String)
    }

    package var field: WorkField
    package var value: Value
    package var range: Range<Int>
}

extension Form {
    /// The marks of this form at `start`, with the range it takes; nil where it does not match.
    func match(_ part: NamePart, at start: Int) -> (range: Range<Int>, marks: [Mark])? {
        var cursor = start
        var marks: [Mark] = []
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .words:
                guard let length = Self.length(of: words[index], in: part, at: cursor) else { return nil }
                cursor += length
            case .gap:
                let limit = cursor + 2
                while cursor < limit, " _-.".unicodeScalars.contains(part.scalar(cursor)), cursor < part.scalars.count {
                    cursor += 1
                }
            case .number(let field, let min, let max, let counts, let letter):
                guard let (value, end) = Self.number(part, cursor, min...max, counts: counts, letter: letter) else {
                    return nil
                }
                marks.append(Mark(field: field, value: value, range: cursor..<end))
                cursor = end
            }
        }
        let range = start..<cursor
        guard !range.isEmpty, hasClearEdges(part, range) else { return nil }
        if isWholeFolder, part.isFile || range != part.scalars.indices { return nil }
        if let step { marks.append(Mark(field: .step, value: .text(step), range: range)) }
        return (range, marks.map { Mark(field: $0.field, value: $0.value, range: range) })
    }

    private func hasClearEdges(_ part: NamePart, _ range: Range<Int>) -> Bool {
        let (before, first) = (part.scalar(range.lowerBound - 1), part.scalar(range.lowerBound))
        let (last, after) = (part.scalar(range.upperBound - 1), part.scalar(range.upperBound))
        if first.isLatinLetter, before.isLatinWord { return false }
        if first.isDigit, before.isDigit { return false }
        if last.isDigit, after.isLatinWord { return false }
        return !(last.isLatinLetter && after.isLatinWord)
    }

    private static func length(of words: [[UnicodeScalar]], in part: NamePart, at start: Int) -> Int? {
        guard start < part.scalars.count else { return nil }
        let first = part.scalars[start]
        for word in words where word.first == first {
            let end = start + word.count
            if end <= part.scalars.count, part.scalars[start..<end].elementsEqual(word) { return word.count }
        }
        return nil
    }

    private static func number(
        _ part: NamePart,
        _ start: Int,
        _ digits: ClosedRange<Int>,
        counts: Bool,
        letter: Bool
    ) -> (Mark.Value, end: Int)? {
        var end = start
        // One more than allowed tells that there are too many.
        while end - start <= digits.upperBound, part.scalar(end).isDigit { end += 1 }
        if end == start, counts { return CountingNumber.read(part, at: start) }
        guard digits.contains(end - start), let value = Int(part.text(start..<end)) else { return nil }
        guard letter else { return (.number(value), end) }
        let suffix = part.scalar(end)
        guard suffix.isLatinLetter, !part.scalar(end + 1).isLatinWord else { return (.text("\(value)"), end) }
        return (.text("\(value)\(part.text(end..<end + 1).uppercased())"), end + 1)
    }
}
