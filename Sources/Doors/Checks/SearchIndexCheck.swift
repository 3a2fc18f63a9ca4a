import Domain

/// Elasticsearch and OpenSearch that tell the names of their indexes to anyone. No document is asked for.
package struct SearchIndexCheck: Check {
    package let name = "search index"

    package init() {}

    package func look(at visit: Visit) async throws(DoorsError) -> Findings {
        var findings = Findings()
        guard let front = try await visit.get(path: "/"), let about = front.json, about.member("cluster_name") != nil,
            let version = about.member("version")?.member("number")?.shown
        else { return findings }
        guard let list = try await visit.get(path: "/_cat/indices?format=json"), list.status == 200,
            case .list(let rows)? = list.json
        else {
            findings.reject(front, name, "tells its version, but not its indexes")
            return findings
        }
        let names = rows.compactMap { $0.member("index")?.shown }
        guard names.count == rows.count, !names.isEmpty else {
            findings.reject(list, name, "lists no index")
            return findings
        }
        let documents = rows.compactMap { $0.member("docs.count").flatMap { Double($0.shown) } }.reduce(0, +)
        let shows = "names \(names.count) indexes of \(Int(clamping: documents)) documents"
        findings.candidates.append(
            Candidate(
                .database,
                front.address,
                [
                    .init(.listing, front, "version \(version.prefix(20)) of a search engine"),
                    .init(.content, list, shows),
                ]
            )
        )
        return findings
    }
}

extension Int {
    /// The nearest whole number there is room for; 0 where it is none.
    init(clamping number: Double) {
        self = number.isFinite ? Int(exactly: number.rounded()) ?? .max : 0
    }
}
