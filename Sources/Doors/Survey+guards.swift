import Domain
import Wire

extension Survey {
    /// Notes the folder at an address as guarded where asking for it ended in a demand for a credential. `page` is where the
    /// redirects led.
    mutating func note(guardAt address: WebAddress, _ page: Page, in visit: Visit) async throws(DoorsError) {
        guard address.path.hasSuffix("/"), page.guards != nil, guardedFolders[address.path] == nil else { return }
        // The redirect itself is the guard's answer; the visit has kept it.
        guardedFolders[address.path] = try await visit.get(address) ?? page
    }

    /// Notes the folder that a login page lies in, where the folder itself leads to the login.
    mutating func note(guardOf login: Page, in visit: Visit) async throws(DoorsError) {
        guard let folder = Self.folders(of: login.address.path).first,
            let place = login.address.resolving(Array(folder.utf8)),
            let page = try await Self.follow(place, in: visit)
        else { return }
        try await note(guardAt: place, page, in: visit)
    }

    /// The nearest folder above a path that is guarded, with its guard.
    func guarding(_ path: String) -> (folder: String, page: Page)? {
        let folders = Self.folders(of: path) + ["/"]
        for folder in folders { if let page = guardedFolders[folder] { return (folder, page) } }
        return nil
    }

    /// Whether an answer demands the credential: it refuses for want of one, is the login page, or leads to it.
    func isGuard(_ page: Page) -> Bool {
        if page.status == 401 || page.isLogin && page.guards != nil { return true }
        guard (300..<400).contains(page.status), let location = page.location else { return false }
        return location.path == login?.address.path
    }
}

extension Page {
    /// A page that offers more than this to anyone is a public one that has a field for a password as well.
    private static let mostOffers = 12

    /// How the answer demands a credential; nil where it does not.
    var guards: String? {
        if status == 401 { return "asks for a credential (401)" }
        if isLogin { return html.anchors.count <= Self.mostOffers ? "a page with a field for a password" : nil }
        return (300..<400).contains(status) ? "redirects to the login page" : nil
    }
}
