package import Domain

/// Reads a whole path: folders carry series and episode, the file carries the cut. `docs/names.md` is its manual.
///
/// Pure: the same text gives the same answer. Nothing is read from a name in which no episode, scene or cut stands,
/// so that `horse_2019_1080p.mp4` stays what it is.
package struct NameGrammar: Sendable {
    package let traditions: [any Tradition]
    private let forms: FormIndex

    package init(traditions: [any Tradition] = Identify.traditions) {
        self.traditions = traditions
        forms = FormIndex(traditions)
    }

    /// What the path says of the work in the file; an empty name where the grammar does not match.
    package func read(_ path: String) -> WorkName {
        var parts = NamePart.parts(of: path).map { PartMarks($0, forms: forms) }
        let cels = CelNames.read(&parts)
        guard speaksOfWork(parts) else { return WorkName() }
        var name = WorkName()
        for part in parts.reversed() { name.fill(from: part) }
        name.series =
            parts.reversed().lazy.filter { $0.has(.season, .episode, .scene, .cut) }.compactMap(\.leadingText).first
        name.tradition = habit(parts, cels: cels)
        return name
    }

    private func speaksOfWork(_ parts: [PartMarks]) -> Bool {
        parts.contains { $0.has(.episode, .scene, .cut) }
            || parts.contains { $0.has(.step) && $0.has(.version, .take) }
    }

    private func habit(_ parts: [PartMarks], cels: Int) -> String? {
        var totals = traditions.map { _ in 0 }
        for part in parts {
            for (index, count) in part.tally.enumerated() { totals[index] += count }
        }
        for (index, tradition) in traditions.enumerated() where tradition.name == "japanese" { totals[index] += cels }
        guard let most = totals.max(), most > 0 else { return traditions.last?.name }
        return totals.firstIndex(of: most).map { traditions[$0].name }
    }
}

extension WorkName {
    /// Takes from a part what deeper parts have left open.
    fileprivate mutating func fill(from part: PartMarks) {
        let steps = part.marks.filter { $0.field == .step }
        if step == nil, !steps.isEmpty {
            var names: [String] = []
            for case .text(let text) in steps.map(\.value) where !names.contains(text) { names.append(text) }
            step = names.joined(separator: ", ")
        }
        let open = self
        for mark in part.marks {
            switch (mark.field, mark.value) {
            case (.season, .number(let number)): season = open.season ?? number
            case (.episode, .number(let number)): episode = open.episode ?? number
            case (.scene, let value): scene = open.scene ?? value.text
            case (.cut, let value): cut = open.cut ?? value.text
            case (.take, .number(let number)): take = open.take ?? number
            case (.layer, let value): layer = open.layer ?? value.text
            case (.frame, .number(let number)): frame = open.frame ?? number
            case (.version, .number(let number)): version = open.version ?? number
            default: break
            }
        }
    }
}

extension Mark.Value {
    fileprivate var text: String {
        switch self {
        case .number(let number): "\(number)"
        case .text(let text): text
        }
    }
}
