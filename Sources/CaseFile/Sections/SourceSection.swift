package import Catalogue
package import Domain

/// What was collected at one source, and the calendar of its updates.
package struct SourceSection: Sendable, Encodable {
    /// One day of the calendar.
    package struct CalendarDay: Sendable, Encodable {
        package enum State: String, Codable, Sendable {
            /// Nobody looked: nothing is known of the day.
            case notObserved = "not observed"
            /// A look was cut short.
            case incomplete
            /// The first look of all: what it found is older.
            case first
            case quiet
            case updates
        }

        package var day: Day
        package var state: State
        package var updates: Int
        package var removals: Int
        package var isSilence: Bool
    }

    package var source: Source
    package var looks: Int
    package var completeLooks: Int
    package var present: Int
    package var removed: Int
    package var bytes: UInt64
    package var changeCounts: [ChangeKind: Int]
    package var rhythm: UpdateRhythm
    package var hours: UpdateHours
    package var calendar: [CalendarDay]
    /// Days before the calendar's first that were looked at too, or lay between looks.
    package var earlierDays: Int
    /// Rewrites that a listing did not show.
    package var silentRewrites: [RecordedChange]
    /// Files that went and came elsewhere with the same bytes.
    package var moves: [RecordedChange]
    /// The listing read by the last complete look.
    package var lastListing: Int?
    /// The listing read by the look that saw the last update.
    package var lastUpdateListing: Int?

    init(_ source: Source, catalogue: Catalogue, exhibits: inout ExhibitList) throws {
        self.source = source
        let collections = try catalogue.collections(of: source.base)
        let changes = try catalogue.changes(of: source.base)
        let entries = try catalogue.entries(of: source.base)
        looks = collections.count
        completeLooks = collections.filter(\.isComplete).count
        present = entries.filter(\.isPresent).count
        removed = entries.count - present
        bytes = Self.distinctBytes(entries)
        changeCounts = Dictionary(grouping: changes, by: \.change.kind).mapValues(\.count)
        rhythm = try catalogue.rhythm(of: source.base)
        hours = try catalogue.hours(of: source.base)
        silentRewrites = changes.filter { $0.change.kind == .changed && $0.change.keepsSizeAndTime }
        moves = changes.filter { $0.movedFrom != nil }
        let span = Self.span(collections)
        earlierDays = max(0, span.map { $0.last - $0.first + 1 - Self.longestCalendar } ?? 0)
        calendar = Self.calendar(collections, changes: changes, silence: rhythm.silenceSince)
        lastListing = Self.listing(collections.last(where: \.isComplete), of: source, "the last look", &exhibits)
        let updating = collections.last { $0.isComplete && !$0.isFirst && $0.updates > 0 }
        lastUpdateListing = Self.listing(updating, of: source, "the look that saw the last update", &exhibits)
    }

    private static func listing(
        _ collection: Collection?,
        of source: Source,
        _ what: String,
        _ exhibits: inout ExhibitList
    ) -> Int? {
        guard let collection, let seal = collection.listings.first else { return nil }
        return exhibits.number(seal, what: "listing read by \(what)", address: "\(source.base)", at: collection.ended)
    }

    /// Bytes sealed for the entries' last versions, each blob counted once.
    private static func distinctBytes(_ entries: [EntryState]) -> UInt64 {
        var seen: Set<Digest> = []
        return entries.compactMap(\.version).reduce(0) { sum, version in
            guard let payload = version.payload, let seal = version.seal, seen.insert(payload).inserted else {
                return sum
            }
            return sum + seal.length
        }
    }

    /// More days than these, ten years, are counted and not drawn: a clock may have been wrong.
    private static let longestCalendar = 3_660

    /// The first and the last day of looks, by their numbers.
    private static func span(_ collections: [Collection]) -> (first: Int, last: Int)? {
        let days = collections.map(\.ended.day.number)
        guard let first = days.min(), let last = days.max() else { return nil }
        return (first, last)
    }

    private static func calendar(
        _ collections: [Collection],
        changes: [RecordedChange],
        silence: Day?
    ) -> [CalendarDay] {
        guard let (first, last) = span(collections) else { return [] }
        let byDay = Dictionary(grouping: collections, by: \.ended.day)
        let removals = Dictionary(grouping: changes.filter { $0.change.kind == .removed }) {
            $0.change.when.notAfter?.day
        }
        return (max(first, last - longestCalendar + 1)...last).map { number in
            let day = Day(number: number)
            let looks = byDay[day] ?? []
            let updates = looks.filter { !$0.isFirst }.reduce(0) { $0 + $1.updates }
            let state: CalendarDay.State =
                looks.isEmpty
                ? .notObserved
                : looks.contains(where: \.isFirst)
                    ? .first : updates > 0 ? .updates : looks.contains(where: \.isComplete) ? .quiet : .incomplete
            return CalendarDay(
                day: day,
                state: state,
                updates: looks.reduce(0) { $0 + $1.updates },
                removals: removals[day]?.count ?? 0,
                isSilence: silence.map { day >= $0 && state == .quiet } ?? false
            )
        }
    }
}

extension EntryChange {
    /// Whether the listing said the same before and after: only reading the bytes again showed the change.
    fileprivate var keepsSizeAndTime: Bool {
        guard let before, let after else { return false }
        return before.size == after.size && before.modified == after.modified && before.payload != after.payload
    }
}
