import Domain
import Glibc
import SystemPackage

extension Country {
    /// Makes the two namespaces and the line between them. Nothing answers yet.
    func raiseNetwork() async throws(LabError) -> CountryNetwork {
        guard geteuid() == 0 else { throw LabError(.environment, "a network of its own needs root") }
        guard let link = Blueprint.link, !link.contains(world.prefix.first), !world.prefix.contains(link.first) else {
            throw LabError(.badWorld, "\(world.prefix) holds the addresses of the line to the observer")
        }
        let country = try await launcher.keepNamespace("country")
        let observer = try await launcher.keepNamespace("observer")
        let ip = ["ip", "-batch"]
        try await launcher.run(ip, lines: blueprint.countryLink(observer: observer), in: country)
        try await launcher.run(ip, lines: blueprint.observerLink, in: observer)
        if blueprint.needsLocalRouting {
            let allow = ["sh", "-c", "echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet"]
            for end in [country, observer] { try await launcher.run(allow, in: end) }
        }
        try await launcher.run(["nft", "-f"], lines: [blueprint.observerFilter], in: observer)
        return CountryNetwork(country: country, observer: observer, lacks: try await slowHosts(in: country))
    }

    /// Lets packets through to the hosts of a day, and to nothing else.
    func admitHosts(on day: Day, in network: CountryNetwork) async throws(LabError) {
        try await launcher.run(["nft", "-f"], lines: [blueprint.countryFilter(on: day)], in: network.country)
    }

    /// Slows hosts down as far as the kernel can; returns what it cannot.
    private func slowHosts(in country: NetworkNamespace) async throws(LabError) -> [String] {
        for (lines, lack) in [
            (blueprint.slowLines, "this kernel has no htb: 'rate-kbit' and 'delay-ms' have no effect"),
            (blueprint.lateLines, "this kernel has no netem: 'delay-ms' has no effect"),
        ] where !lines.isEmpty {
            do throws(LabError) {
                try await launcher.run(["tc", "-batch"], lines: lines, in: country)
            } catch {
                guard error.message.contains("kind is unknown") else { throw error }
                return [lack]
            }
        }
        return []
    }

    /// The command line that runs a command where the country can be seen from: in the observer's namespace, or, on
    /// the loopback interface, the command itself.
    package func observing(_ command: [String]) throws(LabError) -> [String] {
        guard let network = try loadState().network else { return command }
        guard launcher.marked().contains(network.observer.keeper) else {
            throw LabError(.badRequest, "the observer's network is gone; put the country up again", at: folder.string)
        }
        return network.observer.entering(command)
    }
}
