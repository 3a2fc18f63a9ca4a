import Domain

extension Blueprint {
    /// NSD with the country's zones and its reverse zones.
    func nameServer(on host: World.Host) -> Daemon {
        let name = "\(host.name)-nsd"
        let run = runFolder(name)
        var files: [String: [UInt8]] = [:]
        var declarations: [String] = []
        for zone in zoneFiles {
            let file = "\(zone.origin)zone"
            files[file] = Array(zone.text.utf8)
            let transfer = zone.transferAllowed ? "\n    provide-xfr: 0.0.0.0/0 NOKEY" : ""
            declarations.append("zone:\n    name: \"\(zone.origin)\"\n    zonefile: \"\(file)\"\(transfer)")
        }
        let configuration = """
            server:
                ip-address: \(host.address)@\(port(of: .dns))
                port: \(port(of: .dns))
                server-count: 1
                username: ""
                zonesdir: "\(run)"
                database: ""
                zonelistfile: "\(run)/zone.list"
                xfrdfile: "\(run)/xfrd.state"
                xfrdir: "\(run)"
                pidfile: ""
                logfile: "\(run)/nsd.log"
                hide-version: no
                minimal-responses: no
            remote-control:
                control-enable: no
            \(declarations.joined(separator: "\n"))

            """
        files["nsd.conf"] = Array(configuration.utf8)
        return Daemon(
            name: name,
            host: host.name,
            files: files,
            command: ["/usr/sbin/nsd", "-d", "-c", "\(run)/nsd.conf"],
            listens: [Endpoint(host.address, port(of: .dns))]
        )
    }
}
