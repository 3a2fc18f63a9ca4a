import Domain

extension NoticeLanguage {
    /// How the owner sees it with his own eyes, from a machine without a session.
    func checks(_ door: Door) -> [String] {
        // The owner will paste this into a shell: no address may end the quotation.
        let quoted: (WebAddress) -> String = { "\($0)".replacing("'", with: "%27") }
        let address = quoted(door.address)
        let (host, port) = (door.endpoint.address, door.endpoint.port)
        let content = door.proof.last { $0.role == .content }.map { quoted($0.address) } ?? address
        switch (self, door.kind) {
        case (.english, .anonymousFTP): return ["curl --list-only '\(address)'"]
        case (.english, .rsyncModule): return ["rsync --list-only '\(address)'"]
        case (.english, .zoneTransfer):
            return ["dig -p \(port) @\(host) '\(door.address.path.dropFirst().replacing("'", with: "%27"))' AXFR"]
        case (.english, .networkShare): return ["showmount -e \(host)"]
        case (.english, .screen): return ["connect a viewer to \(host) port \(port); it will ask for no password"]
        case (.english, .webDAV): return ["curl -X PROPFIND -H 'Depth: 1' '\(address)'", "curl -i '\(content)'"]
        case (.english, .database) where door.address.scheme == .redis:
            return ["redis-cli -h \(host) -p \(port) INFO keyspace"]
        case (.english, .database) where door.address.scheme == .memcached:
            return ["printf 'stats\\r\\nquit\\r\\n' | nc \(host) \(port)"]
        default:
            let pages = content == address ? [address] : [address, content]
            return ["open these in a private window of a browser, where you are not logged in:"] + pages
        }
    }

    /// What shuts the door, most certain first.
    func remedies(_ door: Door) -> [String] {
        switch (self, door.kind) {
        case (.english, .listing):
            [
                "Turn listings off (nginx: autoindex off; Apache: Options -Indexes), unless this folder is meant for anyone."
            ]
        case (.english, .dataFolder):
            [
                "Move the application's data out of the folder that the web server serves; this is what its makers advise.",
                "Until then let the web server refuse the folder (nginx: location /data/ { deny all; }; Apache: Require all "
                    + "denied) and turn listings off. A rule in .htaccess does nothing on nginx, or where AllowOverride is None.",
            ]
        case (.english, .unguardedContent):
            [
                "Let the application demand the session for this address as for its pages: to hide a link guards nothing.",
                "Where the files are static, serve them through the application, or from outside the web server's folder.",
            ]
        case (.english, .anonymousFTP): ["Turn anonymous logins off (vsftpd: anonymous_enable=NO)."]
        case (.english, .rsyncModule):
            ["Give the module `auth users` and `secrets file`, or `hosts allow`; better, use rsync over SSH."]
        case (.english, .repository):
            [
                "Remove the folder from what is served, or let the server refuse every name that begins with a dot.",
                "Change every password and key that was ever in it: its history can be read from outside.",
            ]
        case (.english, .leftover):
            ["Remove the file from what is served.", "Change every password and key that stands in it."]
        case (.english, .statusPage): ["Remove the page, or allow it from your own addresses only."]
        case (.english, .webDAV): ["Demand a login for PROPFIND as for everything else, or turn WebDAV off."]
        case (.english, .bucket): ["Take the right to list, and to read, from everyone in the bucket's policy."]
        case (.english, .database):
            [
                "Let the service listen on 127.0.0.1 or an inner network only, and shut its port to the world.",
                "Turn authentication on; Redis: requirepass; Elasticsearch and CouchDB: their security settings.",
            ]
        case (.english, .imageRegistry): ["Put authentication before the registry, and look for secrets in the images."]
        case (.english, .containerEngine):
            [
                "Shut the port at once: whoever reaches it can do anything on that machine. Use the local socket, or TLS with "
                    + "client certificates.",
                "Look for containers that are not yours.",
            ]
        case (.english, .zoneTransfer):
            ["Allow transfers to your secondary servers only (BIND: allow-transfer; NSD: provide-xfr)."]
        case (.english, .networkShare):
            [
                "Name the machines that may mount it in the server's list of exports (/etc/exports), and shut ports 111 and 2049 "
                    + "to the world."
            ]
        case (.english, .screen):
            ["Set a password or let the server listen on 127.0.0.1 only, and reach it through SSH."]
        }
    }
}
