import Domain

extension Blueprint {
    /// lighttpd with a condition for each name; unknown names see an empty folder.
    func lighttpd(on host: World.Host) -> Daemon {
        let name = "\(host.name)-lighttpd"
        let run = runFolder(name)
        let ports = webPorts(of: host).map(\.port)
        let first = ports.first ?? 80
        let sockets = ports.dropFirst().map { "$SERVER[\"socket\"] == \"\(host.address):\(self.ports.port($0))\" {}" }
        let fallback = fallback(of: host, port: first).map { "\(documentRoot(of: $0))" } ?? "\(run)/empty"
        let conditions =
            sites(on: host).map(lighttpdCondition)
            + redirects(on: host).compactMap { redirect in
                webAddress(ofName: redirect.to).map {
                    "$HTTP[\"host\"] == \"\(redirect.name)\" { url.redirect = (\"\" => \"\($0)\") }"
                }
            }
        let configuration = """
            server.modules = ("mod_redirect", "mod_rewrite")
            server.bind = "\(host.address)"
            server.port = \(self.ports.port(first))
            server.document-root = "\(fallback)"
            server.pid-file = "\(run)/lighttpd.pid"
            server.errorlog = "\(run)/error.log"
            server.upload-dirs = ("\(run)")
            index-file.names = ("index.html")
            mimetype.assign = (
                ".html" => "text/html", ".css" => "text/css", ".txt" => "text/plain", ".md5" => "text/plain",
                ".png" => "image/png", ".jpg" => "image/jpeg", ".pdf" => "application/pdf",
                "" => "application/octet-stream"
            )
            \(sockets.joined(separator: "\n"))
            \(conditions.joined(separator: "\n"))

            """
        return Daemon(
            name: name,
            host: host.name,
            files: ["lighttpd.conf": Array(configuration.utf8)],
            folders: ["empty"],
            command: ["/usr/sbin/lighttpd", "-D", "-f", "\(run)/lighttpd.conf"],
            listens: ports.map { Endpoint(host.address, self.ports.port($0)) }
        )
    }

    private func lighttpdCondition(_ site: World.Site) -> String {
        guard let name = site.name else { return "" }
        let root = "server.document-root = \"\(documentRoot(of: site))\""
        switch site.kind {
        case .downloads:
            return "$HTTP[\"host\"] == \"\(name)\" { \(root)\n"
                + "$HTTP[\"url\"] =~ \"^/pub/\" { dir-listing.activate = \"enable\" } }"
        case .catchAll:
            return "$HTTP[\"host\"] == \"\(name)\" { \(root)\nurl.rewrite-once = (\"\" => \"/index.html\") }"
        default: return "$HTTP[\"host\"] == \"\(name)\" { \(root) }"
        }
    }
}
