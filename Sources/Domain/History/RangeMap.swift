/// The range at one time: one cell an address, from the last run before it that says anything of the address.
package struct RangeMap: Hashable, Codable, Sendable {
    package enum State: String, Codable, CaseIterable, Sendable {
        case open
        /// It answered, and no port was open.
        case answered
        case silent
        /// Silent, or closed, where an earlier run saw a port open.
        case earlier
        case notObserved = "not observed"

        /// The sign for it on a terminal.
        package var sign: Character {
            switch self {
            case .open: "#"
            case .answered: "+"
            case .silent: "."
            case .earlier: "x"
            case .notObserved: " "
            }
        }
    }

    package struct Cell: Hashable, Codable, Sendable {
        package var address: IPAddress
        package var state: State
        /// TCP and UDP ports that were open.
        package var ports: [UInt16]
    }

    /// More addresses than this are not drawn.
    package static let maximumCells = 4_096

    package var at: Timestamp?
    package var cells: [Cell]

    /// `at` nil means now: all runs count.
    package init(of history: History, at: Timestamp? = nil) {
        self.at = at
        let runs = history.runs.filter { run in run.isUsable && at.map { run.order ?? $0 <= $0 } ?? true }
        let byHost = Dictionary(grouping: history.services(), by: \.endpoint.address)
        var addresses = AddressSet(addresses: byHost.keys)
        var known: Set<Int64> = []
        for run in history.runs where known.insert(run.reachID).inserted {
            addresses = addresses.union(run.reach.addresses ?? AddressSet())
        }
        cells = addresses.addresses.prefix(Self.maximumCells).map { address in
            Self.cell(address, services: byHost[address] ?? [], in: history, runs)
        }
    }

    private static func cell(
        _ address: IPAddress,
        services: [ServiceKey],
        in history: History,
        _ runs: [CensusRun]
    ) -> Cell {
        var cell = Cell(address: address, state: .notObserved, ports: [])
        for run in runs.reversed() {
            let open = services.filter { history.sighting(of: $0, in: run).identity != nil }
            if cell.state == .notObserved {
                guard let answered = history.answered(address, services: services, in: run) else { continue }
                cell.state = !open.isEmpty ? .open : answered ? .answered : .silent
                cell.ports = open.map(\.endpoint.port)
                if !open.isEmpty || services.isEmpty { break }
            } else if !open.isEmpty {
                cell.state = .earlier
                break
            }
        }
        return cell
    }
}
