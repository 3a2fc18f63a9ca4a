import Domain
import Wire

extension Survey {
    private static let maximumLeads = 200
    private static let maximumOffers = 20_000
    /// Lines of `robots.txt` that are read, and addresses of a site map.
    private static let maximumRules = 200
    private static let maximumPlaces = 2_000

    /// Notes what a script names.
    mutating func lead(_ paths: [String], at address: WebAddress) {
        mention(paths, at: address)
        for path in paths where leads.count < Self.maximumLeads {
            guard let target = address.resolving(Array(path.utf8)), target.hasSameOrigin(as: address),
                !leads.contains(target)
            else { continue }
            leads.append(target)
        }
    }

    /// Notes what a reader is offered.
    mutating func offer(_ addresses: [WebAddress]) {
        offered.formUnion(addresses.prefix(max(Self.maximumOffers - offered.count, 0)))
    }

    /// Reads what the website asks robots to leave alone (RFC 9309), and the site map that it gives them. To be left out of
    /// indexes is no refusal: such folders are asked for like others. What the map names is offered to anyone.
    mutating func readRobots(in visit: Visit) async throws(DoorsError) {
        guard let page = try await visit.get(path: "/robots.txt"), page.status == 200, !page.looksLikeHTML else {
            return
        }
        var maps: [WebAddress] = []
        for line in page.body.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }).prefix(Self.maximumRules) {
            let sides = line.split(separator: UInt8(ascii: ":"), maxSplits: 1)
            guard sides.count == 2 else { continue }
            let name = String(decoding: sides[0], as: UTF8.self).lowercased()
            let value = String(decoding: sides[1].prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
                .withoutOuterBlanks
            if name == "disallow" || name == "allow", value.hasPrefix("/"), !value.contains("*"), !value.contains("$") {
                mention([value], at: page.address)
            } else if name == "sitemap", let map = page.address.resolving(Array(value.utf8)) {
                maps.append(map)
            }
        }
        for map in maps.prefix(2) {
            guard let page = try await visit.get(map), page.status == 200 else { continue }
            let places = Self.places(in: page.body).compactMap { page.address.resolving($0) }
                .filter { $0.hasSameOrigin(as: page.address) }
            offer(places)
            linkedFolders.formUnion(places.flatMap { Self.folders(of: $0.path) }.prefix(Self.maximumPlaces))
        }
    }

    /// The texts of a site map's `loc` elements.
    private static func places(in map: [UInt8]) -> [[UInt8]] {
        let markup = Markup(map)
        let elements = markup.nodes.indices.lazy.filter { markup.nodes[$0].name == "loc" }
        return elements.prefix(maximumPlaces).map { markup.text(of: $0).filter { !$0.isBlank } }
    }

    /// Quoted strings in a script that read like paths of this website: at least one slash, nothing odd.
    static func paths(in script: [UInt8]) -> [String] {
        var found: [String] = []
        for part in script.split(whereSeparator: { [0x22, 0x27, 0x60].contains($0) }) where found.count < 200 {
            guard (2...200).contains(part.count), part.contains(UInt8(ascii: "/")),
                part.allSatisfy({ $0.isPathByte }), !part.starts(with: "//".utf8)
            else { continue }
            let text = String(decoding: part, as: UTF8.self)
            // A relative path in a script is relative to the page that runs it, most often at the root.
            found.append(text.hasPrefix("/") ? text : "/" + text)
        }
        return found
    }
}

extension String {
    fileprivate var withoutOuterBlanks: String {
        let rest = drop { $0 == " " || $0 == "\t" }
        return String(rest.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self <= 0x20 }

    fileprivate var isPathByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: "/-._~%?=&".utf8.contains(self)
        }
    }
}
