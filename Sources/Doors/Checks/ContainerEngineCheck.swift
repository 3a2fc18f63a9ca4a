import Domain

/// The control interface of a container engine (Docker's Engine API), open to anyone. It is only read: whoever reaches it
/// could start what he likes.
package struct ContainerEngineCheck: Check {
    package let name = "container engine"

    package init() {}

    package func look(at visit: Visit) async throws(DoorsError) -> Findings {
        var findings = Findings()
        guard let about = try await visit.get(path: "/version"), about.status == 200,
            let version = about.json?.member("ApiVersion")?.shown, about.json?.member("Version") != nil
        else { return findings }
        guard let list = try await visit.get(path: "/containers/json"), list.status == 200,
            case .list(let values)? = list.json,
            values.allSatisfy({ $0.member("Id") != nil && $0.member("Image") != nil })
        else {
            findings.reject(about, name, "tells its version, but not its containers")
            return findings
        }
        findings.candidates.append(
            Candidate(
                .containerEngine,
                about.address.atRoot,
                [
                    .init(.listing, about, "version \(version.prefix(20)) of the interface"),
                    .init(.content, list, "\(values.count) containers run"),
                ]
            )
        )
        return findings
    }
}

extension WebAddress {
    fileprivate var atRoot: WebAddress {
        var root = self
        root.target = "/"
        return root
    }
}
