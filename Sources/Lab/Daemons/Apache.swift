import Domain

extension Blueprint {
    /// Apache with one virtual host a site; the first of each port answers unknown names.
    func apache(on host: World.Host) throws(LabError) -> Daemon {
        let name = "\(host.name)-apache2"
        let run = runFolder(name)
        let ports = webPorts(of: host)
        var files: [String: [UInt8]] = ["mime.types": Array(Self.plainTypes.utf8)]
        if ports.contains(where: { $0.usesTLS }) {
            files = try certificateFiles(for: host).merging(files) { first, _ in first }
        }
        var modules = ["mpm_event", "authz_core", "dir", "mime", "alias", "autoindex"]
        if ports.contains(where: { $0.usesTLS }) { modules += ["socache_shmcb", "ssl"] }
        let configuration = """
            ServerRoot \(run)
            DefaultRuntimeDir \(run)
            \(modules.map { "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so" }.joined(separator: "\n"))
            \(ports.map { "Listen \(host.address):\(self.ports.port($0.port))" }.joined(separator: "\n"))
            PidFile \(run)/apache.pid
            Mutex file:\(run) default
            ErrorLog \(run)/error.log
            ServerName \(zoneName(of: host))
            TypesConfig \(run)/mime.types
            DirectoryIndex index.html
            StartServers 1
            ServerLimit 2
            ThreadsPerChild 16
            MaxRequestWorkers 32
            MinSpareThreads 1
            MaxSpareThreads 32
            \(ports.map { virtualHosts(of: host, port: $0.port, usesTLS: $0.usesTLS) }.joined(separator: "\n"))

            """
        files["apache.conf"] = Array(configuration.utf8)
        return Daemon(
            name: name,
            host: host.name,
            files: files,
            command: ["/usr/sbin/apache2", "-DFOREGROUND", "-f", "\(run)/apache.conf"],
            listens: ports.map { Endpoint(host.address, self.ports.port($0.port)) }
        )
    }

    private func virtualHosts(of host: World.Host, port: UInt16, usesTLS: Bool) -> String {
        let fallback = fallback(of: host, port: port)
        let sites = sites(on: host).filter { $0.port == port }
        let ordered = sites.filter { $0 == fallback } + sites.filter { $0 != fallback }
        var blocks =
            fallback == nil ? [virtualHost(host, port, usesTLS, "unknown.invalid", ["RedirectMatch 404 ^"])] : []
        blocks += ordered.map { site in
            virtualHost(host, port, usesTLS, site.name ?? "unknown.invalid", apacheBody(of: site))
        }
        if port == 80 {
            blocks += redirects(on: host).compactMap { redirect in
                webAddress(ofName: redirect.to).map {
                    virtualHost(host, port, false, redirect.name, ["Redirect permanent / \($0)"])
                }
            }
        }
        return blocks.joined(separator: "\n")
    }

    private func virtualHost(
        _ host: World.Host,
        _ port: UInt16,
        _ usesTLS: Bool,
        _ name: String,
        _ body: [String]
    ) -> String {
        let run = runFolder("\(host.name)-apache2")
        let tls =
            usesTLS
            ? ["SSLEngine on", "SSLCertificateFile \(run)/certificate.pem", "SSLCertificateKeyFile \(run)/key.pem"] : []
        let lines = ["ServerName \(name)"] + tls + body
        return
            "<VirtualHost \(host.address):\(ports.port(port))>\n    \(lines.joined(separator: "\n    "))\n</VirtualHost>"
    }

    private func apacheBody(of site: World.Site) -> [String] {
        let root = documentRoot(of: site)
        switch site.kind {
        case .downloads:
            return [
                "DocumentRoot \(root)", "<Directory \(root)/pub>", "    Options +Indexes",
                "    IndexOptions FancyIndexing HTMLTable NameWidth=*", "</Directory>",
            ]
        case .catchAll: return ["AliasMatch ^ \(root)/index.html"]
        default: return ["DocumentRoot \(root)"]
        }
    }

    static let plainTypes = """
        text/html html
        text/css css
        text/plain txt md5
        image/png png
        image/jpeg jpg jpeg
        application/pdf pdf
        application/zip zip

        """
}
