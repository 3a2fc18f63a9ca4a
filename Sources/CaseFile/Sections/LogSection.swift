package import Catalogue
package import Domain

/// Who came, from one log.
package struct LogSection: Sendable, Encodable {
    package struct Client: Sendable, Encodable {
        package var visitor: Visitor
        package var visits: Int
        package var requests: Int
        package var bytes: UInt64
        package var writes: Int
        package var first: Timestamp
        package var last: Timestamp
    }

    package var log: TracedLog
    package var clients: [Client]
    package var counts: [LineKind: Int]
    /// The sealed log.
    package var exhibit: Int?

    init(_ log: TracedLog, catalogue: Catalogue, exhibit: Int?) throws {
        self.log = log
        self.exhibit = exhibit
        let visits = Dictionary(grouping: try catalogue.visits(of: log.foundAt), by: \.client)
        clients = try catalogue.visitors(of: log.foundAt).compactMap { visitor in
            guard let visits = visits[visitor.client], let first = visits.map(\.first).min(),
                let last = visits.map(\.last).max()
            else { return nil }
            return Client(
                visitor: visitor,
                visits: visits.count,
                requests: visits.reduce(0) { $0 + $1.requests },
                bytes: visits.reduce(0) { $0.saturatingSum($1.bytes) },
                writes: visits.reduce(0) { $0 + $1.writes },
                first: first,
                last: last
            )
        }
        .sorted { ($1.requests, $0.visitor.client) < ($0.requests, $1.visitor.client) }
        counts = Dictionary(grouping: clients, by: \.visitor.line).mapValues(\.count)
    }
}

extension UInt64 {
    /// A log may claim any size; the sum stops at the greatest number.
    fileprivate func saturatingSum(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
