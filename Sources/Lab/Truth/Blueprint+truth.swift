import Domain

extension Blueprint {
    private func days(of host: World.Host) -> [LabTruth.Days] {
        host.days.map { LabTruth.Days(first: $0.lowerBound, last: $0.upperBound) }
    }

    /// Every TCP service of the world, whatever the day.
    var trueServices: [LabTruth.Service] {
        world.hosts.filter { !isSilent($0) }.flatMap { host in
            let web =
                host.web == nil
                ? [] : webPorts(of: host).map { (ports.port($0.port), $0.usesTLS ? ServiceProtocol.https : .http) }
            let others = host.services.map { (port(of: $0), $0.speaks) }
            return (web + others).map { port, speaks in
                LabTruth.Service(endpoint: Endpoint(host.address, port), speaks: speaks, days: days(of: host))
            }
        }
        .sorted { $0.endpoint < $1.endpoint }
    }

    var trueWebsites: [LabTruth.Website] {
        heardSites.compactMap { site in
            guard let host = host(named: site.host), let endpoint = endpoint(of: site) else { return nil }
            return LabTruth.Website(name: site.label(on: host.address), endpoint: endpoint, days: days(of: host))
        }
    }

    /// The sites whose host answers.
    var heardSites: [World.Site] { world.sites.filter { site in !(host(named: site.host).map(isSilent) ?? true) } }

    var trueDoors: [LabTruth.Door] {
        let sites = heardSites.compactMap { site -> LabTruth.Door? in
            guard let endpoint = endpoint(of: site), var address = webAddress(of: site) else { return nil }
            switch site.kind {
            case .storage: address.target = homePath
            case .downloads: address.target = "/pub/"
            default: return nil
            }
            let kind: DoorKind = site.kind == .storage ? .dataFolder : .listing
            return LabTruth.Door(kind: kind, address: address, endpoint: endpoint)
        }
        let open = world.hosts.filter { $0.isOpen && !isSilent($0) }.flatMap { host in
            host.services.compactMap { service -> LabTruth.Door? in
                let endpoint = Endpoint(host.address, port(of: service))
                switch service {
                case .ftp: return door(.anonymousFTP, .ftp, endpoint, "/")
                case .rsync: return door(.rsyncModule, .rsync, endpoint, "/archive/")
                case .dns, .ssh, .smtp: return nil
                }
            }
        }
        return sites + open + openZones
    }

    /// The zones that each name server gives to anyone.
    private var openZones: [LabTruth.Door] {
        let servers = world.hosts.filter { $0.services.contains(.dns) && !isSilent($0) }
        return servers.flatMap { host in
            zoneFiles.filter(\.transferAllowed).map { zone in
                door(.zoneTransfer, .dns, Endpoint(host.address, port(of: .dns)), "/\(zone.origin.dropLast())")
            }
        }
    }

    private func door(
        _ kind: DoorKind,
        _ scheme: WebAddress.Scheme,
        _ endpoint: Endpoint,
        _ target: String
    ) -> LabTruth.Door {
        let host = endpoint.address.description
        let address = WebAddress(scheme: scheme, host: host, port: endpoint.port, target: target)
        return LabTruth.Door(kind: kind, address: address, endpoint: endpoint)
    }

    var trueDecoys: [LabTruth.Decoy] {
        heardSites.compactMap { site in
            guard let address = webAddress(of: site), let why = site.kind.reasonAgainst else { return nil }
            return LabTruth.Decoy(address: address, why: why)
        }
    }
}

extension World.Site.Kind {
    /// Why the site is no door though it looks like one; nil for sites that do not look like one, and for doors.
    fileprivate var reasonAgainst: String? {
        switch self {
        case .pages, .storage, .downloads: nil
        case .placeholder: "/data/ answers 200 with a page that says nothing"
        case .guarded: "/data/ answers 401"
        case .loginEverywhere: "every path answers with the login page"
        case .catchAll: "every path answers with the same page"
        }
    }
}

extension World.Host.Service {
    var speaks: ServiceProtocol {
        switch self {
        case .dns: .dns
        case .ssh: .ssh
        case .smtp: .smtp
        case .ftp: .ftp
        case .rsync: .rsync
        }
    }
}
