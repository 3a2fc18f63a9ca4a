import Catalogue
import Domain

/// Entries, searched by name and filtered by project, a page at a time.
struct EntriesPage: Page {
    static let template = "entries"
    static let pageSize = 200

    struct Line: Sendable {
        var path: String
        var state: String
        var size: String
        var project: String
        var work: String
        var payload: String?
        /// Whether the bytes are not to be had.
        var concealed: Bool
        var thumbnail: String?
    }

    struct Choice: Sendable {
        var project: String
        /// The project as a part of an address.
        var query: String
        var count: Int
    }

    var search: String
    var project: String?
    var projects: [Choice]
    var count: Int
    var entries: [Line]
    var page: Int
    var previous: Int?
    var next: Int?
    /// The search and the project as the end of an address, for the other pages.
    var query: String

    init(catalogue: Catalogue, search: String, project: String?, page: Int) throws {
        let identifications = Dictionary(
            try catalogue.identifications().map { (Key(source: $0.source, path: $0.path), $0) }
        ) { first, _ in first }
        let thumbnails = try catalogue.thumbnails()
        projects = Dictionary(grouping: identifications.values, by: \.status.title)
            .map { Choice(project: $0.key, query: $0.key.inQuery, count: $0.value.count) }.sorted {
                $0.project < $1.project
            }
        let needle = search.lowercased()
        let found = try catalogue.entries().compactMap { entry -> (EntryState, Identification?)? in
            let identification = identifications[Key(source: entry.source, path: entry.path)]
            let name = (identification?.decodedName ?? entry.path.display).lowercased()
            guard needle.isEmpty || name.contains(needle) || entry.path.display.lowercased().contains(needle),
                project == nil || identification?.status.title == project
            else { return nil }
            return (entry, identification)
        }
        query = "&search=\(search.inQuery)" + (project.map { "&project=\($0.inQuery)" } ?? "")
        self.search = search
        self.project = project
        count = found.count
        let pages = max(1, (found.count + Self.pageSize - 1) / Self.pageSize)
        let current = min(max(1, page), pages)
        self.page = current
        previous = current > 1 ? current - 1 : nil
        next = current < pages ? current + 1 : nil
        let shown = found.dropFirst((current - 1) * Self.pageSize).prefix(Self.pageSize)
        entries = try shown.map { entry, identification -> Line in
            let concealed = try entry.version?.payload.flatMap { try catalogue.concealed($0) }
            let thumbnail = entry.version?.payload.flatMap { thumbnails[$0] }
            return Line(entry, identification, thumbnail: thumbnail, concealed: concealed)
        }
    }

    private struct Key: Hashable {
        var source: WebAddress
        var path: PathName
    }
}

extension EntriesPage.Line {
    fileprivate init(
        _ entry: EntryState,
        _ identification: Identification?,
        thumbnail: Digest?,
        concealed: String?
    ) {
        path = identification?.decodedName.shown ?? entry.path.display
        state = [entry.isPresent ? nil : "removed", concealed.map { "not shown: \($0.shown)" }].compactMap(\.self)
            .joined(separator: "; ")
        size = entry.version?.seal.map { "\($0.length)" } ?? ""
        project = identification?.status.title ?? ""
        work = identification?.work.inWords ?? ""
        payload = entry.version?.payload?.description
        self.concealed = concealed != nil
        self.thumbnail = thumbnail?.description
    }
}

extension Identification.Status {
    /// The project's key, or what stands in its place.
    var title: String {
        switch self {
        case .identified(let project): project
        case .reference: "reference"
        case .unidentified: "unidentified"
        }
    }
}

extension WorkName {
    /// Such as `season 3, episode 5, cut 12, take 2`.
    var inWords: String {
        let parts: [String?] = [
            season.map { "season \($0)" }, episode.map { "episode \($0)" }, cut.map { "cut \($0)" },
            take.map { "take \($0)" }, step, layer.map { "layer \($0)" }, frame.map { "frame \($0)" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension String {
    /// Percent-encoded for a value in an address's query.
    fileprivate var inQuery: String { PathName(bytes: utf8).description.replacing("/", with: "%2F") }
}
