import Domain
import Scope
import Vault
import Wire

/// Looks for name servers over UDP, also where TCP is closed.
///
/// Asked are the hosts that the sweep found to be there (something open, or something refused), on the usual port where
/// the job has it and on the ports of the job's name servers; and those name servers themselves.
struct DatagramProbe: Sendable {
    let gate: Gate
    let vault: Vault
    let settings: CensusSettings

    func find(_ job: CensusJob, _ sweeps: [PortSweep]) async throws(VaultError) -> [ServiceSighting] {
        guard let question = DNSProbe.version else { return [] }
        let living = sweeps.reduce(AddressSet()) { $0.union($1.open).union($1.closed) }
        let usual = DNSProbe().usualPorts.intersection(job.ports)
        let ports = usual.union(job.nameServers.map(\.port))
        let endpoints = Set(living.addresses.flatMap { address in ports.map { Endpoint(address, $0) } })
            .union(job.nameServers)
        var sightings: [ServiceSighting] = []
        try await bounded(endpoints.sorted(), atOnce: settings.questionsAtOnce) { endpoint throws(VaultError) in
            try await ask(question, endpoint)
        } each: { sighting in
            if let sighting { sightings.append(sighting) }
        }
        return sightings
    }

    private func ask(_ question: DNSQuestion, _ endpoint: Endpoint) async throws(VaultError) -> ServiceSighting? {
        let reply: DNSReply
        do {
            reply = try await gate.ask(question, of: endpoint)
        } catch {
            return nil
        }
        let questioner = Questioner(gate: gate, vault: vault, servers: [], atOnce: 1)
        return ServiceSighting(
            endpoint: endpoint,
            transport: .udp,
            speaks: .dns,
            banner: Array((reply.messages.first ?? []).prefix(4_096)),
            facts: DNSProbe.facts(code: reply.code, answers: reply.answers),
            seal: try await questioner.seal(reply),
            at: reply.at
        )
    }
}
