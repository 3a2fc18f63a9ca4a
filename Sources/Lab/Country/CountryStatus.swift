package import Domain
import SystemPackage

/// What is up, for people and programs.
package struct CountryStatus: Codable, Sendable {
    /// A host of the world on the country's day.
    package struct Host: Codable, Sendable {
        package var name: String
        package var address: IPAddress
        package var isPresent: Bool
        /// What the way to it is like, in words; empty where nothing holds it up.
        package var conditions: String
        /// The daemons that run there.
        package var daemons: [String]
        /// Daemons that were started and have died.
        package var dead: [String]
    }

    package var world: String
    package var seed: Seed
    package var day: Day?
    package var ports: PortMap
    package var form: CountryForm
    /// What in the world file has no effect here, in words.
    package var remarks: [String]
    package var folder: String
    package var hosts: [Host]
    /// Files in the storage server's data folder.
    package var files: Int

    /// The status as lines for a terminal.
    package var text: String {
        let day = day.map(\.description) ?? "no day"
        let title = "\(world), seed \(seed.number), \(day), \(form.rawValue), \(ports.rawValue) ports, \(files) files"
        let lines = hosts.map { host in
            let dead = host.dead.map { "\($0) (dead)" }
            let what = host.isPresent ? (host.daemons + dead).joined(separator: ", ") : "away"
            let conditions = host.conditions.isEmpty ? "" : " (\(host.conditions))"
            return "\(host.address)  \(host.name): \(what)\(conditions)"
        }
        return ([title] + remarks + lines).joined(separator: "\n")
    }
}

extension Country {
    /// What in the world file has no effect in this form of the country, or on this kernel.
    func remarks(_ state: LabState) -> [String] {
        let special = world.hosts.filter { !$0.conditions.arePlain }.count
        if let network = state.network { return network.lacks }
        return special == 0
            ? []
            : ["\(special) hosts are silent, slow or lossy in the world file, which takes --netns to have an effect"]
    }

    /// What is up; an error when nothing is.
    package func status() throws(LabError) -> CountryStatus {
        let state = try loadState()
        let hosts = world.hosts.map { host in
            let daemons = state.running.filter { $0.host == host.name }
            return CountryStatus.Host(
                name: host.name,
                address: host.address,
                isPresent: state.day.map { host.isPresent(on: $0) } ?? false,
                conditions: form == .namespaces ? host.conditions.text : "",
                daemons: daemons.filter { Launcher.isAlive($0.process) }.map(\.name),
                dead: daemons.filter { !Launcher.isAlive($0.process) }.map(\.name)
            )
        }
        return CountryStatus(
            world: world.name,
            seed: seed,
            day: state.day,
            ports: ports,
            form: form,
            remarks: remarks(state),
            folder: folder.string,
            hosts: hosts,
            files: state.files.count
        )
    }
}
