import Domain

/// Folders that WebDAV lists without a credential (RFC 4918 9.1).
///
/// PROPFIND changes nothing. The list has to name things below the folder, and one of them has to be served.
package struct WebDAVCheck: Check {
    package let name = "WebDAV"

    private static let customary = ["/", "/webdav/", "/dav/", "/remote.php/webdav/", "/public.php/webdav/"]
    private static let foldersTried = 12
    private static let filesTried = 4
    /// Folders below that are looked into for a file.
    private static let depth = 2

    package init() {}

    package func look(at visit: Visit) async throws(DoorsError) -> Findings {
        let survey = try await visit.surveyed()
        var findings = Findings()
        guard survey.front != nil else { return findings }
        let named = survey.roots + survey.linkedFolders.sorted { ($0.count, $0) < ($1.count, $1) }
        var seen: Set<String> = []
        let folders = (Self.customary + named).filter { seen.insert($0).inserted }.prefix(Self.foldersTried)
        for folder in folders {
            guard let page = try await visit.get(path: folder, by: .propfind) else { continue }
            // Whoever does not know the method knows it nowhere. A 405 speaks of this folder alone.
            if page.status == 501 { break }
            guard page.status == 207 else {
                if page.status == 401 { findings.reject(page, name, "asks for a credential (401)") }
                continue
            }
            let members = Self.members(of: page)
            guard !members.isEmpty else {
                findings.reject(page, name, "status 207, but names nothing below the folder")
                continue
            }
            guard !findings.candidates.contains(where: { folder.hasPrefix($0.address.target) }) else { continue }
            guard let file = try await file(among: members, in: visit, deeper: Self.depth) else {
                findings.reject(page, name, "names \(members.count) things, none of which was served")
                continue
            }
            let shows = "PROPFIND names \(members.count) things, no credential sent"
            let content = Candidate.Step(.content, file, "\(file.seal.length) bytes, no credential sent")
            findings.candidates.append(Candidate(.webDAV, page.address, [.init(.listing, page, shows), content]))
        }
        return findings
    }

    /// What a multi-status answer names below its folder, as addresses of this website.
    private static func members(of page: Page) -> [WebAddress] {
        let markup = Markup(page.body)
        guard markup.root == "multistatus" else { return [] }
        return markup.texts(of: "href").compactMap { page.address.resolving($0) }.filter { member in
            // The reference may be to another name of the server: what counts is the path.
            member.path.hasPrefix(page.address.path) && member.path != page.address.path
        }
        .map { member in
            var own = page.address
            own.target = member.target
            return own
        }
    }

    private func file(
        among members: [WebAddress],
        in visit: Visit,
        deeper depth: Int
    ) async throws(DoorsError) -> Page? {
        for member in members.filter({ !$0.path.hasSuffix("/") }).prefix(Self.filesTried) {
            if let page = try await visit.get(member), page.status == 200, !page.body.isEmpty, !page.isLogin {
                return page
            }
        }
        guard depth > 0 else { return nil }
        for folder in members.filter({ $0.path.hasSuffix("/") }).prefix(Self.filesTried) {
            guard let page = try await visit.get(folder, by: .propfind), page.status == 207 else { continue }
            if let found = try await file(among: Self.members(of: page), in: visit, deeper: depth - 1) { return found }
        }
        return nil
    }
}
