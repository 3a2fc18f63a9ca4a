import Domain
import SystemPackage

/// A world with a seed, a place on disk and its ports: all that the files of the country follow from.
struct Blueprint: Sendable {
    let world: World
    let seed: Seed
    let ports: PortMap
    let form: CountryForm
    /// The state folder.
    let folder: FilePath

    func host(named name: String) -> World.Host? { world.hosts.first { $0.name == name } }

    /// Whether the host gives no answer, in this form of the country.
    func isSilent(_ host: World.Host) -> Bool { form == .namespaces && host.conditions.isSilent }

    func sites(on host: World.Host) -> [World.Site] { world.sites.filter { $0.host == host.name } }

    func redirects(on host: World.Host) -> [World.Redirect] { world.redirects.filter { $0.host == host.name } }

    func address(of site: World.Site) -> IPAddress? { host(named: site.host)?.address }

    func endpoint(of site: World.Site) -> Endpoint? {
        address(of: site).map { Endpoint($0, ports.port(site.port)) }
    }

    /// The site's root as its visitors write it.
    func webAddress(of site: World.Site) -> WebAddress? {
        guard let endpoint = endpoint(of: site) else { return nil }
        return WebAddress(
            scheme: site.usesTLS ? .https : .http,
            host: site.label(on: endpoint.address),
            port: endpoint.port
        )
    }

    /// The address that a site's name, or a redirect's name, is linked by.
    func webAddress(ofName name: String) -> WebAddress? {
        if let site = world.sites.first(where: { $0.name == name }) { return webAddress(of: site) }
        guard world.redirects.contains(where: { $0.name == name }) else { return nil }
        return WebAddress(scheme: .http, host: name, port: ports.port(80))
    }

    func documentRoot(of site: World.Site) -> FilePath {
        let name = site.name ?? "\(site.host)-\(site.port)"
        return folder.appending("sites").appending(name)
    }

    /// The root of the storage user's home below the storage site's document root.
    var homePath: String { "/data/User/\(world.storage.user)/home/" }

    func port(of service: World.Host.Service) -> UInt16 {
        switch service {
        case .dns: ports.port(53)
        case .ssh: ports.port(22)
        case .smtp: ports.port(25)
        case .ftp: ports.port(21)
        case .rsync: ports.port(873)
        }
    }

    /// The name under which the zone knows the host, without a final dot.
    func zoneName(of host: World.Host) -> String { "\(host.name).\(world.zone.origin.dropLast())" }
}
