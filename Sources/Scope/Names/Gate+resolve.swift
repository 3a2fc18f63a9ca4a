package import Domain
import Wire

extension Gate {
    /// Aliases that one look-up may go through.
    private static let maximumAliases = 8

    /// The addresses of a name that are in scope, as the scope's name servers give them. An address is its own.
    ///
    /// Names that the scope does not hold are not even asked for, and forms of addresses that only some resolvers know
    /// (`2130706433`, `0177.0.0.1`) are names like any other. Where every answer lies outside, the error names the rule.
    package func resolve(_ name: String) async throws(GateError) -> [IPAddress] {
        let attempt = "resolve \(name)"
        if let address = IPAddress(name) { return [try admit(Endpoint(address, 1), for: attempt).address] }
        guard scope.permits(name: name) else {
            throw refusal("the name \(name) is in none of the scope's names and zones", attempt)
        }
        guard let asked = DNSName(name) else {
            throw GateError(.resolution("'\(name)' is no domain name"), attempted: attempt)
        }
        var last = GateError(.resolution("the scope names no name server"), attempted: attempt)
        for server in scope.nameServers {
            do throws(GateError) {
                return try await resolve(asked, by: server, attempt)
            } catch {
                if error.isRefusedByScope { throw error }
                last = error
            }
        }
        throw last
    }

    private func resolve(_ name: DNSName, by server: Endpoint, _ attempt: String) async throws(GateError) -> [IPAddress]
    {
        var found: [IPAddress] = []
        for type in [DNSType.a, .aaaa] {
            found += try await addresses(of: name, type, by: server, attempt)
        }
        guard let first = found.first else {
            throw GateError(.resolution("\(server) knows no address of \(name)"), attempted: attempt, endpoint: server)
        }
        let inside = found.filter { scope.permits(Endpoint($0, 1)) }
        guard inside.isEmpty else { return inside }
        throw refusal("\(name) stands for \(first), which is in none of the scope's ranges", attempt)
    }

    /// The addresses of one family, through aliases that lead to names in scope.
    private func addresses(
        of name: DNSName,
        _ type: DNSType,
        by server: Endpoint,
        _ attempt: String
    ) async throws(GateError) -> [IPAddress] {
        var name = name
        var records: [DNSRecord] = []
        for _ in 0...Self.maximumAliases {
            let found = records.compactMap { $0.owner == name ? $0.address : nil }
            if !found.isEmpty { return found }
            if let alias = records.compactMap({ $0.owner == name ? $0.alias : nil }).first {
                name = alias
                guard scope.permits(name: "\(alias)") else {
                    throw refusal(
                        "an alias leads to \(alias), which is in none of the scope's names and zones",
                        attempt
                    )
                }
                if records.contains(where: { $0.owner == name }) { continue }
            } else if !records.isEmpty {
                return []
            }
            let reply = try await ask(DNSQuestion(name, type, wantsRecursion: true), of: server)
            guard reply.code == 0 || reply.code == 3 else {
                throw GateError(
                    .resolution("\(server) answers code \(reply.code)"),
                    attempted: attempt,
                    endpoint: server
                )
            }
            records = reply.answers
            if records.isEmpty { return [] }
        }
        throw GateError(.resolution("too many aliases"), attempted: attempt, endpoint: server)
    }
}

extension DNSRecord {
    fileprivate var address: IPAddress? {
        if case .address(let address) = content { address } else { nil }
    }

    fileprivate var alias: DNSName? {
        if type == .cname, case .name(let name) = content { name } else { nil }
    }
}
