import Domain

extension Blueprint {
    /// nginx with one server block a site, and a bare 404 for names it does not know.
    func nginx(on host: World.Host) throws(LabError) -> Daemon {
        let name = "\(host.name)-nginx"
        let run = runFolder(name)
        let ports = webPorts(of: host)
        var files = ["mime.types": Array(Self.nginxTypes.utf8)]
        var servers: [String] = []
        for (port, usesTLS) in ports {
            if usesTLS { try files.merge(certificateFiles(for: host)) { first, _ in first } }
            servers += serverBlocks(of: host, port: port, usesTLS: usesTLS)
        }
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        let configuration = """
            daemon off;
            worker_processes 1;
            pid \(run)/nginx.pid;
            error_log \(run)/error.log;
            events { worker_connections 512; }
            http {
                include \(run)/mime.types;
                default_type application/octet-stream;
                access_log off;
                sendfile on;
                keepalive_timeout 30;
                server_names_hash_bucket_size 128;
            \(temporary.map { "    \($0)_temp_path \(run)/tmp/\($0);" }.joined(separator: "\n"))
            \(servers.joined(separator: "\n"))
            }

            """
        files["nginx.conf"] = Array(configuration.utf8)
        return Daemon(
            name: name,
            host: host.name,
            files: files,
            folders: ["tmp"],
            command: ["/usr/sbin/nginx", "-e", "\(run)/error.log", "-p", "\(run)/", "-c", "\(run)/nginx.conf"],
            listens: ports.map { Endpoint(host.address, self.ports.port($0.port)) }
        )
    }

    private func serverBlocks(of host: World.Host, port: UInt16, usesTLS: Bool) -> [String] {
        let listen = "\(host.address):\(ports.port(port))\(usesTLS ? " ssl" : "")"
        let fallback = fallback(of: host, port: port)
        let sites = sites(on: host).filter { $0.port == port }
        var blocks =
            fallback == nil ? [server(listen: listen + " default_server", name: "_", body: "return 404;", host)] : []
        blocks += sites.map { site in
            let isDefault = site == fallback ? " default_server" : ""
            return server(listen: listen + isDefault, name: site.name ?? "_", body: nginxBody(of: site), host)
        }
        if port == 80 {
            blocks += redirects(on: host).compactMap { redirect in
                webAddress(ofName: redirect.to).map {
                    server(listen: listen, name: redirect.name, body: "return 301 \($0);", host)
                }
            }
        }
        return blocks
    }

    private func server(listen: String, name: String, body: String, _ host: World.Host) -> String {
        let run = runFolder("\(host.name)-nginx")
        let tls =
            listen.contains(" ssl")
            ? " ssl_certificate \(run)/certificate.pem; ssl_certificate_key \(run)/key.pem;" : ""
        return "    server { listen \(listen); server_name \(name);\(tls) \(body) }"
    }

    private func nginxBody(of site: World.Site) -> String {
        let root = "root \(documentRoot(of: site));"
        switch site.kind {
        case .pages: return "\(root) index index.html;"
        case .downloads: return "\(root) index index.html; location /pub/ { autoindex on; }"
        case .catchAll: return "\(root) location / { rewrite ^ /index.html break; }"
        case .storage:
            return "\(root) location = / { \(pass(site)) } location = /index.php { \(pass(site)) } "
                + "location \(homePath) { autoindex on; index off; }"
        case .placeholder:
            return "\(root) index index.html; location = / { \(pass(site)) } location = /index.php { \(pass(site)) }"
        case .guarded:
            return "\(root) location = / { \(pass(site)) } location = /index.php { \(pass(site)) } "
                + "location /data/ { return 401; }"
        case .loginEverywhere: return "\(root) location / { \(pass(site)) }"
        }
    }

    private func pass(_ site: World.Site) -> String {
        let root = documentRoot(of: site)
        let socket = "\(runFolder("\(site.host)-php"))/php.sock"
        let parameters = [
            "SCRIPT_FILENAME \(root)/index.php", "APPLICATION \(applicationFile(of: site))", "SCRIPT_NAME /index.php",
            "REQUEST_METHOD $request_method",
            "REQUEST_URI $request_uri", "QUERY_STRING $query_string", "CONTENT_TYPE $content_type",
            "CONTENT_LENGTH $content_length", "SERVER_PROTOCOL $server_protocol", "REMOTE_ADDR $remote_addr",
        ]
        return "fastcgi_pass unix:\(socket); " + parameters.map { "fastcgi_param \($0);" }.joined(separator: " ")
    }

    private static let nginxTypes = """
        types {
            text/html html;
            text/css css;
            text/plain txt md5;
            image/png png;
            image/jpeg jpg jpeg;
            application/pdf pdf;
            application/zip zip;
            video/mp4 mp4;
            video/quicktime mov;
        }

        """
}
