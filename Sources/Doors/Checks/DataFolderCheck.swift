import Domain

/// The data folder of a web application that stands open beside its login page.
///
/// File servers of this kind keep their users' files below the web root (KodExplorer: `data/User/<user>/home/`;
/// ownCloud and Nextcloud: `data/<user>/files/`) and trust the web server to refuse them. Where it does not, the
/// contents are served to anyone, often with a listing in only part of the tree. The check looks below each folder that
/// could be the application's, along these layouts, for users whose names the website itself gives away or that such
/// applications come with.
package struct DataFolderCheck: Check {
    package let name = "data folder"

    /// Accounts that these applications create by themselves, or that guests are given.
    static let customaryUsers = ["admin", "guest", "demo", "user", "public", "test", "share"]

    /// Upper folders: application's own, then one a user (`*`), deepest last.
    static let layouts = [
        "data/", "data/User/", "data/User/*/", "data/User/*/home/", "data/User/*/home/desktop/",
        "data/User/*/home/document/", "data/User/*/home/share/", "data/user/*/home/", "data/*/", "data/*/files/",
        "data/files/", "data/personal/*/", "storage/", "storage/files/", "userfiles/", "userfiles/*/", "users/*/",
        "home/*/",
    ]

    package init() {}

    package func look(at visit: Visit) async throws(DoorsError) -> Findings {
        let survey = try await visit.surveyed()
        var findings = Findings()
        guard let login = survey.login else { return findings }
        if survey.answersEverything {
            // A folder that is listed may still stand out from what every name gets.
            findings.reject(survey.random, name, "a random name is answered with status 200, as everything is")
        }
        let roots = Self.roots(of: login.address, survey)
        for folder in Self.candidates(roots, survey) {
            guard let page = try await visit.get(path: folder) else { continue }
            if page.listing != nil {
                // What the website's own links offer to anyone under a plain name is meant to be read.
                let isOffered = survey.linkedFolders.contains(folder) && folder.count(where: { $0 == "/" }) == 2
                findings.folders.append(.init(address: page.address, kind: isOffered ? .listing : .dataFolder))
            } else if !survey.answersEverything, let reason = page.decoyReason(survey) {
                findings.reject(page, name, reason)
            }
        }
        return findings
    }

    /// Where the application may stand: the folders above its login page, and the root.
    private static func roots(of login: WebAddress, _ survey: Survey) -> [String] {
        let above = Survey.folders(of: login.path).filter { !$0.contains(".php/") }
        return Array(Set(above.suffix(2) + ["/"])).sorted { ($0.count, $0) < ($1.count, $1) }
    }

    /// What to try, surest first: what the website mentions itself, then the layouts.
    private static func candidates(_ roots: [String], _ survey: Survey) -> [String] {
        let users = survey.users.sorted() + customaryUsers.filter { !survey.users.contains($0) }
        let stores = Set(layouts.compactMap { $0.split(separator: "/").first.map(String.init) })
        let mentioned = survey.mentionedFolders.sorted { ($0.count, $0) < ($1.count, $1) }
            .filter { folder in
                roots.contains { folder.hasPrefix($0) && stores.contains(firstPart(folder.dropFirst($0.count))) }
            }
        let guessed = layouts.flatMap { layout in
            roots.flatMap { root in
                layout.contains("*")
                    ? users.map { root + layout.replacing("*", with: $0) } : [root + layout]
            }
        }
        var seen: Set<String> = []
        return (mentioned + guessed).filter { seen.insert($0).inserted }
    }

    private static func firstPart(_ path: Substring) -> String {
        path.split(separator: "/").first.map(String.init) ?? ""
    }
}
