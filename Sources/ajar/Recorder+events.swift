import Catalogue
import Domain
import Vault

extension Recorder {
    /// The longest line of a sealed record: two versions of an entry, and its path.
    private static let longestLine = 256 * 1024

    init(_ catalogue: Catalogue, reading vault: Vault) {
        self.init(catalogue) { seal, body in
            guard let payload = seal.payload else { return }
            let isWhole = try vault.lines(of: payload, upTo: Self.longestLine) { line in
                try body(line)
                return true
            }
            guard isWhole else { throw CatalogueError(.damaged, "record \(seal.record) ends too early") }
        }
    }

    /// Records what the ledger holds and the catalogue does not: a process may be killed between the two.
    func catchUp(with vault: Vault) async throws {
        let start = try catalogue.lastLeaf().map { $0 + 1 } ?? 0
        let ended = try catalogue.runs().filter { $0.completeness != .running }.map(\.id)
        for try await event in vault.events(from: start, exceptEndsOf: ended) { try record(event) }
    }

    /// Records one event of the ledger.
    func record(_ event: LedgerEvent) throws {
        switch event {
        case .runStarted(let run, let seal): try record(started: run, leaf: seal.leaf)
        case .runEnded(let run, _): try record(ended: run)
        case .outcome(let outcome, let seal): try record(outcome, seal: seal)
        }
    }
}
