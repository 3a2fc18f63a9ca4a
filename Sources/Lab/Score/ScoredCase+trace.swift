import Domain

extension ScoredCase {
    var traceRows: [Score.Row] {
        let clients = truth.visitors?.clients ?? []
        let known = Dictionary(clients.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
        let placed = clients.compactMap { client in
            client.city.map { "\(client.address) \(client.country ?? "") \($0)" }
        }
        let places = findings.visitors.compactMap { visitor -> String? in
            guard !visitor.places.isEmpty, let client = known[visitor.client], client.city != nil else { return nil }
            // Sources disagree, and all are shown: one that is right is enough.
            let right = visitor.places.first { ($0.country, $0.city) == (client.country, client.city) }
            let shown = right ?? visitor.places[0]
            return "\(visitor.client) \(shown.country ?? "") \(shown.city ?? "")"
        }
        return [
            Score.Row(
                "trace",
                "visitors' line",
                truth: Set(clients.map { "\($0.address) \($0.line.rawValue)" }),
                found: Set(findings.visitors.map { "\($0.client) \($0.line.rawValue)" })
            ),
            Score.Row("trace", "visitors' place", truth: Set(placed), found: Set(places)),
        ]
    }
}
