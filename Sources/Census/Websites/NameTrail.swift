import Domain
import Scope
import Wire

/// The names met so far, each tried once, and where they were met.
struct NameTrail: Sendable {
    private let scope: Scope
    private let known: NameFindings
    private let limit: Int
    private(set) var candidates: [String: Candidate] = [:]
    private(set) var remarks: [Fault] = []
    private var waiting: [String] = []
    private var remarked: Set<String> = []

    init(scope: Scope, known: NameFindings, limit: Int) {
        (self.scope, self.known, self.limit) = (scope, known, limit)
        for (name, origins) in known.origins.sorted(by: { $0.key < $1.key }) {
            for origin in origins { meet(name, origin) }
        }
    }

    /// Takes the names that pages lead to: by redirect, by link, and by the certificates they were shown with.
    mutating func follow(_ front: Front, at service: WebService) {
        let address = service.endpoint.address
        for page in front.pages {
            for name in page.tls?.certificateChainDER.first.map(CertificateFacts.names) ?? [] {
                meet(name, .certificate, at: address)
            }
            for host in page.linkedHosts where host != front.host { meet(host, .link) }
        }
        guard case .elsewhere(let target) = front.end else { return }
        meet(target.host, .redirect, at: address)
        let isInside =
            target.address.map { scope.permits(Endpoint($0, target.port)) } ?? scope.permits(name: target.host)
        guard !isInside else { return }
        remark(
            "\(front.host) at \(service.endpoint) redirects to \(target), which is out of scope and was not contacted",
            front
        )
    }

    /// The candidates that were not tried yet.
    mutating func takeNew() -> [Candidate] {
        defer { waiting = [] }
        return waiting.compactMap { candidates[$0] }
    }

    mutating func update(_ candidate: Candidate) {
        candidates[candidate.name]?.addresses = candidate.addresses
    }

    mutating func remark(_ what: String, _ front: Front? = nil) {
        guard remarked.insert(what).inserted else { return }
        remarks.append(Fault(what: what, address: front?.pages.first?.address, seal: front?.pages.last?.seal))
    }

    private mutating func meet(_ name: String, _ origin: NameOrigin, at address: IPAddress? = nil) {
        guard isName(name), scope.permits(name: name) || origin == .scope || known.known(name) != nil else { return }
        if candidates[name] == nil {
            guard candidates.count < limit else {
                remark("more than \(limit) names: the rest was not tried")
                return
            }
            let addresses = (known.known(name) ?? []).filter { scope.permits(Endpoint($0, 1)) }
            // Only a name with no address at all, or one in scope, is worth asking for.
            guard !addresses.isEmpty || known.known(name) == nil else { return }
            candidates[name] = Candidate(name: name, origins: [], addresses: addresses)
            waiting.append(name)
        }
        candidates[name]?.origins.insert(origin)
        if let address { candidates[name]?.namedAt.insert(address) }
    }

    /// Whether it is a name as hosts have them: no address, no wildcard, no white space.
    private func isName(_ name: String) -> Bool {
        IPAddress(name) == nil && (1...253).contains(name.utf8.count) && DNSName(name) != nil
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x2d || byte == 0x2e
                    || byte == 0x5f
            }
    }
}
