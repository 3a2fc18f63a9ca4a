import Catalogue
import Domain

/// Every note with its translation.
struct NotesPage: Page {
    static let template = "notes"

    struct Line: Sendable {
        var note: String
        var translation: String
        var path: String
        var payload: String
        var thumbnail: String?
        var disagreements: String?
    }

    var count: Int
    var notes: [Line]

    init(catalogue: Catalogue) throws {
        notes = try catalogue.notePairs().map { recorded in
            Line(
                note: recorded.pair.note.text.shown,
                translation: recorded.pair.translation.text.shown,
                path: recorded.path.display,
                payload: "\(recorded.payload)",
                thumbnail: recorded.thumbnail?.description,
                disagreements: recorded.pair.disagreements.isEmpty
                    ? nil : recorded.pair.disagreements.joined(separator: "; ")
            )
        }
        count = notes.count
    }
}

/// Who came, log by log.
struct VisitorsPage: Page {
    static let template = "visitors"

    struct Client: Sendable {
        var address: String
        var line: String
        var requests: Int
        var places: [String]
        var lists: String
    }

    struct Log: Sendable {
        var foundAt: String
        var lines: Int
        var unparsed: Int
        var clients: [Client]
    }

    var logs: [Log]

    init(catalogue: Catalogue) throws {
        logs = try catalogue.logs().map { log in
            let requests = Dictionary(grouping: try catalogue.visits(of: log.foundAt), by: \.client)
                .mapValues { $0.reduce(0) { $0 + $1.requests } }
            let clients = try catalogue.visitors(of: log.foundAt).map { visitor in
                Client(
                    address: "\(visitor.client)",
                    line: visitor.line.rawValue,
                    requests: requests[visitor.client] ?? 0,
                    places: visitor.places.map { place in
                        let name = [place.city, place.country].compactMap(\.self).joined(separator: ", ")
                        return "\(name)\(place.radius.map { ", within \(Int($0)) km" } ?? "") (\(place.source))"
                    },
                    lists: visitor.lists.joined(separator: ", ")
                )
            }
            return Log(
                foundAt: log.foundAt.shown,
                lines: log.lines,
                unparsed: log.unparsedLines,
                clients: clients.sorted { $0.requests > $1.requests }
            )
        }
    }
}
