import Domain

/// CouchDB that tells the names of its databases to anyone. No document is asked for.
package struct CouchDBCheck: Check {
    package let name = "CouchDB"

    private static let counted = 3

    package init() {}

    package func look(at visit: Visit) async throws(DoorsError) -> Findings {
        var findings = Findings()
        guard let front = try await visit.get(path: "/"), let about = front.json, about.member("couchdb") != nil,
            let version = about.member("version")?.shown
        else { return findings }
        guard let list = try await visit.get(path: "/_all_dbs"), list.status == 200, case .list(let values)? = list.json
        else {
            let list = try await visit.get(path: "/_all_dbs")
            findings.reject(list ?? front, name, "tells its version, but not its databases")
            return findings
        }
        let names = values.compactMap { if case .text(let name) = $0 { name } else { nil } }
        guard !names.isEmpty, names.count == values.count else {
            findings.reject(list, name, "lists no database")
            return findings
        }
        var documents = 0.0
        for name in names.filter({ !$0.hasPrefix("_") }).prefix(Self.counted) {
            let path = "/" + PathName(bytes: name.utf8).description.replacing("/", with: "%2F")
            guard case .number(let count)? = try await visit.get(path: path)?.json?.member("doc_count") else {
                continue
            }
            documents += count
        }
        findings.candidates.append(
            Candidate(
                .database,
                front.address,
                [
                    .init(.listing, front, "version \(version.prefix(20)) of CouchDB"),
                    .init(
                        .content,
                        list,
                        "names \(names.count) databases; \(Int(clamping: documents)) documents in the first of them"
                    ),
                ]
            )
        )
        return findings
    }
}
