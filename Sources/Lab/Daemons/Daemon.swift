import Domain
import SystemPackage

/// A program of the country: its files, its command, and what it will listen on.
struct Daemon: Hashable, Sendable {
    /// Unique in the country; also the name of its folder below `run/`.
    var name: String
    var host: String
    /// Below the daemon's folder.
    var files: [String: [UInt8]]
    /// Folders to make below the daemon's folder.
    var folders: [String] = []
    /// The program and its arguments.
    var command: [String]
    /// TCP endpoints that listen once it is ready.
    var listens: [Endpoint]
    /// A socket file that is there once it is ready, below the daemon's folder.
    var socket: String?
}

extension Blueprint {
    func runFolder(_ daemon: String) -> FilePath { folder.appending("run").appending(daemon) }

    /// Every program of the hosts that are there on a day.
    func daemons(on day: Day) throws(LabError) -> [Daemon] {
        var found: [Daemon] = []
        for host in world.hosts where host.isPresent(on: day) {
            for service in host.services {
                switch service {
                case .dns: found.append(nameServer(on: host))
                case .ssh: found.append(try secureShell(on: host))
                case .smtp: found.append(mail(on: host))
                case .ftp: found.append(fileTransfer(on: host))
                case .rsync: found.append(rsync(on: host))
                }
            }
            if sites(on: host).contains(where: { $0.kind.needsApplication }) { found.append(application(on: host)) }
            switch host.web {
            case .nginx: found.append(try nginx(on: host))
            case .apache2: found.append(try apache(on: host))
            case .lighttpd: found.append(lighttpd(on: host))
            case nil: break
            }
        }
        return found
    }

    /// The distinct ports of a host's web server, and whether each speaks TLS.
    func webPorts(of host: World.Host) -> [(port: UInt16, usesTLS: Bool)] {
        let sites = sites(on: host)
        var ports = Dictionary(sites.map { ($0.port, $0.usesTLS) }, uniquingKeysWith: { first, _ in first })
        if sites.isEmpty || !redirects(on: host).isEmpty { ports[80] = ports[80] ?? false }
        return ports.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The site that answers on a port when the name is unknown.
    func fallback(of host: World.Host, port: UInt16) -> World.Site? {
        sites(on: host).first { $0.port == port && ($0.name == nil || $0.name == host.fallback) }
    }
}
