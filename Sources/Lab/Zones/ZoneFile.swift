import Domain

/// A zone as a master file (RFC 1035 5).
struct ZoneFile: Hashable {
    /// With a final dot.
    var origin: String
    var transferAllowed: Bool
    var text: String
}

extension Blueprint {
    /// The country's zone, its closed subzones, and one reverse zone for each /24 that holds a named host.
    var zoneFiles: [ZoneFile] {
        [originZone] + world.zone.closed.map(closedZone) + reverseZones
    }

    private var nameServers: [World.Host] { world.hosts.filter { $0.services.contains(.dns) } }

    private func start(of origin: String, mailbox: String) -> [String] {
        let first = nameServers.first.map { zoneName(of: $0) + "." } ?? "ns1.\(world.zone.origin)"
        return [
            "$ORIGIN \(origin)", "$TTL 3600",
            "@ IN SOA \(first) \(mailbox) ( \(world.zone.serial) 7200 3600 1209600 3600 )",
        ] + nameServers.map { "@ IN NS \(zoneName(of: $0))." }
    }

    private var originZone: ZoneFile {
        let origin = world.zone.origin
        var lines = start(of: origin, mailbox: "root.\(origin)")
        if world.zone.traps.contains(.missingGlue) {
            lines.append("@ IN NS ns\(nameServers.count + 1).\(origin)")
        }
        let mail = world.hosts.filter { $0.services.contains(.smtp) }
        lines += mail.enumerated().map { "@ IN MX \(10 * ($0 + 1)) \(zoneName(of: $1))." }
        if let first = mail.first {
            let isWrong = world.zone.traps.contains(.spfTypo)
            lines.append("@ IN TXT \"\(isWrong ? "vspf1 ipv4:" : "v=spf1 ip4:")\(first.address) -all\"")
        }
        for zone in world.zone.closed { lines += nameServers.map { "\(zone) IN NS \(zoneName(of: $0))." } }
        lines += world.hosts.filter(\.isNamed).map { "\(zoneName(of: $0)). IN A \($0.address)" }
        lines += webNames.filter { !isClosed($0.name) }.map { "\($0.name). IN A \($0.address)" }
        return ZoneFile(origin: origin, transferAllowed: world.zone.transferAllowed, text: Self.file(lines))
    }

    private func closedZone(_ origin: String) -> ZoneFile {
        let names = webNames.filter { $0.name.hasSuffix("." + origin.dropLast()) }
        let lines =
            start(of: origin, mailbox: "root.\(world.zone.origin)") + names.map { "\($0.name). IN A \($0.address)" }
        return ZoneFile(origin: origin, transferAllowed: false, text: Self.file(lines))
    }

    private var reverseZones: [ZoneFile] {
        let named = world.hosts.filter(\.isNamed)
        let blocks = Set(named.map { Array($0.address.bytes.prefix(3)) }).sorted { $0.lexicographicallyPrecedes($1) }
        return blocks.map { block in
            let origin = block.reversed().map(String.init).joined(separator: ".") + ".in-addr.arpa."
            let mailbox = "root.\(world.zone.origin)"
            let isWrong = world.zone.traps.contains(.reverseSOAMissingDot)
            let lines =
                start(of: origin, mailbox: isWrong ? String(mailbox.dropLast()) : mailbox)
                + named.filter { Array($0.address.bytes.prefix(3)) == block }
                .map { "\($0.address.bytes[3]) IN PTR \(zoneName(of: $0))." }
            return ZoneFile(origin: origin, transferAllowed: world.zone.transferAllowed, text: Self.file(lines))
        }
    }

    /// Every name of a website or a redirect, with its address.
    private var webNames: [(name: String, address: IPAddress)] {
        let sites = world.sites.compactMap { site in site.name.map { ($0, site.host) } }
        return (sites + world.redirects.map { ($0.name, $0.host) }).compactMap { name, host in
            self.host(named: host).map { (name, $0.address) }
        }
    }

    private func isClosed(_ name: String) -> Bool {
        world.zone.closed.contains { name.hasSuffix("." + $0.dropLast()) }
    }

    /// A host and a site may share a name; the record is written once.
    private static func file(_ lines: [String]) -> String {
        var seen: Set<String> = []
        return lines.filter { seen.insert($0).inserted }.joined(separator: "\n") + "\n"
    }
}
