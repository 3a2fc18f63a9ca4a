package import Domain

/// Says of each client what kind of line it is on and where it may be, and which source says so.
package struct VisitorBook {
    private var lists: [(source: DataSource, list: NetworkList)] = []
    private var databases: [(source: DataSource, database: PlaceDatabase)] = []
    /// The sources in use, in the order of the job.
    package private(set) var sources: [DataSource] = []

    /// Opens the data files. Each must still be the one that the job names: a place in a report names its source.
    package init(_ files: [TraceJob.DataFile]) throws(TraceError) {
        for file in files {
            guard try DataFolder.digest(of: file.path) == file.source.digest else {
                throw TraceError(.changed, "is not the file that the job names (another SHA-256)", at: file.path)
            }
            switch file.source.purpose {
            case .places: databases.append((file.source, try PlaceDatabase(path: file.path)))
            case .vpn, .hosting: lists.append((file.source, try NetworkList.load(from: file.path)))
            }
            sources.append(file.source)
        }
    }

    /// A VPN list outranks a hosting list: an exit stands in a data centre.
    package func visitor(_ client: IPAddress) throws(TraceError) -> Visitor {
        var visitor = Visitor(client: client, line: .ordinary, lists: [], network: nil, places: [])
        if let block = SpecialNetworks.block(of: client) { visitor.lists.append(SpecialNetworks.name(block)) }
        var narrowest = -1
        for (source, list) in lists {
            guard let match = list.match(client) else { continue }
            visitor.lists.append("\(source.name) (\(match.block))")
            if source.purpose == .vpn {
                visitor.line = .vpn
            } else if visitor.line == .ordinary {
                visitor.line = .hosting
            }
            if let note = match.note, match.block.prefixLength > narrowest {
                (visitor.network, narrowest) = (note, match.block.prefixLength)
            }
        }
        for (source, database) in databases {
            if let place = try database.place(of: client, source: source.name) { visitor.places.append(place) }
        }
        return visitor
    }
}
