/// The marks of one part of a path, after the longest match has won at each place.
struct PartMarks: Sendable {
    var part: NamePart
    var marks: [Mark] = []
    /// Where noise stands, and what the marks took.
    var taken: [Range<Int>]
    /// How many marks each tradition would have read as its own, by its place in the list.
    var tally: [Int]

    init(_ part: NamePart, forms: FormIndex) {
        self.part = part
        taken = Noise.ranges(in: part)
        tally = Array(repeating: 0, count: forms.count)
        var found: [(range: Range<Int>, marks: [Mark], tradition: Int)] = []
        for (start, scalar) in part.scalars.enumerated() {
            for entry in forms.entries(at: scalar) {
                guard let (range, marks) = entry.form.match(part, at: start) else { continue }
                found.append((range, marks, entry.tradition))
            }
        }
        // Noise goes first, then the longer, then the earlier match.
        found.sort {
            ($1.range.count, $0.range.lowerBound, $0.tradition) < ($0.range.count, $1.range.lowerBound, $1.tradition)
        }
        var accepted: Set<Range<Int>> = []
        for match in found {
            if accepted.contains(match.range) {
                tally[match.tradition] += 1
            } else if isFree(match.range) {
                accepted.insert(match.range)
                taken.append(match.range)
                marks += match.marks
                tally[match.tradition] += 1
            }
        }
        marks.sort { $0.range.lowerBound < $1.range.lowerBound }
    }

    func isFree(_ range: Range<Int>) -> Bool { !taken.contains { $0.overlaps(range) } }

    func has(_ fields: WorkField...) -> Bool { marks.contains { fields.contains($0.field) } }

    /// Adds what the folders around the part say of it.
    mutating func add(_ field: WorkField, _ value: Mark.Value, _ range: Range<Int>) {
        marks.append(Mark(field: field, value: value, range: range))
        marks.sort { $0.range.lowerBound < $1.range.lowerBound }
        taken.append(range)
    }

    /// What stands before the first mark, such as a code name: at most 64 characters, a letter among them.
    var leadingText: String? {
        guard let first = marks.map(\.range.lowerBound).min() else { return nil }
        var start = 0
        for range in taken.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.lowerBound < first {
            start = max(start, range.upperBound)
        }
        guard start < first else { return nil }
        let text = part.written[start..<first]
        let trimmed = text.drop(while: \.isSeparator)
        let end = trimmed.lastIndex { !$0.isSeparator && $0 != "#" } ?? trimmed.startIndex - 1
        guard end >= trimmed.startIndex, end - trimmed.startIndex < 64,
            trimmed[...end].contains(where: \.properties.isAlphabetic)
        else { return nil }
        return part.text(trimmed.startIndex..<end + 1)
    }
}
