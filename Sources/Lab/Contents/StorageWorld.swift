package import Domain

/// The `[storage]` table of a world file: what lies on the storage server, and when it came. `docs/lab-contents.md`
/// describes each key.
package struct StorageWorld: Hashable, Codable, Sendable {
    /// The application's user, whose home is the data folder.
    package var user: String
    /// The first and the last day with a batch of new files; between them every day from Monday to Friday has one.
    package var firstBatch: Day
    package var lastBatch: Day
    /// The least and the most new files of a batch.
    package var filesADay: [Int]
    /// The least and the most pictures with editing notes of a batch.
    package var notesADay: [Int]
    /// The least and the most clips of a batch.
    package var clipsADay: [Int]
    /// The languages of the notes, the upper one first: `zho-Hans` and `kor`, in either order.
    package var noteLanguages: [String]
    /// How many note pairs disagree: another number, another cut, or no translation.
    package var noteFaults: Int
    /// How many files are replaced by a later version of another size.
    package var changes: Int
    /// How many files are taken away, the returned ones included.
    package var removals: Int
    /// How many of them come back some days later, the same bytes with the same time.
    package var returns: Int
    /// How many files get other bytes while size and time stay.
    package var rewrites: Int
    /// How many pictures carry an extension that is not theirs.
    package var misnamed: Int
    /// Files that lay there before the first batch.
    package var stock: Stock
    package var productions: [Production]

    private enum CodingKeys: String, CodingKey {
        case user, changes, removals, returns, rewrites, misnamed, stock
        case firstBatch = "first-batch"
        case lastBatch = "last-batch"
        case filesADay = "files-a-day"
        case notesADay = "notes-a-day"
        case clipsADay = "clips-a-day"
        case noteLanguages = "note-languages"
        case noteFaults = "note-faults"
        case productions = "production"
    }
}

extension StorageWorld {
    /// Files that lay there before the first batch, and belong to no production.
    package struct Stock: Hashable, Codable, Sendable {
        /// Model sheets, walk charts and landscapes to work from.
        package var references: Int
        /// Clips of horses, which nobody could place.
        package var horses: Int
        /// Pages of a book about horses with a Russian title.
        package var pages: Int
    }

    /// A production whose files lie on the server.
    package struct Production: Hashable, Codable, Sendable {
        /// A habit of naming files.
        package enum Tradition: String, Hashable, Codable, CaseIterable, Sendable {
            case western
            case japanese
            case chinese
            case korean
        }

        /// Unique in the world.
        package var key: String
        package var titles: [String]
        /// Abbreviations; the first one stands in file names.
        package var codes: [String]
        package var companies: [String]
        package var tradition: Tradition
        package var season: Int
        /// The episode worked on at first.
        package var episode: Int
        /// The share of the batches, against the other weights.
        package var weight: Int
        /// The folder below the home.
        package var folder: String
        /// Whether neither title nor code stands in any name: only a company's name on sheets and slates tells.
        package var hidden: Bool
    }
}

extension StorageWorld {
    /// What the table asks for and no contents can give, in the order of the keys; empty when it can be used.
    package var problems: [String] {
        var found: [String] = []
        if user.isEmpty || user.contains("/") { found.append("'user' is no name of one folder") }
        if lastBatch < firstBatch { found.append("'last-batch' is before 'first-batch'") }
        if lastBatch.number - firstBatch.number > 366 { found.append("more than a year of batches") }
        for (key, range, floor, limit) in [
            ("files-a-day", filesADay, 20, 500), ("notes-a-day", notesADay, 0, 20), ("clips-a-day", clipsADay, 0, 10),
        ] where range.count != 2 || range[0] < floor || range[1] < range[0] || range[1] > limit {
            found.append("'\(key)' is not the least and the most of \(floor) to \(limit)")
        }
        if Set(noteLanguages) != ["zho-Hans", "kor"] || noteLanguages.count != 2 {
            found.append("'note-languages' is not \"zho-Hans\" and \"kor\" in one order or the other")
        }
        for (key, count) in [
            ("note-faults", noteFaults), ("changes", changes), ("removals", removals), ("returns", returns),
            ("rewrites", rewrites), ("misnamed", misnamed), ("references", stock.references),
            ("horses", stock.horses), ("pages", stock.pages),
        ] where !(0...1_000).contains(count) {
            found.append("'\(key)' is not in 0 to 1000")
        }
        if returns > removals { found.append("'returns' is more than 'removals'") }
        if productions.isEmpty { found.append("no 'production'") }
        if Set(productions.map(\.key)).count != productions.count { found.append("two productions have one key") }
        if Set(productions.map(\.folder)).count != productions.count { found.append("two productions share a folder") }
        return found + productions.flatMap(\.problems)
    }

    /// The productions as an investigator would know them.
    package var projects: [Project] {
        productions.map { Project(key: $0.key, titles: $0.titles, codes: $0.codes, companies: $0.companies) }
    }
}

extension StorageWorld.Production {
    fileprivate var problems: [String] {
        var found: [String] = []
        if folder.isEmpty || folder.contains("/") || folder.hasPrefix(".") {
            found.append("production '\(key)': 'folder' is no name of one folder")
        }
        if titles.isEmpty || codes.isEmpty || companies.isEmpty {
            found.append("production '\(key)' lacks a title, a code or a company")
        }
        if !(1...100).contains(weight) { found.append("production '\(key)': 'weight' is not in 1 to 100") }
        if !(1...20).contains(season) { found.append("production '\(key)': 'season' is not in 1 to 20") }
        if !(1...90).contains(episode) { found.append("production '\(key)': 'episode' is not in 1 to 90") }
        return found
    }
}
