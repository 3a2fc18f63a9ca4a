package import Domain
import GRDB

extension Catalogue {
    /// What the latest of Ajar's own censuses that tried each port saw, port by port. An address in none of a port's sets
    /// was not observed on it.
    package func latestSweeps() throws(CatalogueError) -> [PortSweep] {
        let runs = try censusRuns().filter { $0.reach.tool == "ajar" && $0.isUsable }
        var byPort: [UInt16: PortSweep] = [:]
        // A later sweep overrides an earlier one address by address: it may have covered less.
        let reaches = Dictionary(grouping: runs, by: \.reachID).values.compactMap { $0.max { $0.leaf < $1.leaf } }
        for last in reaches.sorted(by: { $0.leaf < $1.leaf }) {
            let here = runs.filter { $0.reachID == last.reachID }
            let covered =
                here.contains { $0.covered == nil }
                ? last.reach.addresses ?? AddressSet()
                : here.reduce(AddressSet()) { $0.union($1.covered ?? AddressSet()) }
            for new in try sweeps(of: last, covered: covered) {
                byPort[new.port] = byPort[new.port]?.overridden(by: new) ?? new
            }
        }
        return byPort.values.sorted { $0.port < $1.port }
    }

    /// The states that spans carry on to the last run of a reach.
    private func sweeps(of run: CensusRun, covered: AddressSet) throws(CatalogueError) -> [PortSweep] {
        guard case .list(let ports) = run.reach.tcp else { return [] }
        let state = try hosts(in: run)
        let hosts = Set(state.open.keys.map(\.endpoint.address)).union(state.sheets.keys.map(\.address))
        return ports.ports.map { port in
            var (open, closed): ([IPAddress], [IPAddress]) = ([], [])
            for address in hosts {
                if state.open[ServiceKey(Endpoint(address, port), .tcp)] != nil {
                    open.append(address)
                } else if state.sheets[HostKey(address, .tcp)]?.state(of: port) == .closed {
                    closed.append(address)
                }
            }
            let (openSet, closedSet) = (AddressSet(addresses: open), AddressSet(addresses: closed))
            return PortSweep(
                port: port,
                open: openSet,
                closed: closedSet,
                noAnswer: covered.subtracting(openSet).subtracting(closedSet)
            )
        }
    }
}

extension PortSweep {
    fileprivate func overridden(by new: PortSweep) -> PortSweep {
        let asked = new.open.union(new.closed).union(new.noAnswer)
        return PortSweep(
            port: port,
            open: open.subtracting(asked).union(new.open),
            closed: closed.subtracting(asked).union(new.closed),
            noAnswer: noAnswer.subtracting(asked).union(new.noAnswer)
        )
    }
}
