import Catalogue
import Domain

struct LogBlock {
    struct Client {
        var address: String
        var requests: String
        var visits: Int
        var writes: String
        var seen: String
        var places: [String]
        var lists: String
    }

    struct Group {
        var name: String
        var meaning: String
        var count: Int
        var requests: String
        var clients: [Client]
    }

    /// Clients shown for each kind of line that is on a list; ordinary ones are shown as far as a page bears.
    private static let shown = 40

    var foundAt: String
    var lines: String
    var unparsed: String?
    var period: String
    var groups: [Group]
    var exhibit: ExhibitReference?

    init(_ section: LogSection) {
        foundAt = section.log.foundAt.shown
        lines = section.log.lines.grouped
        unparsed = section.log.unparsedLines > 0 ? section.log.unparsedLines.grouped : nil
        period = section.log.during.inWords
        exhibit = ExhibitReference(section.exhibit)
        groups = [LineKind.ordinary, .vpn, .hosting].compactMap { kind in
            let clients = section.clients.filter { $0.visitor.line == kind }
            guard !clients.isEmpty else { return nil }
            return Group(
                name: kind.rawValue,
                meaning: kind.meaning,
                count: clients.count,
                requests: clients.reduce(0) { $0 + $1.requests }.grouped,
                clients: clients.prefix(Self.shown).map(Client.init)
            )
        }
    }
}

extension LineKind {
    fileprivate var meaning: String {
        switch self {
        case .ordinary: "on none of the lists used; nothing more is claimed of the line"
        case .vpn: "in a range that a list names as exits of a VPN; the person may be anywhere"
        case .hosting: "in a range that a list names as hosting; a program, or a person behind one"
        }
    }
}

extension LogBlock.Client {
    fileprivate init(_ client: LogSection.Client) {
        address = "\(client.visitor.client)"
        requests = client.requests.grouped
        visits = client.visits
        writes = client.writes.grouped
        seen = client.first.day == client.last.day ? "\(client.first.day)" : "\(client.first.day) to \(client.last.day)"
        places = client.visitor.places.map { place in
            let name = [place.city, place.country].compactMap(\.self).joined(separator: ", ")
            let radius = place.radius.map { ", within \(Int($0)) km" } ?? ", radius not given"
            return "\(name.isEmpty ? "no place" : name)\(radius) (\(place.source))"
        }
        lists = client.visitor.lists.joined(separator: ", ")
    }
}
