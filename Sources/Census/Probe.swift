package import Domain
package import Vault

/// Finds out whether an open port speaks one protocol, and what it says of itself before anybody logs in.
///
/// The contract: a probe never answers by the port's number; it asks in the protocol's own words only what any visitor
/// may ask, and sends no credential; it reads through its ``Interview``, which holds the limits of time and length, and
/// returns nil, without a fault, for silence, garbage, and an answer that breaks off. Whatever the server said is kept
/// by the interview, also when the probe returns nil. A probe holds no state: one value serves all ports at once.
package protocol Probe: Sendable {
    /// The name in the documents, in lower case; it never changes.
    var name: String { get }

    /// Where the protocol usually lives. It decides the order of asking, never the answer.
    var usualPorts: Set<UInt16> { get }

    /// Who speaks first, and how a server's first words are known.
    var opening: Opening { get }

    /// Holds the dialogue. Only the vault's errors are thrown; what the network did is part of the answer.
    func ask(_ interview: Interview) async throws(VaultError) -> Finding?
}

/// Who begins a dialogue.
package enum Opening: Sendable {
    /// The client must ask.
    case client
    /// The server greets; the closure tells whether these first bytes, perhaps not all of them, are its greeting.
    case server(greets: @Sendable ([UInt8]) -> Bool)

    /// Whether these are a greeting in this protocol.
    package func recognises(_ bytes: [UInt8]) -> Bool {
        switch self {
        case .client: false
        case .server(let greets): greets(bytes)
        }
    }

    package var isClients: Bool { if case .client = self { true } else { false } }
}

/// What a probe learned.
package struct Finding: Sendable {
    package var speaks: ServiceProtocol
    /// What the service said first.
    package var banner: [UInt8]
    /// By the names that `docs/census.md` lists.
    package var facts: [String: String]
    /// Where an exchange was sealed already; dialogues are sealed when the interview ends.
    package var seal: Seal?
    /// Whether another protocol may give such an answer too, as a TLS port does that is asked in plain HTTP.
    package var isDoubtful = false
    /// The front page by the bare address, where there is one.
    package var front: Page?

    package init(speaks: ServiceProtocol, banner: [UInt8] = [], facts: [String: String] = [:]) {
        self.speaks = speaks
        self.banner = banner
        self.facts = facts
    }
}
