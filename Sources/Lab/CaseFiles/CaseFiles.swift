import Domain
import SystemPackage

extension Country {
    /// Writes what an investigator of this country would be given: `scope.toml`, `projects.toml` and `lists/`. None
    /// of it tells the truth.
    func writeCaseFiles() throws(LabError) {
        try Files.write(Array(blueprint.scopeFile.utf8), to: folder.appending("scope.toml"))
        try Files.write(Array(blueprint.projectsFile.utf8), to: folder.appending("projects.toml"))
        let lists = folder.appending("lists")
        for (name, purpose, text) in [
            ("vpn.txt", "vpn", world.accessLog.vpnList), ("hosting.txt", "hosting", world.accessLog.hostingList),
        ] {
            let side = """
                name = \(Blueprint.quoted("\(world.name) \(purpose) list"))
                purpose = "\(purpose)"
                licence = "made for the practice country"
                date = "\(world.firstDay)"

                """
            try Files.write(Array(text.utf8), to: lists.appending(name))
            try Files.write(Array(side.utf8), to: lists.appending(name + ".toml"))
        }
    }
}

extension Blueprint {
    /// A scope file for the whole country. The rate suits servers on one's own machine.
    var scopeFile: String {
        let used = Set(
            trueServices.map(\.endpoint.port) + World.Host.Service.allCases.map(port) + [
                ports.port(80), ports.port(443),
            ]
        )
        let servers = world.hosts.filter { $0.services.contains(.dns) }.map { Endpoint($0.address, port(of: .dns)) }
        let zones = [world.zone.origin] + zoneFiles.map(\.origin).filter { $0.hasSuffix("in-addr.arpa.") }
        let vantage =
            form == .loopback ? "the machine that runs the practice country" : "the practice country's observer"
        // Where most addresses give no answer, many are waited for at one time.
        let concurrent = form == .loopback ? 64 : 1_000
        return """
            # The practice country \(world.name): servers that only this machine reaches, made to be looked at.

            name = \(Self.quoted("The practice country \(world.name)"))
            contact = "lab@localhost"
            authority = "These servers were put up on this machine with 'ajar lab up', to be looked at in this way."
            level = "mirror"
            vantage = \(Self.quoted(vantage))

            names = [\(Self.quoted("*." + world.zone.origin.dropLast()))]
            zones = [\(zones.map { Self.quoted(String($0.dropLast())) }.joined(separator: ", "))]
            name_servers = [\(servers.map { Self.quoted($0.description) }.joined(separator: ", "))]
            ports = [\(used.sorted().map(String.init).joined(separator: ", "))]

            [ranges]
            in = ["\(world.prefix)"]
            out = []

            [rate]
            per_address = 2000
            total = 5000
            concurrent = \(concurrent)

            """
    }

    /// The productions as an investigator knows them.
    var projectsFile: String {
        world.storage.projects.map { project in
            """
            [[project]]
            key = \(Self.quoted(project.key))
            titles = [\(project.titles.map(Self.quoted).joined(separator: ", "))]
            codes = [\(project.codes.map(Self.quoted).joined(separator: ", "))]
            companies = [\(project.companies.map(Self.quoted).joined(separator: ", "))]

            """
        }
        .joined(separator: "\n")
    }

    /// A TOML basic string.
    static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"", "\\": return "\\" + String(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                let digits = String(scalar.value, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: return String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}
