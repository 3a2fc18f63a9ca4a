import Domain

extension World {
    /// Something in a world file that is well-formed and cannot be, with the path of its key.
    struct Problem: Hashable {
        var path: [String]
        var message: String
    }

    /// Everything that keeps the world from being built, in the order of the file's tables.
    var problems: [Problem] {
        generalProblems + hosts.indices.flatMap(hostProblems) + sites.indices.flatMap(siteProblems)
            + redirects.indices.flatMap(redirectProblems)
            + storage.problems.map { Problem(path: ["storage"], message: $0) }
            + accessLog.problems.map { Problem(path: ["access-log"], message: $0) }
    }

    private var generalProblems: [Problem] {
        var found: [Problem] = []
        if firstDay > lastDay { found.append(Problem(path: ["last-day"], message: "before first-day")) }
        if prefix.base.family != .v4 || prefix.prefixLength < 20 {
            found.append(Problem(path: ["prefix"], message: "must be an IPv4 block of /20 or smaller"))
        }
        for (index, origin) in ([zone.origin] + zone.closed).enumerated() where !Self.isName(origin, ending: ".") {
            let key = index == 0 ? "origin" : "closed"
            found.append(Problem(path: ["zone", key], message: "'\(origin)' is no zone name with a final dot"))
        }
        if !Self.isLabel(storage.user) { found.append(Problem(path: ["storage", "user"], message: "no plain name")) }
        if let log = served.log, log.hasPrefix("/") || log.split(separator: "/").contains("..") {
            found.append(Problem(path: ["served", "log"], message: "must be a path below the user's home"))
        }
        return found
    }

    private func hostProblems(_ index: Int) -> [Problem] {
        let host = hosts[index]
        let path = { (key: String) in ["host", "\(index)", key] }
        var found: [Problem] = []
        if !Self.isLabel(host.name) { found.append(Problem(path: path("name"), message: "no plain name")) }
        if hosts[..<index].contains(where: { $0.name == host.name }) {
            found.append(Problem(path: path("name"), message: "'\(host.name)' is there twice"))
        }
        if hosts[..<index].contains(where: { $0.address == host.address }) {
            found.append(Problem(path: path("address"), message: "\(host.address) is there twice"))
        }
        if !prefix.contains(host.address) {
            found.append(Problem(path: path("address"), message: "\(host.address) lies outside \(prefix)"))
        }
        let conditions = host.conditions
        if conditions.isSilent, conditions != .init(isSilent: true) {
            found.append(Problem(path: path("silent"), message: "a silent host is neither slow nor lossy"))
        }
        if let fallback = host.fallback, !sites.contains(where: { $0.name == fallback && $0.host == host.name }) {
            found.append(Problem(path: path("fallback"), message: "'\(fallback)' is no site of this host"))
        }
        return found
    }

    private func siteProblems(_ index: Int) -> [Problem] {
        let site = sites[index]
        let path = { (key: String) in ["site", "\(index)", key] }
        var found: [Problem] = []
        if let name = site.name, !isInZone(name) {
            found.append(Problem(path: path("name"), message: "'\(name)' lies in no zone of this world"))
        }
        if let name = site.name, sites[..<index].contains(where: { $0.name == name }) {
            found.append(Problem(path: path("name"), message: "'\(name)' is there twice"))
        }
        guard let host = hosts.first(where: { $0.name == site.host }), let web = host.web else {
            return found + [Problem(path: path("host"), message: "'\(site.host)' is no host with a web server")]
        }
        if site.kind.needsApplication, web != .nginx {
            found.append(Problem(path: path("host"), message: "\(site.kind.rawValue) needs a host with nginx"))
        }
        if site.usesTLS, web == .lighttpd {
            found.append(Problem(path: path("tls"), message: "lighttpd hosts serve no TLS"))
        }
        if site.kind == .storage, sites[..<index].contains(where: { $0.kind == .storage }) {
            found.append(Problem(path: path("kind"), message: "a world has one storage server"))
        }
        for link in site.links
        where !sites.contains(where: { $0.name == link }) && !redirects.contains(where: { $0.name == link }) {
            found.append(Problem(path: path("links"), message: "'\(link)' is no site"))
        }
        return found
    }

    private func redirectProblems(_ index: Int) -> [Problem] {
        let redirect = redirects[index]
        let path = { (key: String) in ["redirect", "\(index)", key] }
        var found: [Problem] = []
        if !isInZone(redirect.name) || sites.contains(where: { $0.name == redirect.name }) {
            found.append(Problem(path: path("name"), message: "'\(redirect.name)' must lie in a zone and be no site"))
        }
        if !hosts.contains(where: { $0.name == redirect.host && $0.web != nil }) {
            found.append(Problem(path: path("host"), message: "'\(redirect.host)' is no host with a web server"))
        }
        if !sites.contains(where: { $0.name == redirect.to }) {
            found.append(Problem(path: path("to"), message: "'\(redirect.to)' is no site"))
        }
        return found
    }

    private func isInZone(_ name: String) -> Bool {
        Self.isName(name, ending: "") && ([zone.origin] + zone.closed).contains { name.hasSuffix("." + $0.dropLast()) }
    }

    private static func isLabelByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    private static func isLabel(_ text: String) -> Bool {
        (1...63).contains(text.utf8.count) && text.utf8.allSatisfy(isLabelByte)
    }

    /// Names go into the daemons' configuration files, so nothing but plain labels is let through.
    private static func isName(_ text: String, ending: String) -> Bool {
        guard text.hasSuffix(ending), text.utf8.count <= 200 else { return false }
        return text.dropLast(ending.count).split(separator: ".", omittingEmptySubsequences: false)
            .allSatisfy { isLabel(String($0)) }
    }
}

extension World.Site.Kind {
    /// Whether the site runs the application with its login page.
    var needsApplication: Bool {
        switch self {
        case .storage, .placeholder, .guarded, .loginEverywhere: true
        case .pages, .catchAll, .downloads: false
        }
    }
}
