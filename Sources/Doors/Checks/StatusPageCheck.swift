import Domain

/// Pages that tell anyone of a server's inside: PHP's settings, Apache's and nginx's counts of requests and visitors.
package struct StatusPageCheck: Check {
    package let name = "status page"

    /// Where such pages are customarily put, what they are, and marks of which all have to be there.
    private static let pages: [(paths: [String], what: String, marks: [String])] = [
        (
            ["/phpinfo.php", "/info.php", "/test.php", "/php.php"], "PHP's settings, as phpinfo() writes them",
            ["<title>", "phpinfo()", "PHP Version", "Configure Command", "$_SERVER['"]
        ),
        (
            ["/server-status"], "what Apache is doing, and for whom",
            ["<title>Apache Status</title>", "Apache Server Status for", "Server uptime:"]
        ),
        (
            ["/server-info"], "Apache's settings",
            ["<title>Server Information</title>", "Apache Server Information", "Server Settings"]
        ),
        (
            ["/nginx_status", "/stub_status", "/status"], "counts of nginx's connections",
            ["Active connections: ", "server accepts handled requests", "Reading: "]
        ),
    ]

    package init() {}

    package func look(at visit: Visit) async throws(DoorsError) -> Findings {
        let survey = try await visit.surveyed()
        var findings = Findings()
        guard survey.front != nil else { return findings }
        for kind in Self.pages {
            for path in kind.paths {
                guard let page = try await visit.get(path: path) else { continue }
                if page.status == 200 {
                    let text = String(decoding: page.body, as: UTF8.self)
                    guard kind.marks.allSatisfy({ text.contains($0) }) else {
                        if !survey.answersEverything {
                            findings.reject(page, name, "status 200, but not \(kind.what)")
                        }
                        continue
                    }
                    findings.candidates.append(Candidate(.statusPage, content: page, kind.what))
                } else if [401, 403].contains(page.status) {
                    findings.reject(page, name, page.status == 401 ? "asks for a credential (401)" : "refused (403)")
                }
            }
        }
        return findings
    }
}
