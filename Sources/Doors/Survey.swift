package import Domain
import Wire

/// What a website tells of itself: its pages to a small depth, its login page, the paths it mentions, and how it answers
/// to a name that cannot be there.
package struct Survey: Sendable {
    /// The front page, after redirects within the website.
    package var front: Page?
    /// The first page that asks for a password.
    package var login: Page?
    /// The answer to a random name at the root.
    package var random: Page?
    /// Folders that links on its pages lead into: offered to anyone.
    package var linkedFolders: Set<String> = []
    /// Folders that its scripts and its pages' pictures name, but no link.
    package var mentionedFolders: Set<String> = []
    /// Names of users, where its addresses give them away.
    package var users: Set<String> = []

    /// Folders that answer with a demand for a credential when they are asked for themselves, with that answer.
    package var guardedFolders: [String: Page] = [:]
    /// What its scripts and its `robots.txt` name, and no link does: in order, each once.
    package var leads: [WebAddress] = []
    /// What its links and its site map offer to anyone.
    package var offered: Set<WebAddress> = []
    /// Folders that the parts of its pages come from: scripts, styles, pictures.
    package var partFolders: Set<String> = []

    /// The page that asks for a password, or else the first answer that demands a credential.
    package var guardPage: Page? {
        login ?? guardedFolders.min { ($0.key.count, $0.key) < ($1.key.count, $1.key) }?.value
    }

    /// Folders that an application may stand in: the root, those that are guarded, the login's, and a few that links lead to.
    var roots: [String] {
        let named = guardedFolders.keys.sorted() + (login.map { Self.folders(of: $0.address.path) } ?? [])
        let linked = linkedFolders.filter { $0.count(where: { $0 == "/" }) == 2 }.sorted()
        var seen: Set<String> = []
        return (["/"] + named + linked).filter { seen.insert($0).inserted }.prefix(4).map(\.self)
    }

    /// Whether a random name is answered with status 200: then status 200 means nothing here.
    package var answersEverything: Bool { random?.status == 200 }

    private static let maximumScripts = 10
    private static let maximumFolders = 500
    private static let redirects = 5

    init(of visit: Visit) async throws(DoorsError) {
        random = try await visit.get(path: "/" + randomName() + "/")
        var queue: [(address: WebAddress, depth: Int)] = [(visit.site.address, 0)]
        var seen: Set<WebAddress> = [visit.site.address]
        var (read, scripts) = (0, 0)
        while !queue.isEmpty, read < visit.limits.pages {
            let (address, depth) = queue.removeFirst()
            guard let page = try await Self.follow(address, in: visit) else { continue }
            read += 1
            if front == nil { front = page }
            try await note(guardAt: address, page, in: visit)
            guard page.status == 200, page.looksLikeHTML || page.type == "text/html" || isScript(page) else { continue }
            if isScript(page) {
                lead(Self.paths(in: page.body), at: page.address)
                continue
            }
            let html = page.html
            if html.hasPasswordField, login == nil { login = page }
            lead(Self.paths(in: html.scripts), at: page.address)
            // A listing's rows are not the website's links: collection walks them, not the survey.
            if page.listing != nil { continue }
            for next in destinations(html, at: page) where seen.insert(next).inserted {
                let isScriptFile = next.path.hasSuffix(".js")
                if isScriptFile { scripts += 1 }
                if isScriptFile ? scripts <= Self.maximumScripts : depth < visit.limits.depth && Self.mayBePage(next) {
                    queue.append((next, depth + 1))
                }
            }
        }
        guard front != nil else { return }
        try await readRobots(in: visit)
        if let login { try await note(guardOf: login, in: visit) }
    }

    /// The page at an address, after redirects within the website.
    static func follow(_ address: WebAddress, in visit: Visit) async throws(DoorsError) -> Page? {
        var address = address
        for _ in 0...redirects {
            guard let page = try await visit.get(address) else { return nil }
            guard (300..<400).contains(page.status), let location = page.location else { return page }
            address = location
        }
        return nil
    }

    /// Notes the folders of the page's links, and returns where they lead within the website.
    private mutating func destinations(_ html: HTMLPage, at page: Page) -> [WebAddress] {
        let base = html.base.flatMap { page.address.resolving($0) } ?? page.address
        let anchors = html.anchors.compactMap { base.resolving($0) }
        offer(anchors)
        let links = (html.links + [html.refresh].compactMap(\.self)).compactMap { base.resolving($0) }
            .filter { $0.hasSameOrigin(as: page.address) }
        for link in links {
            noteUser(in: link)
            if Self.mayBePage(link) {
                linkedFolders.formUnion(Self.folders(of: link.path).prefix(Self.maximumFolders - linkedFolders.count))
            } else {
                mention([link.path], at: page.address)
            }
        }
        partFolders.formUnion(
            Set(links).subtracting(anchors).filter { !Self.mayBePage($0) }.flatMap {
                Self.folders(of: $0.path).prefix(1)
            }
        )
        return links
    }

    mutating func mention(_ paths: [String], at address: WebAddress) {
        for path in paths {
            guard let target = address.resolving(Array(path.utf8)), target.hasSameOrigin(as: address) else { continue }
            noteUser(in: target)
            let folders = Self.folders(of: target.path)
            mentionedFolders.formUnion(folders.prefix(Self.maximumFolders - mentionedFolders.count))
        }
    }

    /// A user's name follows `User/`, `users/`, `~`, or stands in the query as `user=`.
    private mutating func noteUser(in address: WebAddress) {
        guard users.count < 16 else { return }
        let parts = address.path.split(separator: "/").map(String.init)
        for (index, part) in parts.enumerated() {
            if ["user", "users", "home"].contains(part.lowercased()), index + 1 < parts.count - 1 {
                users.insert(parts[index + 1])
            }
            if part.hasPrefix("~"), part.count > 1 { users.insert(String(part.dropFirst())) }
        }
        let query = address.target.dropFirst(address.path.count + 1)
        for pair in query.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1)
            if sides.count == 2, ["user", "username", "owner", "u"].contains(sides[0].lowercased()) {
                users.insert(String(sides[1]))
            }
        }
    }

    static func mayBePage(_ address: WebAddress) -> Bool {
        let name = address.path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return true }
        return ["html", "htm", "php", "asp", "aspx", "jsp", "cgi", "do"].contains(name[dot...].dropFirst().lowercased())
    }

    private func isScript(_ page: Page) -> Bool {
        page.type.contains("javascript") || page.address.path.hasSuffix(".js")
    }

    /// The folders that a path lies in, nearest first, without the root.
    static func folders(of path: String) -> [String] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().dropLast()
        return (0..<min(parts.count, 12)).reversed().map { "/" + parts.prefix($0 + 1).joined(separator: "/") + "/" }
            .filter { !$0.contains("//") }
    }
}

/// A name that no server has: 16 random letters.
func randomName() -> String {
    String((0..<16).compactMap { _ in "abcdefghijklmnopqrstuvwxyz".randomElement() })
}
