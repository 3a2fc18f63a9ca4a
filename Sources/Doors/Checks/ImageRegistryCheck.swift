import Domain

/// Registries of container images (Docker's, and OCI's distribution specification) that list their images to anyone.
package struct ImageRegistryCheck: Check {
    package let name = "image registry"

    package init() {}

    package func look(at visit: Visit) async throws(DoorsError) -> Findings {
        var findings = Findings()
        guard let front = try await visit.get(path: "/v2/"), [200, 401].contains(front.status), front.json != nil else {
            return findings
        }
        if front.status == 401 {
            if front.json?.member("errors") != nil { findings.reject(front, name, "asks for a credential (401)") }
            return findings
        }
        guard let list = try await visit.get(path: "/v2/_catalog?n=100"), list.status == 200,
            case .list(let values)? = list.json?.member("repositories")
        else { return findings }
        let names = values.compactMap { if case .text(let name) = $0 { name } else { nil } }
        guard let first = names.first else {
            findings.reject(list, name, "lists no image")
            return findings
        }
        let listing = Candidate.Step(.listing, list, "names \(names.count) images, no credential sent")
        let path = "/v2/\(PathName(bytes: first.utf8))/tags/list"
        guard let tags = try await visit.get(path: path), tags.status == 200, tags.json?.member("tags") != nil else {
            var candidate = Candidate(.imageRegistry, list.address, [.init(.content, list, listing.shows)])
            candidate.doubt = (.likely, "images are named, but the tags of the first were not told")
            findings.candidates.append(candidate)
            return findings
        }
        let content = Candidate.Step(.content, tags, "the tags of the first image")
        findings.candidates.append(Candidate(.imageRegistry, front.address, [listing, content]))
        return findings
    }
}
