import Catalogue
import Domain

struct SourceBlock {
    struct Cell {
        var text: String
        var updates: String
        var state: String
        var label: String
    }

    struct Week {
        var cells: [Cell]
    }

    struct Month {
        var name: String
        var weeks: [Week]
    }

    struct Count {
        var kind: String
        var count: String
    }

    var address: String
    var looks: Int
    var completeLooks: Int
    var present: String
    var removed: String
    var bytes: String
    var counts: [Count]
    var months: [Month]
    var earlierDays: String?
    var lastUpdate: String?
    var silence: String?
    var silenceChance: String?
    var weekdays: String?
    var batch: String?
    var hours: String?
    var hasRewrites: Bool
    var rewrites: [String]
    var hasMoves: Bool
    var moves: [String]
    var moreMoves: String?
    var exhibit: ExhibitReference?

    /// Moves that are named; of more, only the number is told.
    private static let shownMoves = 50

    init(_ section: SourceSection) {
        address = "\(section.source.base)"
        looks = section.looks
        completeLooks = section.completeLooks
        present = section.present.grouped
        removed = section.removed.grouped
        bytes = section.bytes.grouped
        counts = ChangeKind.allCases.compactMap { kind in
            section.changeCounts[kind].map { Count(kind: kind.rawValue, count: $0.grouped) }
        }
        let most = section.calendar.filter { $0.state == .updates }.map(\.updates).max() ?? 1
        months = Dictionary(grouping: section.calendar) { $0.day.parts.year * 12 + $0.day.parts.month }
            .sorted { $0.key < $1.key }.map { Month(days: $0.value, most: most) }
        earlierDays = section.earlierDays > 0 ? section.earlierDays.grouped : nil
        lastUpdate = section.rhythm.lastUpdate?.inWords
        silence = section.rhythm.silenceSince?.inWords
        let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        let days = section.rhythm.weekdays.map { names[$0 - 1] }
        weekdays = days.isEmpty ? nil : days.joined(separator: ", ")
        silenceChance = section.rhythm.silenceSince == nil ? nil : section.rhythm.quietInWords
        batch = section.rhythm.batch?.inWords
        hours = section.hours.inWords
        hasRewrites = !section.silentRewrites.isEmpty
        rewrites = section.silentRewrites.map { change in
            "\(change.change.path.display): bytes changed between "
                + "\(change.change.when.notBefore?.inWords ?? "an unknown time") and "
                + "\(change.change.when.notAfter?.inWords ?? "an unknown time"), while size and time stayed the same"
        }
        hasMoves = !section.moves.isEmpty
        moves = section.moves.prefix(Self.shownMoves).map { move in
            "\(move.movedFrom?.display ?? "") became \(move.change.path.display) by "
                + "\(move.change.when.notAfter?.inWords ?? "an unknown time")"
        }
        moreMoves = section.moves.count > Self.shownMoves ? (section.moves.count - Self.shownMoves).grouped : nil
        exhibit = ExhibitReference(section.lastListing)
    }
}

extension SourceBlock.Month {
    /// `most` is the most updates of any day, which is drawn darkest.
    fileprivate init(days: [SourceSection.CalendarDay], most: Int) {
        let first = days[0].day
        name = "\(first.monthName) \(first.parts.year)"
        let blank = SourceBlock.Cell(text: "", updates: "", state: "blank", label: "")
        var cells = Array(repeating: blank, count: first.weekday - 1)
        cells += days.map { SourceBlock.Cell($0, most: most) }
        cells += Array(repeating: blank, count: (7 - cells.count % 7) % 7)
        weeks = stride(from: 0, to: cells.count, by: 7).map { SourceBlock.Week(cells: Array(cells[$0..<$0 + 7])) }
    }
}

extension SourceBlock.Cell {
    fileprivate init(_ day: SourceSection.CalendarDay, most: Int) {
        text = "\(day.day.parts.day)"
        updates = day.state == .updates ? "\(day.updates)" : ""
        switch day.state {
        case .updates: state = "updates-\(min(4, 1 + day.updates * 4 / max(1, most)))"
        case .quiet: state = day.isSilence ? "silence" : "quiet"
        case .first: state = "first"
        case .incomplete: state = "incomplete"
        case .notObserved: state = "not-observed"
        }
        let removals = day.removals > 0 ? ", \(day.removals) removed" : ""
        label =
            "\(day.day.inWords): \(day.state == .updates ? "\(day.updates) updates" : day.state.rawValue)\(removals)"
    }
}

extension TimeBounds {
    /// Both ends, as far as they are known.
    var inWords: String {
        switch (notBefore, notAfter) {
        case (let from?, let to?): from == to ? from.inWords : "after \(from.inWords) and no later than \(to.inWords)"
        case (let from?, nil): "after \(from.inWords)"
        case (nil, let to?): "no later than \(to.inWords)"
        case (nil, nil): "at an unknown time"
        }
    }
}
