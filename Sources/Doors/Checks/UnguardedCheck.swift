import Domain
import Wire

/// A login that guards nothing, whatever the application.
///
/// Where asking for a folder ends in a demand for a credential, everything that the application's scripts, and
/// `robots.txt`, name below it should demand it as well. Each is asked for without one: folders, which may be listed, and
/// what they name, which may be served. What links or the site map offer, and the parts that a login page itself is made
/// of, are meant for anyone and left out.
package struct UnguardedCheck: Check {
    package let name = "unguarded content"

    private static let foldersTried = 40
    private static let leadsTried = 60
    /// Files that a list names, and are asked for.
    private static let namedTried = 16

    /// Endings of what pages are made of. A login page needs them before anybody has logged in.
    private static let parts: Set<String> = [
        "js", "mjs", "css", "map", "woff", "woff2", "ttf", "otf", "eot", "ico", "svg", "png", "gif", "jpg", "jpeg",
        "webp", "avif", "wasm", "webmanifest", "mp3", "wav", "cur", "jsx", "ts", "tsx", "vue", "less", "scss", "hbs",
        "mustache",
        "tpl", "tmpl", "ejs", "ftl", "po", "mo", "properties",
    ]

    /// Names that are meant for any visitor's program, wherever an application keeps them.
    private static let meantForAnyone: Set<String> = [
        "robots.txt", "humans.txt", "security.txt", "ads.txt", "app-ads.txt", "sitemap.xml", "crossdomain.xml",
        "clientaccesspolicy.xml", "browserconfig.xml", "opensearch.xml", "manifest.json",
    ]
    /// An answer of a program that is shorter says how it is, and names nothing.
    private static let shortAnswer = 256

    package init() {}

    package func look(at visit: Visit) async throws(DoorsError) -> Findings {
        let survey = try await visit.surveyed()
        var findings = Findings()
        guard !survey.guardedFolders.isEmpty else { return findings }
        for folder in Self.folders(survey) {
            guard let page = try await visit.get(path: folder), let listing = page.listing,
                listing.rows.contains(where: { !Self.isPart($0.target, survey) })
            else { continue }
            findings.folders.append(.init(address: page.address, kind: .dataFolder))
        }
        let leads = survey.leads.filter { lead in
            !survey.offered.contains(lead) && !lead.path.hasSuffix("/") && !Self.isPart(lead.path, survey)
                && survey.guarding(lead.path) != nil
        }
        for lead in leads.prefix(Self.leadsTried) {
            guard let page = try await visit.get(lead), Self.isContent(page) else { continue }
            if let named = NamedThings(page.body) {
                try await judge(named, page, survey, visit, &findings)
            } else if page.type != "application/json", !Self.isWord(page) {
                try await judge(page, survey, visit, &findings)
            }
        }
        return findings
    }

    /// Folders that the application names and no link offers, highest first.
    private static func folders(_ survey: Survey) -> [String] {
        let named = survey.mentionedFolders.subtracting(survey.linkedFolders)
            .filter { survey.guarding($0) != nil }
        return Array(named.sorted { ($0.count, $0) < ($1.count, $1) }.prefix(foldersTried))
    }

    /// Whether a path is of what the website's pages are made of, by its ending or its folder.
    private static func isPart(_ path: String, _ survey: Survey) -> Bool {
        if path.hasSuffix("/") { return survey.partFolders.contains { $0.hasPrefix(path) } }
        let name = path.split(separator: "/").last?.lowercased() ?? ""
        return parts.contains(ending(of: path)) || meantForAnyone.contains(name) || path.contains("/.well-known/")
    }

    /// Whether a program answered with a few words: `OK`, a version, a token for the form of the login.
    private static func isWord(_ page: Page) -> Bool {
        page.isWhole && page.body.count < shortAnswer && ending(of: page.address.path).isEmpty
            && !Likeness.isBinary(page.body)
    }

    private static func ending(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        return name.lastIndex(of: ".").map { name[$0...].dropFirst().lowercased() } ?? ""
    }

    private static func isContent(_ page: Page) -> Bool {
        page.status == 200 && !page.body.isEmpty && !page.looksLikeHTML && page.type != "text/html"
            && page.type != "text/css" && !page.type.contains("javascript")
    }

    /// A single thing: how sure that it should be guarded depends on its folder.
    private func judge(
        _ page: Page,
        _ survey: Survey,
        _ visit: Visit,
        _ findings: inout Findings
    ) async throws(DoorsError) {
        guard let (_, guardPage) = survey.guarding(page.address.path) else { return }
        var candidate = Candidate(
            .unguardedContent,
            page.address,
            [
                .init(.loginPage, guardPage, guardPage.guards ?? "demands a credential"),
                .init(.content, page, "\(page.seal.length) bytes, no credential sent"),
            ]
        )
        let folder = Survey.folders(of: page.address.path).first
        if let folder, let answer = try await visit.get(path: folder), survey.isGuard(answer) {
            candidate.steps[0] = .init(.loginPage, answer, answer.guards ?? "demands a credential")
        } else {
            candidate.doubt = (.likely, "the application behind the login names it, but its own folder demands nothing")
        }
        findings.candidates.append(candidate)
    }

    /// A list of names: proven where something that it names is served as well.
    private func judge(
        _ named: NamedThings,
        _ page: Page,
        _ survey: Survey,
        _ visit: Visit,
        _ findings: inout Findings
    ) async throws(DoorsError) {
        guard let (_, guardPage) = survey.guarding(page.address.path) else { return }
        let first = Candidate.Step(.loginPage, guardPage, guardPage.guards ?? "demands a credential")
        let shows = "names \(named.things.count) things, no credential sent"
        if let file = try await served(named, page.address, survey, visit) {
            let content = Candidate.Step(.content, file, "\(file.seal.length) bytes, no credential sent")
            findings.candidates.append(
                Candidate(.unguardedContent, page.address, [first, .init(.listing, page, shows), content])
            )
        } else if named.looksLikeFiles {
            var candidate = Candidate(.unguardedContent, page.address, [first, .init(.content, page, shows)])
            candidate.doubt = (.likely, "names of files came without a credential, but none of the files was read")
            findings.candidates.append(candidate)
        } else {
            findings.reject(page, name, "names \(named.things.count) things, perhaps for the login page itself")
        }
    }

    /// The first of the named files that is served, wherever the application keeps them.
    private func served(
        _ named: NamedThings,
        _ address: WebAddress,
        _ survey: Survey,
        _ visit: Visit
    ) async throws(DoorsError) -> Page? {
        var tried = 0
        for thing in named.things where thing.size != 0 {
            let ending = Self.ending(of: thing.name)
            guard !ending.isEmpty, named.looksLikeFiles || !Self.parts.contains(ending) else { continue }
            for place in Self.places(of: thing.name, address, survey) {
                guard tried < Self.namedTried else { return nil }
                tried += 1
                guard !survey.offered.contains(place), let page = try await visit.get(place), Self.isContent(page),
                    NamedThings(page.body) == nil, thing.size.map({ $0 == page.seal.length || !page.isWhole }) ?? true
                else { continue }
                return page
            }
        }
        return nil
    }

    /// Where a name may lead: as it stands, beside the list, below it, and in the folders that the application names.
    private static func places(of name: String, _ address: WebAddress, _ survey: Survey) -> [WebAddress] {
        let reference = PathName(bytes: name.utf8).description
        let bare = reference.drop { $0 == "/" }
        let folders = survey.mentionedFolders.subtracting(survey.linkedFolders).sorted {
            ($0.count, $0) < ($1.count, $1)
        }
        let paths = [reference, address.path + "/" + bare] + folders.prefix(4).map { $0 + bare }
        var seen: Set<WebAddress> = []
        return paths.compactMap { address.resolving(Array($0.utf8)) }
            .filter { $0.hasSameOrigin(as: address) && seen.insert($0).inserted }
    }
}
